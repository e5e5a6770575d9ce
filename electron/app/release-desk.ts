import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { releaseId, type ReleaseId } from '../../shared/ids.ts'
import type { Draft, Target } from '../../shared/contract.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import type { LockView } from '../../shared/model/pipeline.ts'
import type { ReleaseCommand } from '../../shared/release/command.ts'
import type { Release } from '../../shared/release/release.ts'
import { newRelease } from '../../shared/release/start.ts'
import type { Clock } from '../cluster/clock.ts'
import { holderText, isOurPast, parseHolder, type Holder } from '../release/holder.ts'
import { createJournal } from '../release/journal.ts'
import type { ReleaseApi } from '../release/release-api.ts'
import { startRunner, type Runner } from '../release/runner.ts'
import type { SettingsFile } from './files.ts'
import { createListeners } from './listeners.ts'
import type { NamespaceModel, NamespaceModels } from './namespace-models.ts'
import { createLockWatch } from './lock-watch.ts'
import { lockView } from './lock-view.ts'
import { readRelease } from './read-release.ts'
import { withModel } from './with-model.ts'

export type DeskOptions = {
  readonly clock: Clock
  readonly newId: () => string
  readonly self: Holder
  readonly isAlive: (pid: number) => boolean
  readonly settings: SettingsFile
  readonly models: NamespaceModels
  readonly api: (target: Target) => ReleaseApi | undefined
  readonly log: (line: string) => void
}

/** Where releases are started, steered and taken up again. One runner a Service at most. */
export type ReleaseDesk = {
  start(draft: Draft): Promise<Reply<{ readonly release: ReleaseId }>>
  steer(target: Target, wish: ReleaseCommand, release?: string): Promise<Reply<null>>
  /** Goes on with a release that nobody drives: its lock is free, or its holder has been gone for long enough. */
  takeOver(target: Target, wanted: string): Promise<Reply<null>>
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
}

type Seat = { readonly runner: Runner; readonly leave: () => void }

