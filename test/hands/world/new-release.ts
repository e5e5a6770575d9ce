import type { Uid } from '../../../shared/ids.ts'
import { defaultBatchLimitSeconds, type FailurePolicy } from '../../../shared/release/plan.ts'
import { defaultGates, type Gates } from '../../../shared/release/gates/gate-table.ts'
import type { WorldRelease, WorldService } from './places.ts'

type Wish = {
  readonly id: string
  readonly tag: string
  readonly change?: WorldRelease['change']
  readonly startedAt?: number
  readonly onFailure?: FailurePolicy
  readonly batchLimitSeconds?: number
  readonly steps?: readonly { readonly batch: string; readonly gates: Gates; readonly leftOut: boolean }[]
}

/** A release whose first batch has just begun. */
export function newRelease(service: WorldService, wish: Wish): WorldRelease {
  const steps =
    wish.steps ?? service.batches.map(({ uid }) => ({ batch: uid, gates: defaultGates, leftOut: false }))
  const first = steps.find((step) => !step.leftOut)?.batch
  const known = (batch: string) => service.batches.find((one) => one.uid === batch)
  return {
    id: wish.id,
    version: 1,
    state: 'running',
    outcome: undefined,
    change: wish.change ?? 'image',
    tag: wish.tag,
    startedAt: wish.startedAt ?? Date.UTC(2026, 10, 24, 3, 55),
    steps: steps.map(({ batch, gates, leftOut }) => ({
      batch: batch as Uid,
      gates,
      leftOut,
      phase: leftOut ? ('skipped' as const) : batch === first ? ('rolling' as const) : ('waiting' as const),
      from: known(batch)?.tag ?? '',
    })),
    onFailure: wish.onFailure ?? 'pause',
    batchLimitSeconds: wish.batchLimitSeconds ?? defaultBatchLimitSeconds,
    driver: 'us',
    planned: new Map(),
  }
}
