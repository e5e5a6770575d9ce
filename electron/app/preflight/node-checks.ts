import { objectAt } from '../../../shared/k8s/read-json.ts'
import type { Check } from '../../../shared/model/check.ts'
import { fine, info, sizeOf, warning, type Planned } from '../../../shared/model/planned.ts'
import { surgeOf } from '../../../shared/model/room.ts'
import { found, type Findings } from './findings.ts'
import { nodeRoom } from './node-room.ts'
import type { Reads } from './reads.ts'

/** More pods than this are not counted: reading them all would cost the API server more than the answer is worth. */
const pagesOfPods = 6
const pagesOfNodes = 2

/** Whether the nodes have room for what each batch needs on top: growth and surge. */
export async function nodeChecks(planned: Planned, reads: Reads): Promise<Findings> {
  const needs = planned.set.batches
    .map((batch) => {
      const growth = Math.max(0, sizeOf(planned, batch) - batch.desired)
      const surge = planned.rolled.includes(batch) ? surgeOf(planned, batch) : 0
      return { batch, growth, pods: growth + surge }
    })
    .filter((one) => one.pods > 0)
  if (needs.length === 0) return found([])
  const nodes = await reads.list('/api/v1/nodes', pagesOfNodes)
  if (!nodes.ok) return found([], ['nodes'])
  const pods = await reads.list('/api/v1/pods', pagesOfPods)
  if (!pods.ok) return found([], ['pods-elsewhere'])

  const grown = needs.reduce((sum, one) => sum + one.growth, 0)
  const judged = needs.map(({ batch, growth, pods: own }) => {
    // What other batches have grown by is taken when this one surges. It is counted as pods of this size.
    const wanted = own + grown - growth
    const spec = objectAt(batch.template, 'spec')
    return { batch, wanted, room: nodeRoom(spec, nodes.value, pods.value) }
  })
  const short = judged.filter(({ wanted, room }) => room.fits < wanted)
  const most = Math.max(...judged.map((one) => one.wanted))
  const certain = judged.every((one) => one.room.certain)
  const checks: readonly Check[] =
    short.length > 0
      ? short.map(({ batch, wanted, room }) =>
          warning({ kind: 'nodes-short', batch: batch.number, needs: wanted, fits: room.fits }),
        )
      : [certain ? fine({ kind: 'nodes-ok', pods: most }) : info({ kind: 'nodes-unsure', pods: most })]
  return found(checks)
}
