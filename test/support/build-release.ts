import { releaseId } from '../../shared/ids.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import type { Gates } from '../../shared/release/plan.ts'
import type { Release } from '../../shared/release/release.ts'
import { newRelease, type StartInput } from '../../shared/release/start.ts'
import { newImage } from './build-batch.ts'

export const quickGates: Gates = { tolerance: 0, bakeSeconds: 10, restartsAllowed: 0, approval: true }

export function buildRelease(
  set: BatchSet,
  parts: Partial<Omit<StartInput, 'gates'>> & { readonly gates?: Partial<Gates> } = {},
): Release {
  const gates = { ...quickGates, ...parts.gates }
  const started = newRelease(set, {
    id: releaseId('r1'),
    by: 'li.wei',
    now: 1000,
    images: { 'demo-aone': newImage },
    sizes: [],
    ...parts,
    gates: set.batches.map((batch) => ({ batch: batch.uid, gates })),
  })
  if (!started.ok) throw new Error(started.fault.message)
  return started.value
}