export function createReleaseDesk(options: DeskOptions): ReleaseDesk {
  const { clock, self } = options
  const { add, tell } = createListeners()
  const seats = new Map<string, Seat>()
  const resuming = new Set<string>()
  const holder = holderText(self)
  const locks = createLockWatch(clock, tell)

  function keyOf(target: Target): string {
    return `${target.connection}/${target.namespace}/${target.service}`
  }

  function remember(target: Target, driving: boolean): void {
    const { connection, namespace, service } = target
    options.settings.change((settings) => ({
      ...settings,
      driving: [
        ...settings.driving.filter(
          (one) => one.connection !== connection || one.namespace !== namespace || one.service !== service,
        ),
        ...(driving ? [{ connection, namespace, service }] : []),
      ],
    }))
  }

  /** Takes the lock for a release and begins to drive it. */
  async function sit(
    target: Target,
    release: Release,
    mayReplace: (found: Lease) => Fault | undefined,
  ): Promise<Reply<null>> {
    const api = options.api(target)
    const opened = options.models.open(target.connection, target.namespace)
    if (api === undefined || opened === undefined) {
      opened?.release()
      return failed('unreachable', 'This cluster is not connected.')
    }
    const { model } = opened
    const { namespace, service } = target
    const journal = createJournal({ api, namespace, service, holder, now: () => clock.now() })
    const taken = await journal.take(release, mayReplace)
    if (!taken.ok) {
      opened.release()
      return taken
    }
    leave(target)
    remember(target, true)
    const runner = startRunner({
      release,
      journal,
      api,
      clock,
      observe: () => ({ freshness: model.freshness(), batches: model.set(service)?.batches ?? [] }),
      onObservation: (look) => model.onChange(look),
      onChange: () => {
        if (!runner.driving()) remember(target, false)
        tell()
      },
      log: options.log,
    })
    seats.set(keyOf(target), { runner, leave: opened.release })
    tell()
    return ok(null)
  }

  function leave(target: Target): void {
    const seat = seats.get(keyOf(target))
    seat?.runner.stop()
    seat?.leave()
    seats.delete(keyOf(target))
  }

  /** Why the lock that was found at the server may not be replaced by us. `model`: what we have watched of it. */
  function objectionTo(model: NamespaceModel): (found: Lease) => Fault | undefined {
    return (found) => {
      const other = found.holder
      if (other === '' || other === holder || isOurPast(other, self, options.isAlive)) return undefined
      if (locks.isExpired(found, model.leaseFreshness())) return undefined
      const person = parseHolder(other)?.person ?? other
      return { code: 'conflict', message: `${person} drives a release of this Service.` }
    }
  }

  /** The same, and the journal must be the one that the person saw: another one says other things. */
  function objectionToGoOn(model: NamespaceModel, target: Target): (found: Lease) => Fault | undefined {
    const seen = model.journal(target.service)?.lease.meta.resourceVersion
    return (found) =>
      found.meta.resourceVersion === seen
        ? objectionTo(model)(found)
        : { code: 'conflict', message: 'The journal has moved on since. Look again.' }
  }

  function standing(target: Target, model: NamespaceModel): Standing {
    const seat = seats.get(keyOf(target))
    const entry = model.journal(target.service)
    const freshness = model.leaseFreshness()
    const expired = entry !== undefined && locks.isExpired(entry.lease, freshness)
    const lock = lockView(entry?.lease, { self: holder, freshness, expired })
    const runs = seat?.runner
    // After our own end the watch may lag behind what we know: the same release is then taken from here.
    if (
      runs !== undefined &&
      (runs.driving() || entry === undefined || entry.release?.id === runs.release().id)
    ) {
      const fault = runs.fault()
      const mine = runs.driving() ? ({ kind: 'mine' } as const) : lock
      return {
        release: runs.release(),
        driving: runs.driving(),
        lock: mine,
        ...(fault !== undefined && { fault }),
      }
    }
    return {
      driving: false,
      lock,
      ...(entry?.release !== undefined && { release: entry.release }),
      ...(entry?.fault !== undefined && { fault: entry.fault }),
    }
  }

  async function goOn(api: ReleaseApi, target: Target): Promise<void> {
    const found = await readRelease(api, target)
    if (!found.ok) {
      options.log(`release of ${target.service} could not be read: ${found.fault.message}`)
      return
    }
    const past = found.value
    const release = past?.release
    if (past === undefined || release === undefined || release.state.kind === 'ended') {
      remember(target, false)
      return
    }
    if (!isOurPast(past.lease.holder, self, options.isAlive)) {
      options.log(`release of ${target.service} is held by ${past.lease.holder}`)
      return
    }
    options.log(`goes on with release ${release.id} of ${target.service}`)
    const taken = await withModel(options, target, (model) => sit(target, release, objectionTo(model)))
    if (!taken.ok) options.log(`release of ${target.service}: ${taken.fault.message}`)
  }

  return {
    standing,
    onChange: add,

    start: (draft) =>
      withModel(options, draft.target, async (model) => {
        const { target } = draft
        if (seats.get(keyOf(target))?.runner.driving() === true) {
          return failed('conflict', 'A release of this Service is running. Stop it or roll it back first.')
        }
        if (model.freshness().kind !== 'live')
          return failed('stale', 'What we see of this cluster is not up to date.')
        const set = model.set(target.service)
        if (set === undefined)
          return failed('not-found', `There is no Service ${target.service} in ${target.namespace}.`)
        if (set.batches.length === 0)
          return failed('not-found', `No Deployment stands behind ${target.service}.`)
        const id = releaseId(options.newId())
        const release = newRelease(set, {
          id,
          by: self.person,
          now: clock.now(),
          images: draft.images,
          sizes: draft.sizes,
          gates: draft.gates,
        })
        if (!release.ok) return release
        const taken = await sit(target, release.value, objectionTo(model))
        return taken.ok ? ok({ release: id }) : taken
      }),

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
        const taken = await sit(target, now.release, objectionTo(model))
        if (!taken.ok) return taken
        return (
          (await seats.get(keyOf(target))?.runner.command(wish, self.person)) ??
          failed('internal', 'No runner.')
        )
      }),

    takeOver: (target, wanted) =>
      withModel(options, target, async (model) => {
        const { release, driving } = standing(target, model)
        if (release === undefined) return failed('not-found', 'No release of this Service is known.')
        if (release.id !== wanted) return failed('conflict', 'Another release has begun since. Look again.')
        if (driving) return ok(null)
        if (release.state.kind === 'ended') return failed('conflict', 'This release has ended.')
        return sit(target, release, objectionToGoOn(model, target))
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
