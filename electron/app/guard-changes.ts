import type { CommandName, Target } from '../../shared/contract.ts'
import { ok, type Fault } from '../../shared/fault.ts'
import type { Release } from '../../shared/release/release.ts'
import type { Clock } from '../cluster/clock.ts'
import type { ChangeSwitch } from './change-switch.ts'
import type { Clusters } from './clusters.ts'
import type { Handlers } from './handlers.ts'
import type { NamespaceModels } from './namespace-models.ts'
import type { ReleaseDesk } from './release-desk.ts'
import { withModel } from './with-model.ts'

/**
 * `forward`: changes a cluster, and is refused while it is read-only. `brake`: stops or takes back, which nothing may
 * hinder. `none`: writes nothing to a cluster. A command that is not in this table does not compile.
 */
const commandWays: Readonly<Record<CommandName, 'forward' | 'brake' | 'none'>> = {
  'cluster/connect': 'none',
  'cluster/disconnect': 'none',
  'cluster/rescan': 'none',
  'cluster/settings': 'none',
  'cluster/unlock': 'none',
  'cluster/lock': 'none',
  'cluster/answer': 'none',
  'kubeconfig/inspect': 'none',
  'kubeconfig/add': 'none',
  'kubeconfig/remove': 'none',
  'doctor/report': 'none',
  'rights/review': 'none',
  'namespace/add': 'none',
  'release/check': 'none',
  'release/start': 'forward',
  'template/show': 'none',
  'template/preview': 'none',
  'release/pause': 'brake',
  'release/resume': 'forward',
  'release/freeze': 'brake',
  'release/retry': 'forward',
  'release/skip': 'forward',
  'release/adopt': 'forward',
  'release/restore': 'forward',
  'release/change-plan': 'forward',
  'release/approve': 'forward',
  'release/push-all': 'forward',
  'release/stop': 'brake',
  'release/take-over': 'forward',
  'release/roll-back': 'brake',
  'release/ask': 'brake',
  // Going back needs it where the journal can't be read.
  'release/forget': 'brake',
  'release/go-back': 'brake',
  'history/list': 'none',
  'history/differences': 'none',
  'plan/save': 'none',
  'plan/remove': 'none',
  'pod/log': 'none',
  'training/speed': 'none',
  'training/reset': 'none',
}

export type GuardParts = {
  readonly clock: Clock
  readonly clusters: Pick<Clusters, 'spec'>
  readonly changes: Pick<ChangeSwitch, 'refusal'>
  readonly models: NamespaceModels
  readonly desk: Pick<ReleaseDesk, 'standing'>
}

/** Refuses every forward step on a production cluster that is read-only, wherever the command comes from. */
export function guardChanges(handlers: Handlers, parts: GuardParts): Handlers {
  function refusalOf(target: Target): Fault | undefined {
    const spec = parts.clusters.spec(target.connection)
    return spec === undefined ? undefined : parts.changes.refusal(spec)
  }

  async function unlessGoingBack(target: Target, refusal: Fault): Promise<Fault | undefined> {
    // A way back that has begun is gone to its end: its own next steps are no steps forward.
    const back = await withModel(parts, target, (model) =>
      Promise.resolve(ok(isGoingBack(parts.desk.standing(target, model).release))),
    )
    return back.ok && back.value ? undefined : refusal
  }

  type Input = { readonly target?: Target; readonly draft?: { readonly target: Target }; paused?: boolean }
  type Handle = (input: Input) => Promise<unknown>
  const guarded = Object.entries(handlers).map(([name, handle]) => {
    if (commandWays[name as CommandName] !== 'forward') return [name, handle]
    const guardedHandle: Handle = async (input) => {
      const target = input.target ?? input.draft?.target
      // To take over paused is to brake.
      const refusal = target === undefined || input.paused === true ? undefined : refusalOf(target)
      // Nothing is waited for where nothing refuses: what was sent first is done first.
      if (target === undefined || refusal === undefined) return (handle as Handle)(input)
      const fault = await unlessGoingBack(target, refusal)
      return fault === undefined ? (handle as Handle)(input) : { ok: false, fault }
    }
    return [name, guardedHandle]
  })
  // The same names with the same inputs and outputs; only a refusal is added.
  return Object.fromEntries(guarded) as Handlers
}

function isGoingBack(release: Release | undefined): boolean {
  return release?.state.kind === 'rolling-back' || release?.change.kind === 'restore'
}
