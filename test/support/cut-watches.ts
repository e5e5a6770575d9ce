import type { Clock } from '../../electron/cluster/clock/clock.ts'
import { connect } from '../../electron/cluster/connection.ts'
import { createRandom } from '../../electron/training/clock/random.ts'
import { startApiProxy, type Fate } from './api-proxy.ts'
import { buildConnectTools, buildSpec } from './build-connection.ts'
import { createChurn, markName } from './cluster-churn.ts'
import { eventually } from './eventually.ts'
import { freshLists } from './fresh-lists.ts'
import { createKubeClient, type KubeTarget } from './kube-client.ts'
import { createShownSteps, shownText } from './shown-steps.ts'
import { wordsOf } from './spoken.ts'

export type CutWatchesOptions = {
  readonly target: KubeTarget
  readonly changes: number
  readonly cuts: number
  readonly seed: number
  /** The application's. */
  readonly clock: Clock
  /** While it waits for the application, and between two cuts: real time, or a clock that is moved. */
  readonly pass: (why: 'recovery' | 'calm') => Promise<void>
  /** The server forgets what watches were told before, so that only new lists help. */
  readonly forget?: () => Promise<void>
}

export type CutWatchesReport = {
  readonly recoverMs: readonly number[]
  /** Cuts after which nothing could be reached for a while. */
  readonly outages: number
  /** Lists, streaming ones among them, after those with which it began. */
  readonly lists: number
  readonly freshListMs: readonly number[]
  readonly wrong: readonly string[]
  readonly equal: boolean
}

const outageMs = 300

/**
 * The application's watches of one namespace through a connection that is cut again and again while its objects
 * change. Recovered is: everything is live, and what was written after the cut is shown.
 */
export async function cutWatches(options: CutWatchesOptions): Promise<CutWatchesReport> {
  const { target, changes, cuts, seed, clock, pass, forget } = options
  const random = createRandom(seed)
  /** By itself, so that the same seed makes the same cuts. */
  const cutting = createRandom(seed)
  const client = createKubeClient(target)
  const churn = await createChurn(client, random)
  let fate: Fate = { kind: 'pass' }
  let lists = 0
  let outages = 0
  const proxy = await startApiProxy({
    upstream: target,
    fate: () => fate,
    onRequest({ method, path }) {
      const isWatch = path.includes('watch=true') && !path.includes('sendInitialEvents')
      if (method === 'GET' && !isWatch && path.includes('/namespaces/')) lists++
    },
  })
  const opened = await connect(
    buildSpec({ server: proxy.server }),
    buildConnectTools({ clock, random: random.next }),
  )
  if (!opened.ok) throw new Error(wordsOf(opened.fault))
  const set = opened.value.watchNamespace('demo', () => false)
  const steps = createShownSteps()
  const waiting = new Set<() => void>()
  set.subscribe(() => {
    steps.look(set.snapshot())
    for (const look of [...waiting]) look()
  })

  /** When everything was live and this mark was shown. */
  function shown(mark: number): Promise<number> {
    return new Promise((resolve) => {
      function look(): void {
        const { freshness, leases } = set.snapshot()
        const lease = leases.find(({ meta }) => meta.name === markName)
        const isShown = Number(lease?.meta.annotations['churn'] ?? '0') >= mark
        if (!isShown || Object.values(freshness).some(({ kind }) => kind !== 'live')) return
        waiting.delete(look)
        resolve(performance.now())
      }
      waiting.add(look)
      look()
    })
  }

  async function recovered(mark: number): Promise<number> {
    let at: number | undefined
    void shown(mark).then((when) => (at = when))
    return await eventually(
      async () => {
        if (at === undefined) await pass('recovery')
        return at
      },
      { what: `everything is shown after cut ${mark}`, atMostMs: 120_000 },
    )
  }

  /** Gives when the network was there again. */
  async function cut(): Promise<number> {
    const dice = cutting.next()
    if (dice < 0.2) await forget?.()
    if (dice > 0.8) fate = dice < 0.9 ? { kind: 'cut' } : { kind: 'refuse', status: dice < 0.95 ? 500 : 429 }
    proxy.cutAll()
    if (fate.kind === 'pass') return performance.now()
    outages++
    await new Promise((resolve) => setTimeout(resolve, outageMs))
    fate = { kind: 'pass' }
    return performance.now()
  }

  const recoverMs: number[] = []
  try {
    await recovered(0)
    lists = 0
    const perCut = Math.floor(changes / cuts)
    for (let number = 1; number <= cuts; number++) {
      await pass('calm')
      let written = 0
      let onHalf = (): void => undefined
      const half = new Promise<void>((resolve) => (onHalf = resolve))
      const count = number === cuts ? changes - perCut * (cuts - 1) : perCut
      const writing = churn.change(count, () => {
        if (++written === Math.ceil(count / 2)) onHalf()
      })
      await Promise.race([half, writing])
      const back = await cut()
      await churn.mark(number)
      const at = await recovered(number)
      recoverMs.push(Math.max(0, at - back))
      await writing
    }
    const equal = await eventually(
      async () =>
        shownText(set.snapshot()) === shownText(await freshLists(client, 'demo')) ? true : undefined,
      { what: 'what is shown is what the server has' },
    ).catch(() => false)
    const freshListMs: number[] = []
    for (let round = 0; round < 5; round++) {
      const began = performance.now()
      await freshLists(client, 'demo')
      freshListMs.push(performance.now() - began)
    }
    return { recoverMs, outages, lists, freshListMs, wrong: steps.wrong, equal }
  } finally {
    set.stop()
    await opened.value.close()
    await proxy.stop()
    await client.close()
  }
}
