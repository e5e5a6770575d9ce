import { faultOf } from '../../shared/fault.ts'
import type { CommandName, Target } from '../../shared/contract.ts'
import { commandWays, isWayBack, permitted, type Permit } from './command-ways.ts'
import type { ProductionLock } from './clusters/production-lock.ts'
import type { Clusters } from './clusters/clusters.ts'
import type { Acts } from './command-handlers.ts'
import type { Handlers } from './command-handlers.ts'

/** Nobody can say of it whether it is production. */
const unknown = faultOf('not-found', { kind: 'context-unlisted' })

export type GuardParts = {
  readonly clusters: Pick<Clusters, 'spec'>
  readonly productionLock: Pick<ProductionLock, 'refusal'>
}

/**
 * Gives each command the permit that it has to ask where it acts: every step forward on a production cluster that is
 * read-only is refused there, wherever the command comes from.
 */
export function guardChanges(acts: Acts, parts: GuardParts): Handlers {
  type Input = { readonly target?: Target; readonly draft?: { readonly target: Target }; paused?: boolean }
  type Act = (input: Input, permit: Permit) => Promise<unknown>
  const guarded = Object.entries(acts).map(([name, act]) => [
    name,
    (input: Input) => (act as Act)(input, permitOf(name as CommandName, input)),
  ])

  function permitOf(name: CommandName, { target, draft, paused }: Input): Permit {
    const way = commandWays[name]
    const connection = (target ?? draft?.target)?.connection
    // To take over paused is to brake.
    if (way === 'none' || way === 'brake' || paused === true || connection === undefined) return permitted
    return (release) => {
      if (way === 'step' && release !== undefined && isWayBack(release)) return undefined
      const spec = parts.clusters.spec(connection)
      return spec === undefined ? unknown : parts.productionLock.refusal(spec)
    }
  }

  // The same names with the same inputs and outputs; only the permit is handed in.
  return Object.fromEntries(guarded) as Handlers
}
