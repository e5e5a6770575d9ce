import type { Json } from '../../../shared/k8s/json.ts'
import { objectAt, textAt, textsAt } from '../../../shared/k8s/read-json.ts'
import { readSelector } from '../../../shared/k8s/read-meta.ts'
import { matches } from '../../../shared/k8s/selector.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import { about, info, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { found, type Findings } from './findings.ts'
import type { Reads } from './reads.ts'

/** Disruption budgets hold back evictions, never a rollout. Two on one pod make every eviction of it fail. */
export async function budgetChecks(
  namespace: string,
  { set, rolled }: Planned,
  reads: Reads,
): Promise<Findings> {
  const path = `/apis/policy/v1/namespaces/${encodeURIComponent(namespace)}/poddisruptionbudgets`
  const listed = await reads.list(path)
  if (!listed.ok) return found([], ['budgets'])
  const budgets = listed.value.filter((raw) => set.batches.some((batch) => covers(raw, batch)))
  const on = (batch: Batch): readonly string[] => budgets.filter((raw) => covers(raw, batch)).map(nameOf)
  // Those that share a pod, and not all that there are: two budgets of two batches are well apart.
  const twice = new Map<string, readonly string[]>()
  for (const batch of set.batches) {
    const names = on(batch)
    if (names.length > 1) twice.set(names.join(' '), names)
  }
  return found([
    ...[...twice].flatMap(([key, names]) =>
      about(
        set.batches,
        (batch) => on(batch).join(' ') === key,
        (batches) => warning({ kind: 'budgets-twice', names, batches }),
      ),
    ),
    ...budgets.flatMap((raw) =>
      about(
        rolled,
        (batch) => on(batch).length === 1 && covers(raw, batch),
        (batches) => info({ kind: 'budget', name: nameOf(raw), batches }),
      ),
    ),
  ])
}

/** In policy/v1 an empty selector takes every pod of the namespace; none at all takes no pod. */
function covers(budget: Json, batch: Batch): boolean {
  const spec = objectAt(budget, 'spec')
  if (!('selector' in spec) || spec['selector'] === null) return false
  return matches(readSelector(spec['selector']), podLabels(batch))
}

export function podLabels({ template }: Pick<Batch, 'template'>): Readonly<Record<string, string>> {
  return textsAt(objectAt(template, 'metadata'), 'labels')
}

function nameOf(raw: Json): string {
  return textAt(objectAt(raw, 'metadata'), 'name')
}
