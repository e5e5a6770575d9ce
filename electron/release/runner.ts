import { ok, type Fault, type Reply } from '../../shared/fault.ts'
import { command, type ReleaseCommand } from '../../shared/release/command.ts'
import { decide } from '../../shared/release/decide.ts'
import { fromAnotherClock } from '../../shared/release/from-another-clock.ts'
import type { Observed } from '../../shared/release/observed.ts'
import type { Release } from '../../shared/release/release.ts'
import { settle } from '../../shared/release/settle.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { ClusterClock } from '../cluster/cluster-clock.ts'
import type { Ask } from './ask.ts'
import { deservesWriting } from './deserves-writing.ts'
import { carryOut, prepare, type Prepared } from './effects.ts'
import { fenceAfterMs, renewEveryMs, type Journal } from './journal.ts'
import type { ReleaseApi } from './release-api.ts'

/** Gates, bakes and limits are the cluster's time; the lock is kept, and tries are repeated, by this machine's. */
export type RunnerClock = Pick<ClusterClock, 'now' | 'setAlarm' | 'wall' | 'monotonic' | 'setTimer'>

export type RunnerOptions = {
  readonly release: Release
  readonly journal: Journal
  readonly api: ReleaseApi
  readonly clock: RunnerClock
  readonly observe: () => Observed
  /** Whether somebody else has asked for something through the journal, as far as is watched. */
  readonly isAsked: () => boolean
  /** Something in the cluster changed: look again. */
  readonly onObservation: (look: () => void) => () => void
  readonly onChange: () => void
  readonly log: (line: string) => void
}

export type Runner = {
  release(): Release
  /** What keeps us from driving just now, if anything does. */
  fault(): Fault | undefined
  /** How often the journal could not be written, and since when (server's time). Nothing is begun meanwhile. */
  unwritten(): { readonly tries: number; readonly since: number } | undefined
  /** Whether we still hold the lock and the release has not ended. */
  driving(): boolean
  /** `permit` is asked of the release as it is when the command's turn comes: why not, or undefined. */
  command(
    wish: ReleaseCommand,
    by: string,
    permit: (release: Release) => Fault | undefined,
  ): Promise<Reply<null>>
  /** Stops, and resolves when nothing of it is under way any more. */
  retire(): Promise<void>
  stop(): void
}

/** What is in the journal, and is tried while it gets there. */
type Intent = { readonly preparing: Promise<readonly Prepared[]>; readonly wakeAt?: number }

/** Waits after a journal write that failed. */
const retryMs = 2_000

/**
 * Drives one release: observe, decide, journal, execute, one thing at a time. It never reacts to what an event says:
 * a change only means "look at everything again".
 */
