import type { Json } from '../../../shared/k8s/json.ts'
import {
  plus,
  podAmounts,
  requestsOf,
  type Amounts,
  type Defaults,
} from '../../../shared/k8s/pod-requests.ts'
import { listAt, objectAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check } from '../../../shared/preflight/check.ts'
import { fine, info, sizeOf, templateOf, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { surgeOf } from '../../../shared/preflight/room.ts'
import { found, type Findings } from './findings.ts'
import { defaultsOf } from './limit-checks.ts'
import { nodeRoom, type NodeOffer, type Taken } from './node-room.ts'
import type { Reads } from './reads.ts'

type Cluster = { readonly nodes: readonly NodeOffer[]; readonly taken: Taken }

/** Whether the nodes have room for what each batch needs on top: growth, surge, and more than its old pods asked for. */
export async function nodeChecks(namespace: string, planned: Planned, reads: Reads): Promise<Findings> {
  const needs = planned.set.batches
    .map((batch) => {
      const growth = Math.max(0, sizeOf(planned, batch) - batch.desired)
      const surge = planned.rolled.includes(batch) ? surgeOf(planned, batch) : 0
      return { batch, growth, pods: growth + surge }
    })
    .filter((one) => one.pods > 0)
  const edited = planned.rolled.filter((batch) => planned.templates.has(batch.uid))
  if (needs.length + edited.length === 0) return found([])
  const nodes = await reads.nodes()
  if (!nodes.ok) return found([], ['nodes'])
  const taken = await reads.podsOnNodes()
  if (!taken.ok) return found([], ['pods-elsewhere'])
  const ranges = await reads.list(`/api/v1/namespaces/${encodeURIComponent(namespace)}/limitranges`)
  // A pod that says nothing fits anywhere, until a LimitRange that can't be seen says something for it.
  const silent = [...needs.map((one) => one.batch), ...edited].some((batch) => saysNothing(planned, batch))
  if (!ranges.ok && silent) return found([], ['nodes'])
  const defaults = defaultsOf(ranges.ok ? ranges.value : [])
  const cluster = { nodes: nodes.value, taken: taken.value }

  const grown = needs.reduce((sum, one) => sum + one.growth, 0)
  const judged = needs.map(({ batch, growth, pods: own }) => {
    // What other batches have grown by is taken when this one surges. It is counted as pods of this size.
    const wanted = own + grown - growth
    const room = nodeRoom(objectAt(templateOf(planned, batch), 'spec'), cluster, defaults)
    return { batch, wanted, room }
  })
  const short = judged.filter(({ wanted, room }) => room.fits < wanted)
  const replaced = replacedChecks(planned, { edited, cluster, defaults })
  const most = Math.max(0, ...judged.map((one) => one.wanted))
  const certain = judged.every((one) => one.room.certain)
  const checks: readonly Check[] =
    short.length + replaced.length > 0
      ? [
          ...short.map(({ batch, wanted, room }) =>
            warning({ kind: 'nodes-short', batch: batch.number, needs: wanted, fits: room.fits }),
          ),
          ...replaced,
        ]
      : [certain ? fine({ kind: 'nodes-ok', pods: most }) : info({ kind: 'nodes-unsure', pods: most })]
  return found(checks)
}

/**
 * New pods may ask for more than the old ones whose place they take. Where the batches up to this one have no room with
 * all their old pods gone, the release comes to a stop there whatever its surge. Told of the first such batch.
 */
function replacedChecks(
  planned: Planned,
  {
    edited,
    cluster,
    defaults,
  }: { readonly edited: readonly Batch[]; readonly cluster: Cluster; readonly defaults: Defaults },
): readonly Check[] {
  const left = new Map(cluster.taken)
  let needs = 0
  for (const batch of edited) {
    const old = { ...podAmounts(objectAt(batch.template, 'spec'), defaults).requests, pods: 1 }
    for (const { node } of batch.pods) giveBack(left, node, old)
    needs += sizeOf(planned, batch)
    const spec = objectAt(templateOf(planned, batch), 'spec')
    const { fits } = nodeRoom(spec, { nodes: cluster.nodes, taken: left }, defaults)
    if (fits < needs) return [warning({ kind: 'nodes-short-replaced', batch: batch.number, needs, fits })]
  }
  return []
}

function giveBack(taken: Map<string, Amounts>, node: string, amounts: Amounts): void {
  const there = taken.get(node)
  if (there !== undefined) taken.set(node, plus(there, amounts, -1))
}

function saysNothing(planned: Planned, batch: Batch): boolean {
  const spec = objectAt(templateOf(planned, batch), 'spec')
  const says = (one: Json, resource: string) => Object.hasOwn(requestsOf(one), resource)
  return listAt(spec, 'containers').some((one) => !says(one, 'cpu') || !says(one, 'memory'))
}
