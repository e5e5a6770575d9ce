import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import { releaseId, type ReleaseId } from '../../../shared/ids.ts'
import type { Draft, Target } from '../../../shared/contract.ts'
import type { BatchSet } from '../../../shared/model/batch-set.ts'
import type { Notice } from '../../../shared/view/notice.ts'
import { command } from '../../../shared/release/command.ts'
import { type ReleaseCommand } from '../../../shared/release/command-context.ts'
import { allInDoubt, doubtsFrom } from '../../../shared/release/settle/in-doubt.ts'
import { hasMovedOn, movedOn } from '../../../shared/release/moved-on.ts'
import type { Release } from '../../../shared/release/release.ts'
import { isOver, isTouched } from '../../../shared/release/standing.ts'
import { superseded } from '../../../shared/release/start/superseded.ts'
import { logged } from '../../../shared/release/transitions.ts'
import { withOwnBatches } from '../../../shared/view/with-own-batches.ts'
import { holderText } from '../../release/holder.ts'
import { writeAsk, type Ask } from '../../release/ask.ts'
import { createJournal, leaseName } from '../../release/journal.ts'
import { permitted, type Permit } from '../command-ways.ts'
import { unreadableFault } from './journal-faults.ts'
import { localVersion } from './known-journal.ts'
import { createListeners } from '../async/listeners.ts'
import type { NamespaceModel } from '../watching/namespace-models.ts'
import { observeRelease } from './observe-release.ts'
import type { Build, ReleaseServiceOptions } from './release-service-options.ts'
import { draftRelease } from './draft-release.ts'
import { createMayTakeLease, unfinishedFault } from './may-take-lease.ts'
import { createLeaseExpiry } from './lease-expiry.ts'
import { holdsAlone } from '../../../shared/release/holds-alone.ts'
import { overlapFault, overlapping } from './overlaps.ts'
import { readRelease } from './read-journal.ts'
import { isBrake, replaced } from '../../release/runner.ts'
import { endingOf, vacate } from './vacate.ts'
import { createVacating, unlessBraked } from './vacating.ts'
import { withModel } from '../watching/with-model.ts'
import { createDrivenReleases } from './driven-releases.ts'
import { type DrivenRelease } from './release-standing.ts'
import { type Standing } from './release-standing.ts'

type Beginning = {
  readonly supersedes?: string
  readonly withoutLock?: boolean
  readonly permit: Permit
}

/** `release`: the one that the person saw; another one is not meant, nor another version of it. */
type Steering = {
  readonly release: string
  readonly version?: number | undefined
  readonly permit: Permit
}

/** Where releases are started, steered and taken up again. One runner a Service at most. */
export type ReleaseService = {
  start(draft: Draft, permit: Permit): Promise<Reply<{ readonly release: ReleaseId }>>
  /** Whether the lock and the record of a drafted release would be taken, as by its start. Nothing is written. */
  rehearse(draft: Draft, release: Release): Promise<Reply<null>>
  /** Begins a release that `build` makes from what is there, in the place of the one that is named, if any. */
  begin(target: Target, how: Beginning, build: Build): Promise<Reply<{ readonly release: ReleaseId }>>
  /** Asks whoever drives the release to pause or stop it. */
  ask(target: Target, wish: Ask['wish'], how: Omit<Steering, 'permit'>): Promise<Reply<null>>
  /** Takes a journal that can't be read out of the way. `version`: the one that the person was told about. */
  forget(target: Target, version: string): Promise<Reply<null>>
  steer(target: Target, wish: ReleaseCommand, how: Steering): Promise<Reply<null>>
  /** Goes on with a release that nobody drives: its lock is free, or its holder has been gone for long enough. `paused`: begins nothing further. */
  takeOver(target: Target, how: Steering & { readonly paused: boolean }): Promise<Reply<null>>
  /** Goes on with a release that this installation drove before it was ended or killed. */
  resume(target: Target): Promise<Fault | undefined>
  standing(target: Target, model: NamespaceModel): Standing
  /** The Services whose releases this process drives just now. */
  driven(): readonly Target[]
  /** Of every release that is driven here. */
  notices(): readonly Notice[]
  onChange(listener: () => void): () => void
  /** Its connection is closed: what is driven there is gone on with once it is connected again. */
  leaveCluster(connection: Target['connection']): void
  /** Stops driving; the lock stays ours, so that the next start goes on. */
  close(): void
}

