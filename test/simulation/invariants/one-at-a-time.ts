import { equalJson } from '../../../electron/training/objects/json.ts'
import type { BatchPhase } from '../../../shared/release/release.ts'
import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

const rule = 'one batch at a time'
const underWay: readonly BatchPhase['kind'][] = ['rolling', 'baking']

/** A release goes forward batch by batch: none is written, or watched, while another one's pods are exchanged. */
export function oneAtATime(world: World): readonly Violation[] {
  return [...written(world), ...watched(world)]
}

function watched({ facts }: World): readonly Violation[] {
  // Where a stop came amid a way back, what is found to have the new template is noted as that: nothing is written.
  const found = facts.journaled.find(
    ({ entry: { release } }) =>
      release.state.kind !== 'ended' &&
      release.batches.filter(({ phase }) => underWay.includes(phase.kind)).length > 1,
  )
  if (found === undefined) return []
  const { id, batches } = found.entry.release
  const what = `${id}: ${batches.map((own) => `${own.name} is ${own.phase.kind}`).join(', ')}`
  return [{ rule, at: found.at, what }]
}

function written({ facts }: World): readonly Violation[] {
  return facts.writes.flatMap(({ at, from, name, before, after, journals }) => {
    if (from === 'kubectl' || equalJson(before?.template, after?.template)) return []
    return journals.flatMap(({ release }) => {
      const own = release.batches.find((one) => one.uid === before?.uid)
      const other = release.batches.find((one) => one !== own && underWay.includes(one.phase.kind))
      return own?.phase.kind !== 'patching' || other === undefined
        ? []
        : [
            {
              rule,
              at,
              what: `${from} wrote ${name} of ${release.id}, and ${other.name} is ${other.phase.kind}`,
            },
          ]
    })
  })
}
