import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { releaseId, type ReleaseId } from '../../shared/ids.ts'
import type { Draft, Target } from '../../shared/contract.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import type { LockView, UnreadableJournal } from '../../shared/model/pipeline.ts'
import { command, type ReleaseCommand } from '../../shared/release/command.ts'
import type { Release } from '../../shared/release/release.ts'
import { isOver } from '../../shared/release/standing.ts'
import { superseded } from '../../shared/release/superseded.ts'
import { logged } from '../../shared/release/transitions.ts'
import { createClusterClock, type ClusterClock } from '../cluster/cluster-clock.ts'
import { holderText, isOurPast } from '../release/holder.ts'
import { readAsk, writeAsk, type Ask } from '../release/ask.ts'
import { createJournal, leaseName, readJournal } from '../release/journal.ts'
import { raiseFence } from '../release/fence.ts'
import type { ReleaseApi } from '../release/release-api.ts'
import { startRunner, type Runner } from '../release/runner.ts'
import { isSeen } from './is-seen.ts'
import { noLockRight, unreadableFault } from './journal-faults.ts'
import { knownJournal, localVersion } from './known-journal.ts'
import { createListeners } from './listeners.ts'
import type { NamespaceModel } from './namespace-models.ts'
import { observeRelease } from './observe-release.ts'
import type { Build, DeskOptions } from './desk-options.ts'
import { draftRelease } from './draft-release.ts'
import { createLockObjections, unfinishedFault } from './lock-objections.ts'
import { createLockWatch } from './lock-watch.ts'
import { lockView } from './lock-view.ts'
import { readRelease } from './read-release.ts'
import { withModel } from './with-model.ts'

/** Where releases are started, steered and taken up again. One runner a Service at most. */
export type ReleaseDesk = {
  start(draft: Draft): Promise<Reply<{ readonly release: ReleaseId }>>
  /** Begins a release that `build` makes from what is there, in the place of the one that is named, if any. */
  begin(
    target: Target,
    how: { readonly supersedes?: string; readonly withoutLock?: boolean },
    build: Build,
  ): Promise<Reply<{ readonly release: ReleaseId }>>
  /** Asks whoever drives the release to pause or stop it. */
  ask(target: Target, release: string, wish: Ask['wish']): Promise<Reply<null>>
  /** Takes a journal that can't be read out of the way. `version`: the one that the person was told about. */
  forget(target: Target, version: string): Promise<Reply<null>>
  steer(target: Target, wish: ReleaseCommand, release?: string): Promise<Reply<null>>
  /** Goes on with a release that nobody drives: its lock is free, or its holder has been gone for long enough. `paused`: begins nothing further. */
  takeOver(target: Target, wanted: string, paused?: boolean): Promise<Reply<null>>
  /** Goes on with a release that this installation drove before it was ended or killed. */
  resume(target: Target): Promise<void>
  standing(target: Target, model: NamespaceModel): Standing
  onChange(listener: () => void): () => void
  /** Stops driving; the lock stays ours, so that the next start goes on. */
  close(): void
}

export type Standing = {
  readonly release?: Release
  readonly driving: boolean
  readonly fault?: Fault
  readonly lock: LockView
  /** The journal is there and can't be read. */
  readonly unreadable?: UnreadableJournal
  /** Where the journal is: without the right to write Leases, in a file of this machine. */
  readonly where: Where
}

type Where = 'lease' | 'file'
type Seat = { readonly runner: Runner; readonly where: Where; readonly leave: () => void }