const anotherBegun = { kind: 'another-begun' } as const
const brakedFault = faultOf('conflict', { kind: 'braked-first' })

function withUnselected(set: BatchSet, release: Release, model: NamespaceModel): BatchSet {
  const uids = release.batches
    .filter((own) => isTouched(own) || own.freeze !== undefined)
    .map((own) => own.uid)
  return withOwnBatches(set, release, model.unselected(set.service.meta.name, uids))
}

function noService({ service, namespace }: Target): Fault {
  return faultOf('not-found', { kind: 'no-service', service, namespace })
}

function missingIn(set: BatchSet | undefined, target: Target): Fault | undefined {
  if (set === undefined) return noService(target)
  return set.batches.length > 0
    ? undefined
    : faultOf('not-found', { kind: 'no-deployments', service: target.service })
}

/** One that runs is replaced only by somebody who named it; one that was named has to run. */
function wronglyReplaced(
  driven: Release | undefined,
  { supersedes }: Pick<Beginning, 'supersedes'>,
): Fault | undefined {
  const running = driven?.state.kind === 'ended' ? undefined : driven
  if (running !== undefined && supersedes === undefined)
    return faultOf('conflict', { kind: 'release-running' })
  return supersedes === undefined || supersedes === running?.id
    ? undefined
    : faultOf('conflict', { kind: 'replaced-gone' })
}

