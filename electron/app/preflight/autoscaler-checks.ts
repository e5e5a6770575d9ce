import type { Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import { numberAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { about, touched, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { found, type Findings } from './findings.ts'
import type { Reads } from './reads.ts'

type Autoscaler = {
  readonly name: string
  readonly target: string
  readonly min: number
  readonly max: number
  readonly keda: boolean
}

/** Autoscalers on batches: they own the replicas, and siblings with one selector confuse them (kubernetes#78761). */
export async function autoscalerChecks(namespace: string, planned: Planned, reads: Reads): Promise<Findings> {
  const listed = await listAutoscalers(namespace, reads)
  if (!listed.ok) return found([], ['autoscalers'])
  const { set, sizes } = planned
  const names = set.batches.map((batch) => batch.name)
  const scalers = listed.value.flatMap(read).filter((one) => names.includes(one.target))
  const isTargetOf = (scaler: Autoscaler) => (batch: Batch) => batch.name === scaler.target
  const checks = scalers.flatMap((scaler): readonly Check[] => {
    const { name, min, max, keda } = scaler
    return [
      ...about(touched(planned), isTargetOf(scaler), (batches) =>
        warning({ kind: 'autoscaler', name, min, max, keda, batches }),
      ),
      ...about(
        sizes.map((size) => size.batch),
        isTargetOf(scaler),
        (batches) => warning({ kind: 'autoscaler-resize', name, batches }),
      ),
    ]
  })
  return found([...checks, ...sharedChecks(scalers, planned)])
}

function sharedChecks(scalers: readonly Autoscaler[], { set }: Planned): readonly Check[] {
  if (!set.sharedSelector) return []
  const isTarget = (batch: Batch): boolean => scalers.some((one) => one.target === batch.name)
  const [only, second] = scalers
  return about(set.batches, isTarget, (batches) =>
    only !== undefined && second === undefined
      ? warning({ kind: 'autoscaler-shared-metrics', name: only.name, batches })
      : warning({ kind: 'autoscalers-ambiguous', names: scalers.map((one) => one.name), batches }),
  )
}

/** v2 since 1.23; before, v1 has all that is read here. */
async function listAutoscalers(namespace: string, reads: Reads): Promise<Reply<readonly Json[]>> {
  const path = (version: string) =>
    `/apis/autoscaling/${version}/namespaces/${encodeURIComponent(namespace)}/horizontalpodautoscalers`
  const answer = await reads.list(path('v2'))
  return !answer.ok && answer.fault.code === 'not-found' ? reads.list(path('v1')) : answer
}

function read(raw: Json): readonly Autoscaler[] {
  const spec = objectAt(raw, 'spec')
  const target = objectAt(spec, 'scaleTargetRef')
  const metadata = objectAt(raw, 'metadata')
  const name = textAt(metadata, 'name')
  if (textAt(target, 'kind') !== 'Deployment') return []
  const managedBy = textAt(objectAt(metadata, 'labels'), 'app.kubernetes.io/managed-by')
  return [
    {
      name,
      target: textAt(target, 'name'),
      min: numberAt(spec, 'minReplicas', 1),
      max: numberAt(spec, 'maxReplicas'),
      keda: name.startsWith('keda-hpa-') || managedBy === 'keda-operator',
    },
  ]
}