export function createReleaseDesk(options: DeskOptions): ReleaseDesk {
  const { clock, self, records, keeper } = options
  const { add, tell } = createListeners()
  const seats = new Map<string, Seat>()
  const resuming = new Set<string>()
  const holder = holderText(self)
  const locks = createLockWatch(clock, tell)
  const objections = createLockObjections({ self, isAlive: options.isAlive, locks })
  const unheard = createClusterClock(clock)

  function timeOf(target: Target): ClusterClock {
    return options.clockOf(target) ?? unheard
  }

  function keyOf(target: Target): string {
    return `${target.connection}/${target.namespace}/${target.service}`
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

  /** Takes the lock for a release and begins to drive it. */
  async function sit(
    target: Target,
    release: Release,
    how: {
      readonly mayReplace: (found: Lease) => Fault | undefined
      readonly where: Where
      /** Somebody else may still be about to write. */
      readonly fence?: boolean
    },
  ): Promise<Reply<null>> {
    const api = options.api(target)
    const opened = options.models.open(target.connection, target.namespace)
    if (api === undefined || opened === undefined) {
      opened?.release()
      return failed('unreachable', 'This cluster is not connected.')
    }
    const { model } = opened
    const { namespace, service } = target
    const time = timeOf(target)
    const cluster = await options.identityOf(target)
    const local = records.journal(target)
    const left = [local.entry()?.release]
    const unfinished = unfinishedFault(left[0], release)
    if (unfinished !== undefined) {
      opened.release()
      return { ok: false, fault: unfinished }
    }
    const journal =
      how.where === 'file' ? local : createJournal({ api, namespace, service, holder, now: () => time.now() })
    const taken = await journal.take(release, (found) => {
      const past = readJournal(found)
      if (!past.ok) return unreadableFault(past.fault.code === 'not-supported')
      left.push(past.value)
      return how.mayReplace(found) ?? unfinishedFault(past.value, release)
    })
    if (!taken.ok) {
      opened.release()
      return how.where === 'lease' && taken.fault.code === 'forbidden' ? noLockRight(taken.fault) : taken
    }
    if (how.fence === true) {
      const open = await raiseFence(api, release, self.session)
      if (open.length > 0) options.log(`release ${release.id}: no fence at ${open.join(', ')}`)
    }
    // The record of what was there before is overwritten from now on.
    for (const past of left)
      if (past?.state.kind === 'ended' && past.id !== release.id) void keeper.keep(target, past)
    if (how.where === 'lease') local.remove()
    leave(target)
    remember(target, true, cluster)
    let kept: Release | undefined
    const runner = startRunner({
      release,
      journal,
      api,
      clock: time,
      observe: () => observeRelease(model, service, runner.release()),
      isAsked: () => {
        const lease = model.journal(service)?.lease
        return lease !== undefined && readAsk(lease) !== undefined
      },
      onObservation: (look) => model.onChange(look),
      onChange: () => {
        if (!runner.driving()) remember(target, false)
        if (isOver(runner.release()) && kept !== runner.release()) {
          kept = runner.release()
          void keeper.keep(target, kept)
        }
        tell()
      },
      log: options.log,
    })
    seats.set(keyOf(target), { runner, where: how.where, leave: opened.release })
    tell()
    return ok(null)
  }

  function leave(target: Target): void {
    const seat = seats.get(keyOf(target))
    seat?.runner.stop()
    seat?.leave()
    seats.delete(keyOf(target))
  }

  function standing(target: Target, model: NamespaceModel): Standing {
    const seat = seats.get(keyOf(target))
    const entry = model.journal(target.service)
    const freshness = model.leaseFreshness()
    const expired = entry !== undefined && locks.isExpired(entry.lease, freshness)
    const known = knownJournal({
      lease: entry,
      lock: lockView(entry?.lease, { self: holder, freshness, expired }),
      file: records.journal(target).entry(),
      isOurs: (one) => one === holder || isOurPast(one, self, options.isAlive),
    })
    const runs = seat?.runner
    // After our own end the watch may lag behind what we know: the same release is then taken from here.
    if (
      runs !== undefined &&
      (runs.driving() || entry === undefined || known.release?.id === runs.release().id)
    ) {
      const fault = runs.fault()
      const mine = { kind: seat?.where === 'file' ? 'local' : 'mine' } as const
      return {
        release: runs.release(),
        driving: runs.driving(),
        lock: runs.driving() ? mine : known.lock,
        where: seat?.where ?? 'lease',
        ...(fault !== undefined && { fault }),
      }
    }
    return { driving: false, ...known }
  }

  async function begin(
    target: Target,
    how: { readonly supersedes?: string; readonly withoutLock?: boolean },
    build: Build,
  ): Promise<Reply<{ readonly release: ReleaseId }>> {
    return withModel(options, target, async (model) => {
      const now = standing(target, model)
      if (now.unreadable !== undefined) return { ok: false, fault: unreadableFault(now.unreadable.newer) }
      const seat = seats.get(keyOf(target))
      const runner = seat?.runner
      const running = runner?.driving() === true ? runner.release() : undefined
      const where = (running !== undefined ? seat?.where : how.withoutLock === true && 'file') || 'lease'
      // Nothing keeps us from writing there but what we know.
      if (where === 'file' && now.lock.kind === 'other' && !now.lock.expired)
        return failed('conflict', `${now.lock.holder} drives a release of this Service.`)
      const left = now.lock.kind !== 'other' || now.lock.expired ? now.release : undefined
      const unfinished = now.driving ? undefined : unfinishedFault(left)
      if (unfinished !== undefined) return { ok: false, fault: unfinished }
      if (running !== undefined && how.supersedes === undefined)
        return failed('conflict', 'A release of this Service is running. Stop it or roll it back first.')
      if (how.supersedes !== undefined && how.supersedes !== running?.id)
        return failed(
          'conflict',
          'The release that was to be replaced does not run here any more. Look again.',
        )
      const set = model.set(target.service)
      const api = options.api(target)
      if (api === undefined) return failed('unreachable', 'This cluster is not connected.')
      if (set === undefined)
        return failed('not-found', `There is no Service ${target.service} in ${target.namespace}.`)
      if (set.batches.length === 0)
        return failed('not-found', `No Deployment stands behind ${target.service}.`)
      if (running !== undefined && !isSeen(running, set))
        return failed('stale', 'What was written last has not been seen yet. Try again in a moment.')
      const id = releaseId(options.newId())
      // From here on the old one writes nothing more; what it has under way is finished first.
      await runner?.retire()
      const built = await build({
        id,
        by: self.person,
        now: timeOf(target).now(),
        set,
        model,
        api,
        ...(running !== undefined && { running }),
      })
      // Before it is overwritten; should the new one not begin, its own end replaces this.
      if (running !== undefined && built.ok)
        await keeper.keep(target, superseded(running, { by: self.person, now: timeOf(target).now() }))
      const taken = built.ok
        ? await sit(target, built.value, { mayReplace: objections.toTake(model), where })
        : built
      if (taken.ok) return ok({ release: id })
      // Nothing has come of it: the old one goes on where it was.
      if (running !== undefined) await sit(target, running, { mayReplace: objections.toTake(model), where })
      return taken
    })
  }

  /** A release stays with its cluster: a context may have been pointed at another one, perhaps a copy. */
  async function isElsewhere({ connection, namespace, service }: Target): Promise<boolean> {
    const known = options.settings
      .read()
      .driving.find(
        (one) => one.connection === connection && one.namespace === namespace && one.service === service,
      )?.cluster
    const found = await options.identityOf({ connection, namespace, service })
    return known !== undefined && found !== undefined && known !== found
  }

  async function goOn(api: ReleaseApi, target: Target): Promise<void> {
    if (await isElsewhere(target)) {
      options.log(`release of ${target.service} waits: its context points at another cluster now`)
      return
    }
    const local = records.journal(target).entry()
    if (local?.release !== undefined && !isOver(local.release)) {
      await goOnWith(target, local.release, { holder: local.holder, where: 'file' })
      return
    }
    const found = await readRelease(api, target)
    if (!found.ok) {
      options.log(`release of ${target.service} could not be read: ${found.fault.message}`)
      return
    }
    const past = found.value
    const release = past?.release
    if (past === undefined || release === undefined || release.state.kind === 'ended') {
      // Its driver may have been killed between the journal's last entry and the history's.
      if (release !== undefined) await keeper.keep(target, release)
      remember(target, false)
      return
    }
    await goOnWith(target, release, { holder: past.lease.holder, where: 'lease' })
  }

  async function goOnWith(
    target: Target,
    release: Release,
    { holder: other, where }: { readonly holder: string; readonly where: Where },
  ): Promise<void> {
    if (!isOurPast(other, self, options.isAlive)) {
      options.log(`release of ${target.service} is held by ${other}`)
      return
    }
    options.log(`goes on with release ${release.id} of ${target.service}`)
    const taken = await withModel(options, target, (model) =>
      sit(target, release, { mayReplace: objections.toTake(model), where }),
    )
    if (!taken.ok) options.log(`release of ${target.service}: ${taken.fault.message}`)
  }

  return {
    standing,
    onChange: add,

    begin,

    start: (draft) =>
      begin(
        draft.target,
        {
          ...(draft.supersedes !== undefined && { supersedes: draft.supersedes.release }),
          ...(draft.withoutLock !== undefined && { withoutLock: draft.withoutLock }),
        },
        ({ set, model, ...context }) =>
          model.freshness().kind === 'live'
            ? draftRelease(draft, set, context)
            : Promise.resolve(failed('stale', 'What we see of this cluster is not up to date.')),
      ),

    steer: (target, wish, wanted) =>
      withModel(options, target, async (model) => {
        const now = standing(target, model)
        if (now.release === undefined) return failed('not-found', 'No release of this Service is known.')
        if (wanted !== undefined && wanted !== now.release.id) {
          return failed('conflict', 'Another release has begun since. Look again.')
        }
        const seat = seats.get(keyOf(target))
        if (seat?.runner.driving() === true) return seat.runner.command(wish, self.person)
        if (wish.kind !== 'roll-back') {
          return now.lock.kind === 'other' && !now.lock.expired
            ? failed('conflict', `${now.lock.holder} drives this release.`)
            : failed(
                'conflict',
                now.release.state.kind === 'ended'
                  ? 'This release has ended.'
                  : 'Nobody drives this release. Take over first.',
              )
        }
        // Rolling back works after the end as well: the lock is taken again for it.
        const { where } = now
        const taken = await sit(target, now.release, { mayReplace: objections.toTake(model), where })
        if (!taken.ok) return taken
        return (
          (await seats.get(keyOf(target))?.runner.command(wish, self.person)) ??
          failed('internal', 'No runner.')
        )
      }),

    takeOver: (target, wanted, paused) =>
      withModel(options, target, async (model) => {
        const { release, driving, where } = standing(target, model)
        if (release === undefined) return failed('not-found', 'No release of this Service is known.')
        if (release.id !== wanted) return failed('conflict', 'Another release has begun since. Look again.')
        if (driving) return ok(null)
        if (release.state.kind === 'ended') return failed('conflict', 'This release has ended.')
        const at = { by: self.person, now: timeOf(target).now() }
        const mine = logged(release, { at: at.now, what: 'taken-over', by: at.by })
        const halted = command(
          mine,
          { kind: 'pause' },
          { ...at, observed: observeRelease(model, target.service, mine) },
        )
        // What can't be paused is held, or is on its way back: nothing begins by itself there either.
        const begun = paused === true && halted.ok ? halted.value : mine
        return sit(target, begun, { mayReplace: objections.toGoOn(model, target), where, fence: true })
      }),

    ask: (target, release, wish) =>
      withModel(options, target, async () => {
        const api = options.api(target)
        const found = api === undefined ? undefined : await readRelease(api, target)
        if (api === undefined || found === undefined)
          return failed('unreachable', 'This cluster is not connected.')
        if (!found.ok) return found
        const past = found.value
        if (past?.release?.id !== release || past.lease.holder === '')
          return failed('conflict', 'Nobody drives this release any more. Look again.')
        return writeAsk(api, past.lease, { release, wish, by: self.person })
      }),

    forget: (target, version) =>
      withModel(options, target, async (model) => {
        const api = options.api(target)
        if (api === undefined) return failed('unreachable', 'This cluster is not connected.')
        const { namespace, service } = target
        if (version === localVersion) {
          const journal = records.journal(target)
          if (journal.entry()?.fault !== undefined) journal.setAside()
          tell()
          return ok(null)
        }
        const found = await api.getLease(namespace, leaseName(service))
        if (!found.ok) return found.fault.code === 'not-found' ? ok(null) : found
        if (found.value.meta.resourceVersion !== version)
          return failed('conflict', 'The journal has been written since. Look again.')
        const objection = objections.toTake(model)(found.value)
        if (objection !== undefined) return { ok: false, fault: objection }
        return createJournal({ api, namespace, service, holder, now: () => timeOf(target).now() }).clear(
          found.value,
        )
      }),

    async resume(target) {
      const api = options.api(target)
      if (api === undefined || seats.has(keyOf(target)) || resuming.has(keyOf(target))) return
      resuming.add(keyOf(target))
      try {
        await goOn(api, target)
      } finally {
        resuming.delete(keyOf(target))
      }
    },

    close() {
      locks.stop()
      for (const seat of seats.values()) {
        seat.runner.stop()
        seat.leave()
      }
      seats.clear()
    },
  }
}