export function createReleaseService(options: ReleaseServiceOptions): ReleaseService {
  const { clock, self, records, keeper } = options
  const { add, tell } = createListeners()
  const locks = createLeaseExpiry(clock, tell)
  const objections = createMayTakeLease({ self, isGone: options.isGone, locks })
  const drivenReleases = createDrivenReleases(options, { locks, objections, tell })
  const { sit, standing, timeOf } = drivenReleases
  const vacating = createVacating()

  function isVacated(drivenRelease: DrivenRelease | undefined): boolean {
    return drivenRelease !== undefined && vacating.has(drivenRelease.runner)
  }

  async function begin(
    target: Target,
    how: Beginning,
    build: Build,
  ): Promise<Reply<{ readonly release: ReleaseId }>> {
    return withModel(options, target, async (model) => {
      const now = standing(target, model)
      const refusal = how.permit(now.release)
      if (refusal !== undefined) return { ok: false, fault: refusal }
      if (now.unreadable !== undefined) return { ok: false, fault: unreadableFault(now.unreadable.newer) }
      const drivenRelease = drivenReleases.at(target)
      if (isVacated(drivenRelease)) return { ok: false, fault: replaced }
      const runner = drivenRelease?.runner.driving() === true ? drivenRelease.runner : undefined
      const running = runner?.release()
      const where =
        (running !== undefined ? drivenRelease?.where : how.withoutLock === true && 'file') || 'lease'
      // Nothing keeps us from writing there but what we know.
      if (where === 'file' && now.lock.kind === 'other' && !now.lock.expired)
        return failed('conflict', { kind: 'driven-by', person: now.lock.holder })
      const known = now.lock.kind !== 'other' || now.lock.expired ? now.release : undefined
      const unfinished = now.driving ? undefined : unfinishedFault(known)
      if (unfinished !== undefined) return { ok: false, fault: unfinished }
      const wrong = wronglyReplaced(running, how)
      if (wrong !== undefined) return { ok: false, fault: wrong }
      const api = options.api(target)
      if (api === undefined) return failed('unreachable', { kind: 'not-connected' })
      const setOf = (release: Release | undefined): BatchSet | undefined => {
        const set = model.set(target.service)
        // What it has written to stays in the chain, whatever the Service selects by now: it has a way back.
        return set === undefined || release === undefined ? set : withUnselected(set, release, model)
      }
      const missing = missingIn(setOf(running), target)
      if (missing !== undefined) return { ok: false, fault: missing }
      const at = { by: self.person, now: () => timeOf(target).now() }
      const id = releaseId(options.newId())
      const prepare = async (braked: AbortSignal | undefined) => {
        // From here on the old one obeys and writes nothing more; what it has under way is finished, or seen out, first.
        const parts = { api, model, clock, now: at.now, setOf, braked }
        const vacated = runner === undefined ? undefined : await vacate(runner, parts)
        const left = vacated?.release
        const whole = setOf(left)
        const fault = vacated?.fault ?? wronglyReplaced(left, how) ?? missingIn(whole, target)
        const replaces = left === undefined || left.state.kind === 'ended' ? {} : { running: left }
        const built =
          fault !== undefined || whole === undefined
            ? ({ ok: false, fault: fault ?? noService(target) } as const)
            : await build({ id, by: at.by, now: at.now(), set: whole, model, api, ...replaces })
        // Before it is overwritten; should the new one not begin, its own end replaces this.
        if (replaces.running !== undefined && built.ok)
          await keeper.keep(target, superseded(replaces.running, { by: at.by, now: at.now() }))
        // What an earlier one left in doubt, perhaps on another machine, is seen out before anything begins.
        const begun =
          built.ok && left === undefined && known !== undefined
            ? ok(doubtsFrom(known, built.value, at.now()))
            : built
        return { left, begun }
      }
      const takePlace = async (braked?: AbortSignal): Promise<Reply<{ readonly release: ReleaseId }>> => {
        const prepared = await unlessBraked(braked, prepare(braked))
        if (prepared === undefined) {
          void runner?.goOn(runner.release())
          return { ok: false, fault: brakedFault }
        }
        const { left, begun } = prepared
        // All that kept its end from being one has been seen out: it is written down, and its lock given back, first.
        const unended = left !== undefined && isOver(left) ? await endingOf(runner, left) : undefined
        if (unended !== undefined) return { ok: false, fault: unended }
        const taken = begun.ok
          ? await sit(target, begun.value, {
              mayReplace: objections.toTake(model),
              where,
              permit: how.permit,
              ...(left !== undefined && !isOver(left) && runner !== undefined && { instead: runner }),
            })
          : begun
        if (taken.ok) return ok({ release: id })
        // Nothing has come of it: the old one goes on where it was.
        if (left !== undefined && !isOver(left)) void runner?.goOn(left)
        return taken
      }
      return runner === undefined ? takePlace() : vacating.during(runner, takePlace)
    })
  }

  const releases: ReleaseService = {
    standing,
    notices: drivenReleases.notices,
    driven: drivenReleases.driven,
    onChange: add,

    begin,

    start: (draft, permit) =>
      begin(
        draft.target,
        {
          permit,
          ...(draft.supersedes !== undefined && { supersedes: draft.supersedes.release }),
          ...(draft.withoutLock !== undefined && { withoutLock: draft.withoutLock }),
        },
        ({ set, model, ...context }) =>
          model.freshness().kind === 'live'
            ? draftRelease(draft, set, context)
            : Promise.resolve(failed('stale', { kind: 'data-stale' })),
      ),

    rehearse: ({ target, supersedes, withoutLock }, release) =>
      withModel(options, target, (model) => {
        const drivenRelease = drivenReleases.at(target)
        const runs = drivenRelease?.runner.driving() === true
        const where = (runs ? drivenRelease.where : withoutLock === true && 'file') || 'lease'
        // Whose release it is that is to be replaced is looked at once it has been taken over.
        const mayReplace = supersedes === undefined || runs ? objections.toTake(model) : () => undefined
        return drivenReleases.rehearse(target, release, { mayReplace, where })
      }),

    steer: (target, wish, { release: wanted, version: seen, permit }) =>
      withModel(options, target, async (model) => {
        const now = standing(target, model)
        if (now.release === undefined) return failed('not-found', { kind: 'no-release' })
        if (wanted !== now.release.id) return failed('conflict', anotherBegun)
        const drivenRelease = drivenReleases.at(target)
        if (drivenRelease !== undefined && isVacated(drivenRelease)) {
          if (!isBrake(wish)) return { ok: false, fault: replaced }
          await vacating.brake(drivenRelease.runner)
          if (drivenReleases.at(target) !== drivenRelease) return failed('conflict', anotherBegun)
        }
        const other = holdsAlone(wish.kind, now.release)
          ? overlapping(now.release, model.releases())
          : undefined
        if (other !== undefined) return { ok: false, fault: overlapFault(other) }
        if (drivenRelease?.runner.driving() === true) {
          const reply = await drivenRelease.runner.command(wish, { by: self.person, seen, permit })
          // Ended while this waited for its turn: it is a command about what has ended.
          return reply ?? releases.steer(target, wish, { release: wanted, version: seen, permit })
        }
        if (wish.kind !== 'roll-back') {
          return now.lock.kind === 'other' && !now.lock.expired
            ? failed('conflict', { kind: 'off-other-holder', holder: now.lock.holder })
            : failed(
                'conflict',
                now.release.state.kind === 'ended' ? { kind: 'release-over' } : { kind: 'off-nobody-drives' },
              )
        }
        // Rolling back works after the end as well: the lock is taken again for it.
        const { release, where } = now
        const observed = observeRelease(model, target.service, release)
        const begun = command(release, wish, { observed, by: self.person, now: timeOf(target).now(), seen })
        if (!begun.ok) return begun
        // What is unfinished is taken back whatever else holds its Deployments; what has ended would begin anew.
        const beside = release.state.kind !== 'ended'
        return sit(target, begun.value, {
          mayReplace: objections.toReplace(model, release),
          where,
          permit: permitted,
          beside,
        })
      }),

    takeOver: (target, { release: wanted, version: seen, paused, permit }) =>
      withModel(options, target, async (model) => {
        const { release, driving, where } = standing(target, model)
        if (release === undefined) return failed('not-found', { kind: 'no-release' })
        if (release.id !== wanted) return failed('conflict', anotherBegun)
        const refusal = permit(release)
        if (refusal !== undefined) return { ok: false, fault: refusal }
        if (driving) return ok(null)
        if (isVacated(drivenReleases.at(target))) return { ok: false, fault: replaced }
        // To brake is right whatever has happened since.
        if (!paused && hasMovedOn(release, 'take-over', seen)) return { ok: false, fault: movedOn }
        if (isOver(release)) return failed('conflict', { kind: 'release-over' })
        const at = { by: self.person, now: timeOf(target).now() }
        // Whoever drove it may only hang, with writes that land once it wakes: they are seen out before anything else.
        const mine = allInDoubt(logged(release, { at: at.now, what: 'taken-over', by: at.by }), at.now)
        const halted = command(
          mine,
          { kind: 'pause' },
          { ...at, observed: observeRelease(model, target.service, mine) },
        )
        // What can't be paused is held, or is on its way back: nothing begins by itself there either.
        const begun = paused && halted.ok ? halted.value : mine
        const mayReplace = objections.toReplace(model, release)
        const beside = paused || !holdsAlone('take-over', release)
        return sit(target, begun, { mayReplace, where, permit, beside })
      }),

    ask: (target, wish, { release, version }) =>
      withModel(options, target, async () => {
        const api = options.api(target)
        const found = api === undefined ? undefined : await readRelease(api, target)
        if (api === undefined || found === undefined) return failed('unreachable', { kind: 'not-connected' })
        if (!found.ok) return found
        const past = found.value
        if (past?.release?.id !== release || past.lease.holder === '')
          return failed('conflict', { kind: 'nobody-drives-now' })
        if (hasMovedOn(past.release, wish, version)) return { ok: false, fault: movedOn }
        const asked = { release, wish, by: self.person, ...(version !== undefined && { version }) }
        return writeAsk(api, past.lease, asked)
      }),

    forget: (target, version) =>
      withModel(options, target, async (model) => {
        const api = options.api(target)
        if (api === undefined) return failed('unreachable', { kind: 'not-connected' })
        const { namespace, service } = target
        if (version === localVersion) {
          const journal = records.journal(target)
          const aside = journal.entry()?.fault === undefined ? ok(null) : journal.setAside()
          tell()
          return aside
        }
        const found = await api.getLease(namespace, leaseName(service))
        if (!found.ok) return found.fault.code === 'not-found' ? ok(null) : found
        if (found.value.meta.resourceVersion !== version)
          return failed('conflict', { kind: 'journal-written-since' })
        const objection = objections.toTake(model)(found.value)
        if (objection !== undefined) return { ok: false, fault: objection }
        return createJournal({
          api,
          namespace,
          service,
          holder: holderText(self),
          now: () => timeOf(target).now(),
        }).clear(found.value)
      }),

    resume: drivenReleases.resume,

    leaveCluster: drivenReleases.leaveCluster,

    close() {
      locks.stop()
      drivenReleases.close()
    },
  }
  return releases
}
