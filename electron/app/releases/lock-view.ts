import type { Lease } from '../../../shared/k8s/objects.ts'
import type { Freshness } from '../../../shared/model/freshness.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import { parseHolder } from '../../release/holder.ts'

/** Who drives the Service's release, as far as the Lease tells. */
export function lockView(
  lease: Lease | undefined,
  seen: {
    readonly self: string
    readonly freshness: Freshness
    readonly expired: boolean
    readonly inDoubt: boolean
  },
): LockView {
  if (lease === undefined) {
    return seen.freshness.kind === 'never'
      ? { kind: 'unknown', ...(seen.freshness.why !== undefined && { why: seen.freshness.why }) }
      : { kind: 'free' }
  }
  if (lease.holder === '') return { kind: 'free' }
  if (lease.holder === seen.self) return { kind: 'mine' }
  const holder = parseHolder(lease.holder)?.person ?? lease.holder
  return {
    kind: 'other',
    holder,
    expired: seen.expired,
    seconds: lease.durationSeconds,
    ...(seen.inDoubt && { inDoubt: true }),
  }
}
