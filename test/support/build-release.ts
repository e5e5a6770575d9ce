import { releaseId } from '../../shared/ids.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import { defaultGates, type Gates } from '../../shared/release/gates/gate-table.ts'
import type { Release } from '../../shared/release/release.ts'
import { newRelease, type StartInput } from '../../shared/release/start/start.ts'
import { newImage } from './build-batch.ts'
import { wordsOf } from './spoken.ts'

export const quickGates: Gates = { ...defaultGates, bakeSeconds: 10 }

export function buildRelease(
  set: BatchSet,
  parts: Partial<StartInput> & { readonly gates?: Partial<Gates> } = {},
): Release {
  const { gates: changed, ...input } = parts
  const gates = { ...quickGates, ...changed }
  const started = newRelease(set, {
    id: releaseId('r1'),
    by: 'li.wei',
    now: 1000,
    change: { kind: 'image' },
    images: set.batches.map((batch) => ({ batch: batch.uid, container: 'demo-aone', image: newImage })),
    sizes: [],
    steps: set.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: false })),
    ...input,
  })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  return started.value
}
