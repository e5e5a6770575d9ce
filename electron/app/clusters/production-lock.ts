import type { CommandInput } from '../../../shared/contract.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import { isProductionByName, unlockedMs } from '../../../shared/model/production.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { ConnectionSpec } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { SettingsFile } from '../storage/settings-file.ts'
import { createListeners } from '../async/listeners.ts'

type Named = Pick<ConnectionSpec, 'id' | 'name' | 'file'>

/** What a person says about clusters, and whether changes to a production cluster are switched on just now. */
export type ProductionLock = {
  view(spec: Named): Pick<ClusterView, 'alias' | 'colour' | 'production' | 'productionSaid'>
  /** Why nothing may be changed there; undefined if it may. */
  refusal(spec: Named): Fault | undefined
  settle(spec: Named, settings: Omit<CommandInput<'cluster/settings'>, 'connection'>): Reply<null>
  unlock(spec: Named, typed: string): Reply<null>
  lock(id: ConnectionId): void
  onChange(listener: () => void): () => void
  close(): void
}

type Unlocked = { readonly wall: number; readonly monotonic: number; readonly stopTimer: () => void }

/** What is unlocked is known to this process only: it ends with it, and a terminal has its own. */
export function createProductionLock(options: {
  readonly clock: Clock
  readonly settings: SettingsFile
  /** Never production, whatever is said. */
  readonly training: ConnectionId | undefined
}): ProductionLock {
  const { clock, settings, training } = options
  const { add, tell } = createListeners()
  const unlocked = new Map<ConnectionId, Unlocked>()

  function isProduction(spec: Named, said = settings.read().clusters[spec.id]?.production): boolean {
    return spec.id !== training && (said ?? isProductionByName(spec))
  }

  function openFor(id: ConnectionId): number | undefined {
    const known = unlocked.get(id)
    if (known === undefined) return undefined
    // Some monotonic clocks stand still in sleep, and wall clocks jump: whichever leaves less counts.
    const left = Math.min(known.wall - clock.wall(), known.monotonic - clock.monotonic())
    return left > 0 ? left : undefined
  }

  function lock(id: ConnectionId): void {
    unlocked.get(id)?.stopTimer()
    if (unlocked.delete(id)) tell()
  }

  function refusal(spec: Named): Fault | undefined {
    if (!isProduction(spec) || openFor(spec.id) !== undefined) return undefined
    return faultOf('read-only', { kind: 'production-locked', cluster: spec.name })
  }

  function isTyped(spec: Named, typed: string | undefined): boolean {
    return typed !== undefined && typed.trim() === spec.name
  }

  return {
    view(spec) {
      const { alias, colour, production } = settings.read().clusters[spec.id] ?? {}
      const left = openFor(spec.id)
      return {
        ...(alias !== undefined && { alias }),
        ...(colour !== undefined && { colour }),
        ...(isProduction(spec) && { production: left === undefined ? {} : { unlockedForMs: left } }),
        ...(production !== undefined && spec.id !== training && { productionSaid: production }),
      }
    },
    refusal,
    settle(spec, { alias, colour, production, typed }) {
      const opens = refusal(spec) !== undefined && !isProduction(spec, production)
      if (opens && !isTyped(spec, typed)) return wrongName(spec)
      settings.change((old) => {
        const uid = old.clusters[spec.id]?.uid
        const next = {
          ...(alias !== '' && alias !== spec.name && { alias }),
          ...(colour !== undefined && { colour }),
          ...(production !== undefined && { production }),
          ...(uid !== undefined && { uid }),
        }
        return { ...old, clusters: { ...old.clusters, [spec.id]: next } }
      })
      tell()
      return ok(null)
    },
    unlock(spec, typed) {
      if (!isTyped(spec, typed)) return wrongName(spec)
      unlocked.get(spec.id)?.stopTimer()
      unlocked.set(spec.id, {
        wall: clock.wall() + unlockedMs,
        monotonic: clock.monotonic() + unlockedMs,
        stopTimer: clock.setTimer(unlockedMs, () => lock(spec.id)),
      })
      tell()
      return ok(null)
    },
    lock,
    onChange: add,
    close() {
      for (const { stopTimer } of unlocked.values()) stopTimer()
    },
  }
}

function wrongName(spec: Named): { readonly ok: false; readonly fault: Fault } {
  return failed('invalid-input', { kind: 'wrong-name', cluster: spec.name })
}
