import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Target } from '../../../shared/contract.ts'
import type { Lease } from '../../../shared/k8s/objects.ts'
import type { Notice } from '../../../shared/view/notice.ts'
import type { Release } from '../../../shared/release/release.ts'
import { isOver } from '../../../shared/release/standing.ts'
import type { ClusterClock } from '../../cluster/clock/cluster-clock.ts'
import { holderText, isInDoubt, isOurPast, parseHolder } from '../../release/holder.ts'
import { readAsk } from '../../release/ask.ts'
import { asLock } from '../../release/file-journal.ts'
import { createJournal, readJournal } from '../../release/journal.ts'
import type { ReleaseApi } from '../../release/release-api.ts'
import { startRunner, type Runner } from '../../release/runner.ts'
import { permitted, type Permit } from '../command-ways.ts'
import { noLockRight, unreadableFault } from './journal-faults.ts'
import { knownJournal } from './known-journal.ts'
import { createNewest } from './newest.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { observeRelease } from './observe-release.ts'
import type { ReleaseServiceOptions } from './release-service-options.ts'
import { lockView } from './lock-view.ts'
import { createThrottle } from '../async/throttle.ts'
import { readRelease } from './read-journal.ts'
import { createKeyedQueue } from '../async/keyed-queue.ts'
import { withModel } from '../watching/with-model.ts'
import { overlapFault, overlapping, yieldsTo } from './overlaps.ts'
import { unfinishedFault, type MayTakeLease } from './may-take-lease.ts'
import { type LeaseExpiry } from './lease-expiry.ts'
import { noticeOf, type DrivenRelease, type Standing, type Where } from './release-standing.ts'

const stillDriven = faultOf('conflict', { kind: 'driven-elsewhere' })

/** A look takes in the whole namespace; thousands of pods can change in a second. */
const lookEveryMs = 10

/** Who drives which release: one runner a Service at most. */
export type DrivenReleases = {
  /** Takes the lock for a release and begins to drive it. */
  sit(target: Target, release: Release, how: Taking): Promise<Reply<null>>
  /** What that would come to. Nothing is written, here or there. */
  rehearse(target: Target, release: Release, how: Rehearsing): Promise<Reply<null>>
  at(target: Target): DrivenRelease | undefined
  /** What is driven here just now. */
  driven(): readonly Target[]
  standing(target: Target, model: NamespaceModel): Standing
  notices(): readonly Notice[]
  /** The time of a target's cluster. */
  timeOf(target: Target): ClusterClock
  /** Goes on with a release that this installation drove before it was ended or killed. */
  resume(target: Target): Promise<Fault | undefined>
  /** Its connection is closed: what is driven there is gone on with once it is connected again. */
  leaveCluster(connection: Target['connection']): void
  /** Stops driving; the lock stays ours, so that the next start goes on. */
  close(): void
}

type Taking = {
  readonly mayReplace: (found: Lease) => Fault | undefined
  readonly where: Where
  /** Asked of the release right before its lock is taken. */
  readonly permit: Permit
  /** It goes on whatever else holds its Deployments: it brakes, or takes back what it has changed itself. */
  readonly beside?: boolean
  /** Whose place it takes: should nothing come of it, that one goes on, under the same lock. */
  readonly instead?: Runner
}

type Rehearsing = Pick<Taking, 'mayReplace' | 'where'>

