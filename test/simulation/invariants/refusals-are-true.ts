import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** What a webhook and what the network's troubles say. */
const theWorlds: readonly string[] = ['policy.example', 'simulated answer']

/** Nothing is called refused that nobody has refused: no webhook, and no answer of the world's. */
export function refusalsAreTrue({ facts }: World): readonly Violation[] {
  const judged = new Set<string>()
  return facts.journaled.flatMap(({ at, entry: { release } }) => {
    const hold = release.state.kind === 'held' ? release.state.hold : undefined
    const said = [
      ...(hold?.kind === 'refused' ? [hold.message] : []),
      ...release.batches.flatMap(({ phase }) =>
        phase.kind === 'stuck' && phase.why.kind === 'refused' ? [phase.why.message] : [],
      ),
    ]
    return said.flatMap((what) => {
      if (theWorlds.some((own) => what.includes(own)) || judged.has(`${release.id}/${what}`)) return []
      judged.add(`${release.id}/${what}`)
      return [{ rule: 'a refusal is true', at, what: `${release.id}: ${what}` }]
    })
  })
}