export function startRunner(options: RunnerOptions): Runner {
  const { clock, journal, api } = options
  const { namespace } = options.release.service
  let release = fromAnotherClock(options.release, clock.now())
  let fault: Fault | undefined
  let unwritten: { readonly tries: number; readonly since: number } | undefined
  let lost = false
  let stopped = false
  let renewed = { monotonic: clock.monotonic(), wall: clock.wall() }
  let stopTimer: (() => void) | undefined
  let queue: Promise<void> = Promise.resolve()
  let lookQueued = false

  /** The cluster is working on something, for a minute perhaps: the lock does not wait for that. */
  let busy = false
  let besides: Promise<void> = Promise.resolve()
  const stopRenewing = repeat(clock, renewEveryMs, () => {
    if (busy) besides = besides.then(renew).catch(logged)
    else enqueue(renew)
  })
  const stopObserving = options.onObservation(look)

  function enqueue(task: () => Promise<void>): void {
    queue = queue.then(task).catch(logged)
  }

  function logged(error: unknown): void {
    options.log(`release ${release.id}: ${String(error)}`)
  }

  /** Meanwhile nothing else of this release goes on but renewals; the next entry is written after the last of them. */
  async function keepingLock<T>(work: Promise<T>): Promise<T> {
    busy = true
    try {
      return await work
    } finally {
      busy = false
      await besides
    }
  }

  function look(): void {
    if (lookQueued || stopped || lost) return
    lookQueued = true
    enqueue(async () => {
      lookQueued = false
      await step()
    })
  }

  function wakeAt(at: number): void {
    stopTimer?.()
    stopTimer = clock.setAlarm(at, look)
  }

  function tryAgain(): void {
    stopTimer?.()
    stopTimer = clock.setTimer(retryMs, look)
  }

  async function save(next: Release): Promise<boolean> {
    const written = await journal.write(next)
    if (written.ok) {
      renewed = { monotonic: clock.monotonic(), wall: clock.wall() }
      unwritten = undefined
      setFault(undefined)
      obey(journal.takeAsk())
      // The lock was given back with this entry: nothing is left to renew or to look at.
      if (isOver(next)) stopAll()
      return true
    }
    const isLost = written.fault.code === 'closed'
    unwritten = isLost
      ? undefined
      : { tries: (unwritten?.tries ?? 0) + 1, since: unwritten?.since ?? clock.now() }
    setFault(written.fault)
    if (isLost) {
      lost = true
      stopTimer?.()
    } else tryAgain()
    return false
  }

  function stopAll(): void {
    stopTimer?.()
    stopRenewing()
    stopObserving()
  }

  /** Once stopped, what was under way may still end, badly: that is nobody's news, and nothing to be forgotten for. */
  function tell(): void {
    if (!stopped) options.onChange()
  }

  function setFault(next: Fault | undefined): void {
    // Told anew with each try: how often is part of what is shown.
    const isNews = next !== undefined || fault !== undefined
    fault = next
    if (isNews) tell()
  }

  /** Somebody who does not hold the lock has asked, through the journal, for what a brake may always do. */
  function obey(ask: Ask | undefined): void {
    if (ask?.release !== release.id) return
    options.log(`release ${release.id}: ${ask.by} asks to ${ask.wish}`)
    void steer({ kind: ask.wish }, ask.by, () => undefined)
  }

  function adopt(next: Release): void {
    if (next === release) return
    release = next
    tell()
  }

  async function step(): Promise<void> {
    if (stopped || lost || isOver(release)) return
    // Writing finds that the Lease has moved, and what it was moved for.
    if (options.isAsked() && !(await save(release))) return
    const intent = await intend(release)
    if (intent !== undefined) await act(intent)
  }

  /** The intent comes before the effect: what can't be written down, with what was asked for, is not done. */
  async function intend(from: Release): Promise<Intent | undefined> {
    const decision = decide(from, options.observe(), clock.now())
    const isNews = from !== release || deservesWriting(release, decision.release)
    const preparing = Promise.all(decision.effects.map((effect) => prepare(api, namespace, effect)))
    if (isNews && !(await save(decision.release))) {
      await preparing
      return undefined
    }
    adopt(decision.release)
    return { preparing, ...(decision.wakeAt !== undefined && { wakeAt: decision.wakeAt }) }
  }

  async function act({ preparing, wakeAt: due }: Intent): Promise<void> {
    const prepared = await keepingLock(preparing)
    if (prepared.length > 0) {
      if (stopped || !(await fenceHolds())) return
      await run(prepared)
    }
    if (due !== undefined) wakeAt(due)
  }

  /** A laptop that slept may have lost its lock without knowing: it asks before it writes. */
  async function fenceHolds(): Promise<boolean> {
    // Some monotonic clocks stand still in sleep, and wall clocks jump: whichever says more counts.
    const age = Math.max(clock.monotonic() - renewed.monotonic, Math.abs(clock.wall() - renewed.wall))
    return age < fenceAfterMs || (await save(release))
  }

  async function run(prepared: readonly Prepared[]): Promise<void> {
    const results = await keepingLock(
      Promise.all(
        prepared.map(async (one) => ({
          effect: one.effect,
          result: await carryOut(api, namespace, one),
        })),
      ),
    )
    let next = release
    for (const { effect, result } of results) {
      options.log(`release ${release.id}: ${effect.id} ${result.kind}`)
      next = settle(next, effect, { result, now: clock.now() })
    }
    adopt(next)
    // If this write fails, the next look finds the same by reading the cluster.
    await save(next)
    look()
  }

  async function renew(): Promise<void> {
    if (!stopped && !lost && !isOver(release)) await save(release)
  }

  function steer(
    wish: ReleaseCommand,
    by: string,
    permit: (release: Release) => Fault | undefined,
  ): Promise<Reply<null>> {
    return new Promise((answer) => {
      enqueue(async () => {
        const refusal = permit(release)
        if (refusal !== undefined) {
          answer({ ok: false, fault: refusal })
          return
        }
        const next = command(release, wish, { observed: options.observe(), by, now: clock.now() })
        if (!next.ok) {
          answer(next)
          return
        }
        const intent = await intend(next.value)
        if (intent === undefined) {
          const unwritten = { code: 'internal', message: 'The journal could not be written.' } as const
          answer({ ok: false, fault: fault ?? unwritten })
          return
        }
        answer(ok(null))
        await act(intent)
      })
    })
  }

  function stop(): void {
    stopped = true
    stopAll()
  }

  look()
  return {
    release: () => release,
    fault: () => fault,
    unwritten: () => unwritten,
    driving: () => !stopped && !lost && !isOver(release),
    command: steer,
    stop,
    async retire() {
      stop()
      await queue
    },
  }
}

function repeat(clock: RunnerClock, everyMs: number, fire: () => void): () => void {
  let stop = clock.setTimer(everyMs, again)
  function again(): void {
    fire()
    stop = clock.setTimer(everyMs, again)
  }
  return () => stop()
}