export function createDrivenReleases(
  options: ReleaseServiceOptions,
  {
    locks,
    objections,
    tell,
  }: { readonly locks: LeaseExpiry; readonly objections: MayTakeLease; readonly tell: () => void },
): DrivenReleases {
  const { self, records, keeper } = options
  const driven = new Map<string, DrivenRelease>()
  const isNewest = createNewest()
  // The lock of a Service is taken by one at a time: going on after a start must not meet a person's own start halfway.
  const inTurn = createKeyedQueue()
  let closed = false
  const holder = holderText(self)

  function keyOf(target: Target): string {
    return `${target.connection}/${target.namespace}/${target.service}`
  }

  function remembered({ connection, namespace, service }: Target) {
    return options.settings
      .read()
      .driving.find(
        (one) => one.connection === connection && one.namespace === namespace && one.service === service,
      )
  }

  function remember(target: Target, driving: boolean, cluster?: string): void {
    const { connection, namespace, service } = target
    options.settings.change((settings) => ({
      ...settings,
      driving: [
        ...settings.driving.filter(
          (one) => one.connection !== connection || one.namespace !== namespace || one.service !== service,
        ),
        ...(driving ? [{ connection, namespace, service, ...(cluster !== undefined && { cluster }) }] : []),
      ],
    }))
  }

  /** What taking the lock for a release is made of, and what stands against it: for the taking and its rehearsal. */
  function takingOf(target: Target, release: Release, how: Rehearsing & { readonly api: ReleaseApi }) {
    const { api } = how
    const { namespace, service } = target
    const time = options.clockOf(target)
    const local = records.journal(target)
    const left = [local.entry()?.release]
    const journal =
      how.where === 'file'
        ? local
        : records.copy(target).of(createJournal({ api, namespace, service, holder, now: () => time.now() }))
    return {
      local,
      journal,
      left,
      unfinished: unfinishedFault(left[0], release),
      objection(found: Lease): Fault | undefined {
        const past = readJournal(found)
        if (!past.ok) return unreadableFault(past.fault.code === 'not-supported')
        left.push(past.value)
        if (how.where === 'file') return locks.isExpired(found, { kind: 'live' }) ? undefined : stillDriven
        return how.mayReplace(found) ?? unfinishedFault(past.value, release)
      },
    }
  }

  async function rehearse(target: Target, release: Release, how: Rehearsing): Promise<Reply<null>> {
    const api = options.api(target)
    if (api === undefined) return failed('unreachable', { kind: 'not-connected' })
    const { journal, unfinished, objection } = takingOf(target, release, { ...how, api })
    if (unfinished !== undefined) return { ok: false, fault: unfinished }
    return journal.rehearse(release, objection)
  }

  async function sitDown(target: Target, release: Release, how: Taking): Promise<Reply<null>> {
    const api = options.api(target)
    const opened = options.models.open(target.connection, target.namespace)
    if (api === undefined || opened === undefined) {
      opened?.dispose()
      return failed('unreachable', { kind: 'not-connected' })
    }
    const { model } = opened
    const { service } = target
    const time = options.clockOf(target)
    const cluster = await options.identityOf(target)
    const { local, journal, left, unfinished, objection } = takingOf(target, release, { ...how, api })
    if (unfinished !== undefined) {
      opened.dispose()
      return { ok: false, fault: unfinished }
    }
    const refusal = how.permit(release) ?? heldElsewhere(target, { model, release, how })
    if (refusal !== undefined) {
      opened.dispose()
      return { ok: false, fault: refusal }
    }
    // Before the lock is taken: killed while the server answers, the next start finds what it has to go on with.
    const before = remembered(target)
    remember(target, true, cluster)
    // Its lock is renewed until now; from here on each of its entries would be one too many.
    await how.instead?.rest()
    const taken = await journal.take(release, objection)
    if (!taken.ok) {
      opened.dispose()
      // What was driven before is still to be gone on with; and nobody knows how a taking ends that we do not see the end of.
      if (!closed) remember(target, before !== undefined, before?.cluster)
      return how.where === 'lease' && taken.fault.code === 'forbidden' ? noLockRight(taken.fault) : taken
    }
    const yielded =
      how.beside === true ? undefined : await yieldsTo({ api, clock: time, log: options.log }, release)
    if (yielded !== undefined) {
      await journal.giveBack(how.instead !== undefined)
      opened.dispose()
      if (!closed) remember(target, before !== undefined, before?.cluster)
      return { ok: false, fault: yielded }
    }
    // The record of what was there before is overwritten from now on.
    for (const past of left)
      if (past?.state.kind === 'ended' && past.id !== release.id) void keeper.keep(target, past)
    if (how.where === 'lease') local.remove()
    else records.copy(target).forget()
    leave(target)
    let kept: Release | undefined
    const runner = startRunner({
      release,
      journal,
      api,
      clock: time,
      observe: () => observeRelease(model, service, runner.release()),
      isAsked: () => {
        const entry = model.journal(service)
        // What can't be read any more is ours to be written anew, before anything is done that it has to tell of.
        return entry !== undefined && (entry.fault !== undefined || readAsk(entry.lease) !== undefined)
      },
      onObservation(look) {
        const throttle = createThrottle(options.clock, lookEveryMs, look)
        const stopListening = model.onChange(throttle.ask)
        return () => {
          stopListening()
          throttle.stop()
        }
      },
      onChange: () => {
        if (!runner.driving()) {
          remember(target, false)
          // Whoever looks keeps the namespace watched, and nobody has to any more.
          opened.dispose()
        }
        if (isOver(runner.release()) && kept !== runner.release()) {
          kept = runner.release()
          void keeper.keep(target, kept)
        }
        tell()
      },
      log: options.log,
    })
    driven.set(keyOf(target), { target, runner, where: how.where, leave: opened.dispose })
    tell()
    return ok(null)
  }

  /** Also by a release without a lock, whose journal is on this machine. */
  function heldElsewhere(
    target: Target,
    {
      model,
      release,
      how,
    }: { readonly model: NamespaceModel; readonly release: Release; readonly how: Taking },
  ): Fault | undefined {
    if (how.beside === true) return undefined
    const local = model
      .sets()
      .flatMap((set) => records.journal({ ...target, service: set.service.meta.name }).entry()?.release ?? [])
    const other = overlapping(release, [...model.releases(), ...local])
    return other === undefined ? undefined : overlapFault(other)
  }

  function leave(target: Target): void {
    leaveWhere((key) => key === keyOf(target))
  }

  function leaveWhere(isMeant: (key: string) => boolean): void {
    for (const [key, drivenRelease] of driven) {
      if (!isMeant(key)) continue
      drivenRelease.runner.stop()
      drivenRelease.leave()
      driven.delete(key)
    }
  }

  function standing(target: Target, model: NamespaceModel): Standing {
    const drivenRelease = driven.get(keyOf(target))
    const entry = model.journal(target.service)
    const freshness = model.leaseFreshness()
    const expired = entry !== undefined && locks.isExpired(entry.lease, freshness)
    const known = knownJournal({
      lease: entry,
      lock: lockView(entry?.lease, {
        self: holder,
        freshness,
        expired,
        inDoubt: entry !== undefined && isInDoubt(entry.lease.holder, self),
      }),
      file: records.journal(target).entry(),
      copy: orphanOf(target, model),
      isExpired: (one) => {
        const lock = asLock(one)
        return lock !== undefined && locks.isExpired(lock, { kind: 'live' })
      },
      isInDoubt: (one) => isInDoubt(one, self),
      isOurs: (one) => one === holder || isOurPast(one, self, options.isGone),
    })
    const runs = drivenRelease?.runner
    if (runs !== undefined && isNewest(runs, entry === undefined ? undefined : known.release)) {
      const fault = runs.fault()
      const unwritten = runs.unwritten()
      const mine = { kind: drivenRelease?.where === 'file' ? 'local' : 'mine' } as const
      return {
        release: runs.release(),
        driving: runs.driving(),
        lock: runs.driving() ? mine : known.lock,
        where: drivenRelease?.where ?? 'lease',
        ...(fault !== undefined && { fault }),
        ...(unwritten !== undefined && { unwritten }),
        // What is driven is written anew over what somebody has spoiled.
        ...(!runs.driving() && known.unreadable !== undefined && { unreadable: known.unreadable }),
      }
    }
    // It was ours, and whoever has it now has gone on with it.
    const fault = known.release?.id === runs?.release().id ? runs?.fault() : undefined
    return { driving: false, ...known, ...(fault !== undefined && { fault }) }
  }

  /** A release that we drove, and whose Lease somebody has deleted since. */
  function orphanOf(target: Target, model: NamespaceModel): Release | undefined {
    const copy = records.copy(target)
    const release = copy.read()
    const entry = model.journal(target.service)
    if (release === undefined || model.leaseFreshness().kind !== 'live') return undefined
    if (entry === undefined) {
      // The same Deployments: a context may have been pointed at another cluster, and a Service is soon made anew.
      return release.batches.some(({ uid }) => model.deployment(uid) !== undefined) ? release : undefined
    }
    const goesOn = entry.release !== undefined && entry.release.id === release.id && !isOver(entry.release)
    const install = parseHolder(entry.lease.holder)?.install ?? self.install
    if (!goesOn || install !== self.install) copy.forget()
    return undefined
  }

  /** A release stays with its cluster: a context may have been pointed at another one, perhaps a copy. */
  async function isElsewhere(target: Target): Promise<boolean> {
    const known = remembered(target)?.cluster
    const found = await options.identityOf(target)
    return known !== undefined && found !== undefined && known !== found
  }

  async function goOn(api: ReleaseApi, target: Target): Promise<Fault | undefined> {
    if (await isElsewhere(target)) {
      options.log(`release of ${target.service} waits: its context points at another cluster now`)
      return undefined
    }
    const local = records.journal(target).entry()
    if (local?.release !== undefined && !isOver(local.release)) {
      return goOnWith(target, local.release, { holder: local.holder, where: 'file' })
    }
    const found = await readRelease(api, target)
    if (!found.ok) return found.fault
    const past = found.value
    const release = past?.release
    if (past === undefined || release === undefined || isOver(release)) {
      // Its driver may have been killed between the journal's last entry and the history's.
      if (release !== undefined) await keeper.keep(target, release)
      remember(target, false)
      return undefined
    }
    return goOnWith(target, release, { holder: past.lease.holder, where: 'lease' })
  }

  async function goOnWith(
    target: Target,
    release: Release,
    { holder: other, where }: { readonly holder: string; readonly where: Where },
  ): Promise<Fault | undefined> {
    // We hold the lock and do not drive: its cluster was disconnected meanwhile.
    if (other !== holder && !isOurPast(other, self, options.isGone)) {
      options.log(`release of ${target.service} is held by ${other}`)
      return undefined
    }
    options.log(`goes on with release ${release.id} of ${target.service}`)
    const taken = await withModel(options, target, (model) =>
      sitDown(target, release, { mayReplace: objections.toTake(model), where, permit: permitted }),
    )
    return taken.ok ? undefined : taken.fault
  }

  return {
    rehearse,
    sit: (target, release, how) => inTurn(keyOf(target), () => sitDown(target, release, how)),
    at: (target) => driven.get(keyOf(target)),
    driven: () =>
      [...driven.values()]
        .filter((drivenRelease) => drivenRelease.runner.driving())
        .map((drivenRelease) => drivenRelease.target),
    standing,
    notices: () => [...driven.values()].flatMap(noticeOf),
    timeOf: options.clockOf,

    resume: (target) =>
      inTurn(keyOf(target), async () => {
        const api = options.api(target)
        return api === undefined || driven.has(keyOf(target)) ? undefined : goOn(api, target)
      }),

    leaveCluster(connection) {
      leaveWhere((key) => key.startsWith(`${connection}/`))
    },

    close() {
      closed = true
      leaveWhere(() => true)
    },
  }
}
