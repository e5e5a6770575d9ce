import { failedInWords, faultOf, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { command } from '../../shared/release/command.ts'
import { type ReleaseCommand } from '../../shared/release/command-context.ts'
import { decide } from '../../shared/release/decide.ts'
import { fromAnotherClock } from '../../shared/release/from-another-clock.ts'
import type { Observed } from '../../shared/release/observed.ts'
import type { EffectResult, Release } from '../../shared/release/release.ts'
import { settle } from '../../shared/release/settle/settle.ts'
import { isOver } from '../../shared/release/standing.ts'
import type { ClusterClock } from '../cluster/clock/cluster-clock.ts'
import type { Ask } from './ask.ts'
import { deservesWriting } from './deserves-writing.ts'
import { fenceAfterMs, renewEveryMs, type Journal } from './journal.ts'
import type { ReleaseApi } from './release-api.ts'
import { createTaskQueue } from './task-queue.ts'
import { createWritesInFlight, type Flight } from './writes-in-flight.ts'

/** Gates, bakes and limits are the cluster's time; the lock is kept, and tries are repeated, by this machine's. */
export type RunnerClock = Pick<ClusterClock, 'now' | 'setAlarm' | 'wall' | 'monotonic' | 'setTimer'>

export type RunnerOptions = {
  readonly release: Release
  readonly journal: Journal
  readonly api: ReleaseApi
  readonly clock: RunnerClock
  readonly observe: () => Observed
  /** Whether somebody else has written to the journal, as far as is watched: to ask for something, or to spoil it. */
  readonly isAsked: () => boolean
  /** Something in the cluster changed: look again. */
  readonly onObservation: (look: () => void) => () => void
  readonly onChange: () => void
  readonly log: (line: string) => void
}

/** `seen`: the version of the release that was decided on. */
type Commanded = {
  readonly by: string
  readonly seen?: number | undefined
  /** Asked of the release as it is when the command's turn comes: why not, or undefined. */
  readonly permit: (release: Release) => Fault | undefined
}

export type Runner = {
  release(): Release
  /** What keeps us from driving just now, if anything does. */
  fault(): Fault | undefined
  /** How often the journal could not be written, and since when (server's time). Nothing is begun meanwhile. */
  unwritten(): { readonly tries: number; readonly since: number } | undefined
  /** Whether we still hold the lock: until its end stands in the journal, with which the lock is given back. */
  driving(): boolean
  /** Undefined: it had ended before its turn came, and holds no lock any more. */
  command(wish: ReleaseCommand, how: Commanded): Promise<Reply<null> | undefined>
  /**
   * Obeys and begins nothing more. Resolves when all that is on its way has ended, or after a while, with the release
   * as it was left: a write that may still land stands in it. Its lock is renewed all the same.
   */
  retire(): Promise<Release>
  /** Retired, it writes nothing more, not even its lock: resolves when the last of it has ended. */
  rest(): Promise<void>
  /**
   * Nothing has taken its place after all: it goes on from there, without having to ask for the lock. Resolves once it
   * has tried to write that down; where it is over by now, it drives no more if that has been written.
   */
  goOn(release: Release): Promise<void>
  stop(): void
}

/** Waits after a journal write that failed. */
const retryMs = 2_000
/** So long a release that is to be replaced waits for the answers to its last writes. */
const retireMs = 10_000

/** What is asked of a release that something else is about to take the place of. */
export const replaced = faultOf('conflict', { kind: 'replaced-now' })
const unwrittenFault = faultOf('internal', { kind: 'journal-unwritten' })

export function isBrake({ kind }: ReleaseCommand): boolean {
  return kind === 'pause' || kind === 'freeze' || kind === 'stop' || kind === 'roll-back'
}

/**
 * Drives one release: observe, decide, journal, execute. The journal is written one entry at a time; the writes of the
 * cluster are on their way beside it, however long they take. It never reacts to what an event says: a change only means
 * "look at everything again".
 */
export function startRunner(options: RunnerOptions): Runner {
  const { clock, journal, api } = options
  const { namespace } = options.release.service
  let release = fromAnotherClock(options.release, clock.now())
  let fault: Fault | undefined
  let unwritten: { readonly tries: number; readonly since: number } | undefined
  let lost = false
  let stopped = false
  /** Its end stands in the journal. Until it does, it is ours to be written, however long that takes. */
  let closed = false
  let course: 'driving' | 'retiring' | 'retired' | 'resting' = 'driving'
  let renewed = { monotonic: clock.monotonic(), wall: clock.wall() }
  let stopTimer: (() => void) | undefined
  let lookQueued = false
  const writes = createWritesInFlight(api, namespace)
  /** Answers that have come and are not in the journal yet: all of them go into its next entry. */
  let answers: readonly { readonly flight: Flight; readonly result: EffectResult }[] = []

  const queue = createTaskQueue(logged)
  const stopRenewing = repeat(clock, renewEveryMs, () => queue.add(renew))
  const stopObserving = options.onObservation(look)

  function logged(error: unknown): void {
    options.log(`release ${release.id}: ${String(error)}`)
  }

  function look(): void {
    if (lookQueued || stopped || lost) return
    lookQueued = true
    queue.add(async () => {
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
      // What is asked while something else may take its place waits until that is known.
      if (course === 'driving') obey(journal.takeAsk())
      if (isOver(next)) close(next)
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

  /** The lock was given back with this entry: nothing is left to renew or to look at. */
  function close(last: Release): void {
    closed = true
    stopAll()
    release = last
    tell()
  }

  /** Once stopped, what was under way may still end, badly: that is nobody's news, and nothing to be forgotten for. */
  function tell(): void {
    if (!stopped) options.onChange()
  }

  function isRetiring(): boolean {
    return course === 'retiring'
  }

  function isRetired(): boolean {
    return course === 'retired' || course === 'resting'
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
    void steer({ kind: ask.wish }, { by: ask.by, seen: ask.version, permit: () => undefined })
  }

  function adopt(next: Release): void {
    if (next === release) return
    release = next
    tell()
  }

  async function step(): Promise<void> {
    if (stopped || lost || closed || course !== 'driving') return
    if (isOver(release)) {
      if (unwritten !== undefined) await save(release)
      return
    }
    // Writing finds that the Lease has moved, and what it was moved for.
    if (options.isAsked() && !(await save(release))) return
    await intend(release)
  }

  /** The intent comes before the effect: what can't be written down, with what was asked for, is not done. */
  async function intend(from: Release): Promise<boolean> {
    const decision = decide(from, options.observe(), clock.now())
    const isNews = from !== release || deservesWriting(release, decision.release)
    const flights = writes.prepare(decision.effects)
    if (isNews && !(await save(decision.release))) {
      writes.drop(flights)
      return false
    }
    adopt(decision.release)
    writes.take(flights)
    for (const flight of flights) void fly(flight).catch(logged)
    if (decision.wakeAt !== undefined) wakeAt(decision.wakeAt)
    return true
  }

  async function fly(flight: Flight): Promise<void> {
    const prepared = await flight.prepared
    if (prepared.kind === 'over') {
      answered(flight, prepared.result)
      return
    }
    // What was tried may have taken a minute: whether it is still meant, and the lock still ours, is known here alone.
    queue.add(async () => {
      if (stopped || lost || !writes.has(flight)) return
      if (await fenceHolds()) void writes.send(flight).then((result) => answered(flight, result), logged)
      else writes.drop([flight])
    }, true)
  }

  /** A laptop that slept may have lost its lock without knowing: it asks before it writes. */
  async function fenceHolds(): Promise<boolean> {
    // Some monotonic clocks stand still in sleep, and wall clocks jump: whichever says more counts.
    const age = Math.max(clock.monotonic() - renewed.monotonic, Math.abs(clock.wall() - renewed.wall))
    return age < fenceAfterMs || (await save(release))
  }

  function answered(flight: Flight, result: EffectResult): void {
    answers = [...answers, { flight, result }]
    if (answers.length === 1) queue.add(settleAll)
  }

  async function settleAll(): Promise<void> {
    const all = answers
    answers = []
    let next = release
    for (const { flight, result } of all) {
      // What has taken its place since says what becomes of it.
      if (!writes.end(flight)) continue
      options.log(`release ${release.id}: ${flight.effect.id} ${result.kind}`)
      next = settle(next, flight.effect, { result, now: clock.now() })
    }
    if (stopped || lost || isRetired()) return
    adopt(next)
    // If this write fails, the next look finds the same by reading the cluster.
    await save(next)
    look()
  }

  async function renew(): Promise<void> {
    if (!stopped && !lost && !closed && course !== 'resting') await save(release)
  }

  function steer(wish: ReleaseCommand, how: Commanded): Promise<Reply<null> | undefined> {
    return new Promise((answer) => {
      queue.add(async () => {
        try {
          answer(await obeyed(wish, how))
        } catch (error) {
          // Whoever asked must not wait for ever.
          answer(failedInWords('internal', String(error)))
        }
      }, isBrake(wish))
    })
  }

  async function obeyed(
    wish: ReleaseCommand,
    { by, seen, permit }: Commanded,
  ): Promise<Reply<null> | undefined> {
    if (closed) return undefined
    if (stopped || course !== 'driving') return { ok: false, fault: replaced }
    const refusal = permit(release)
    if (refusal !== undefined) return { ok: false, fault: refusal }
    const next = command(release, wish, { observed: options.observe(), by, now: clock.now(), seen })
    if (!next.ok) return next
    return (await intend(next.value)) ? ok(null) : { ok: false, fault: fault ?? unwrittenFault }
  }

  function stop(): void {
    stopped = true
    stopAll()
  }

  async function retire(): Promise<Release> {
    course = 'retiring'
    let stopWaiting = (): void => undefined
    const late = new Promise<void>((resolve) => (stopWaiting = clock.setTimer(retireMs, resolve)))
    // Those that are tried, and not sent yet, are sent: they are meant, and their answers say how things stand.
    await queue.idle()
    await Promise.race([writes.landed(), late])
    stopWaiting()
    await queue.idle()
    // Braked meanwhile, it drives again.
    if (!isRetiring()) return release
    course = 'retired'
    writes.dropAll()
    return release
  }

  async function rest(): Promise<void> {
    course = 'resting'
    await queue.idle()
  }

  function goOn(next: Release): Promise<void> {
    course = 'driving'
    adopt(next)
    // With what has been settled meanwhile, before anything else is done.
    const written = new Promise<void>((resolve) => {
      queue.add(() => renew().finally(resolve))
    })
    look()
    return written
  }

  look()
  return {
    release: () => release,
    fault: () => fault,
    unwritten: () => unwritten,
    driving: () => !stopped && !lost && !closed,
    command: steer,
    stop,
    retire,
    rest,
    goOn,
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
