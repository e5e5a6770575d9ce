import type { Deployment } from '../../../shared/k8s/objects.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { byText, touched, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { ownersOf } from './owner-of.ts'

/**
 * Who may undo the release. Those that revert by themselves are warned of in stronger words, and do not block: whether
 * they are suspended stands in their own objects, which most people may not read.
 */
export function ownerChecks(
  planned: Planned,
  deploymentOf: (batch: Batch) => Deployment | undefined,
): readonly Check[] {
  const owned = (reverts: boolean) => (batch: Batch) => {
    const deployment = deploymentOf(batch)
    const owners = deployment === undefined ? [] : ownersOf(deployment)
    return owners.filter((owner) => owner.reverts === reverts).map((owner) => owner.manager)
  }
  const batches = touched(planned)
  return [
    ...byText(batches, owned(true), (manager, numbers) =>
      warning({ kind: 'reverted-by', manager, batches: numbers }),
    ),
    ...byText(batches, owned(false), (manager, numbers) =>
      warning({ kind: 'managed-by', manager, batches: numbers }),
    ),
  ]
}
