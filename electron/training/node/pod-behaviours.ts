/** How a container lives, told by the tag of its image. Times in milliseconds of cluster time. */
export type Behaviour = {
  readonly pull: 'good' | 'missing' | 'invalid'
  /** From start until a probe would succeed; undefined: never. Without a readiness probe, started is ready. */
  readonly readyAfter: readonly [low: number, high: number] | undefined
  /** Exits this long after its start, or after it became ready. */
  readonly exit?: {
    readonly afterMs: number
    readonly since: 'start' | 'ready'
    readonly code: number
    readonly reason: 'Error' | 'OOMKilled'
    readonly log: readonly string[]
  }
  /** How it answers requests while it runs. */
  readonly serves: { readonly status: number; readonly afterMs: number }
}

const quick = [1_000, 3_000] as const
const well = { status: 200, afterMs: 0 }

const crashLog = [
  'INFO  reading /home/admin/appconf/application.properties',
  'Exception in thread "main" java.lang.IllegalStateException: property "db.url" is not set',
  '\tat com.example.demo.Settings.require(Settings.java:41)',
  '\tat com.example.demo.Database.open(Database.java:63)',
  '\tat com.example.demo.Main.main(Main.java:17)',
]
const oomLog = ['INFO  loading index into memory', 'INFO  1,048,576 entries so far']
const diesLog = [
  'ERROR lost the connection to the session store',
  'java.net.ConnectException: Connection refused',
  '\tat com.example.demo.Sessions.ping(Sessions.java:88)',
  'ERROR giving up',
]

/** The first row whose word is in the tag counts; any other tag is a good image. */
const byWord: readonly (readonly [word: string, behaviour: Behaviour])[] = [
  ['missing', { pull: 'missing', readyAfter: undefined, serves: well }],
  ['crash', failing(undefined, { afterMs: 1_000, since: 'start', code: 1, reason: 'Error', log: crashLog })],
  [
    'oom',
    failing(undefined, { afterMs: 1_500, since: 'start', code: 137, reason: 'OOMKilled', log: oomLog }),
  ],
  ['never-ready', { pull: 'good', readyAfter: undefined, serves: well }],
  ['slow', { pull: 'good', readyAfter: [40_000, 70_000], serves: { status: 200, afterMs: 5_000 } }],
  // All is well as far as Kubernetes can see: only whoever tries it finds out.
  ['errors', { pull: 'good', readyAfter: quick, serves: { status: 500, afterMs: 0 } }],
  ['dies', failing(quick, { afterMs: 20_000, since: 'ready', code: 1, reason: 'Error', log: diesLog })],
]

function failing(readyAfter: Behaviour['readyAfter'], exit: NonNullable<Behaviour['exit']>): Behaviour {
  return { pull: 'good', readyAfter, exit, serves: well }
}

/** host/path:tag@digest; the path in small letters, as registries want it. */
const reference =
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:[._/-]+[a-z0-9]+)*(?::\w[\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/

export function behaviourOf(image: string): Behaviour {
  if (!reference.test(image)) return { pull: 'invalid', readyAfter: undefined, serves: well }
  const last = image.slice(image.lastIndexOf('/') + 1)
  const tag = last.includes(':') ? last.slice(last.indexOf(':') + 1) : ''
  return byWord.find(([word]) => tag.includes(word))?.[1] ?? { pull: 'good', readyAfter: quick, serves: well }
}
