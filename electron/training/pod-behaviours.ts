/** How a container lives, told by the tag of its image. Times in milliseconds of cluster time. */
export type Behaviour = {
  readonly pull: 'good' | 'missing' | 'invalid'
  /** From start to ready; undefined: its readiness probe never succeeds. */
  readonly readyAfter: readonly [low: number, high: number] | undefined
  /** Exits this long after its start. */
  readonly exit?: {
    readonly afterMs: number
    readonly code: number
    readonly reason: string
    readonly log: readonly string[]
  }
}

const quick = [1_000, 3_000] as const
const crashLog = [
  'Exception in thread "main" java.lang.IllegalStateException: no database configured',
  '    at com.example.demo.Settings.require(Settings.java:41)',
  '    at com.example.demo.Main.main(Main.java:17)',
]

/** The first row whose word is in the tag counts; any other tag is a good image. */
const byWord: readonly (readonly [word: string, behaviour: Behaviour])[] = [
  ['missing', { pull: 'missing', readyAfter: undefined }],
  [
    'crash',
    {
      pull: 'good',
      readyAfter: undefined,
      exit: { afterMs: 1_000, code: 1, reason: 'Error', log: crashLog },
    },
  ],
  [
    'oom',
    {
      pull: 'good',
      readyAfter: undefined,
      exit: { afterMs: 1_500, code: 137, reason: 'OOMKilled', log: ['loading index into memory …'] },
    },
  ],
  ['never-ready', { pull: 'good', readyAfter: undefined }],
  ['slow', { pull: 'good', readyAfter: [40_000, 70_000] }],
  [
    'dies',
    {
      pull: 'good',
      readyAfter: quick,
      exit: {
        afterMs: 20_000,
        code: 1,
        reason: 'Error',
        log: ['lost connection to the session store', 'giving up'],
      },
    },
  ],
]

const reference = /^[a-z0-9][\w.:/-]*(@sha256:[0-9a-f]{64})?$/i

export function behaviourOf(image: string): Behaviour {
  if (!reference.test(image)) return { pull: 'invalid', readyAfter: undefined }
  const last = image.slice(image.lastIndexOf('/') + 1)
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : ''
  return byWord.find(([word]) => tag.includes(word))?.[1] ?? { pull: 'good', readyAfter: quick }
}
