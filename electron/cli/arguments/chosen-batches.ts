import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import { endingAs, usage, type OrEnding } from '../session/ending.ts'

/**
 * Batches by number, range (`2-4`) or the name of their Deployment. A Deployment may be called `2048` or `1-2`: a word
 * that is the name of one and the number of others is asked about, and `deployment/NAME` is always the name.
 */
export function chosenBatches(
  { batches }: Pick<PipelineView, 'batches'>,
  words: readonly string[],
): OrEnding<readonly BatchView[]> {
  const found: BatchView[] = []
  for (const word of words) {
    const name = /^deploy(?:ment)?\/(.+)$/.exec(word)?.[1]
    const named = batches.filter((batch) => batch.name === (name ?? word))
    const numbered = name === undefined ? batches.filter(isIn(word)) : []
    const others = numbered.filter((batch) => !named.includes(batch))
    if (named.length > 0 && others.length > 0)
      return endingAs(usage({ kind: 'which-batch', word, names: [...named, ...others].map(longWord) }))
    const fitting = named.length > 0 ? named : numbered
    if (fitting.length === 0)
      return endingAs(
        usage({
          kind: 'no-such-batch',
          word,
          batches: batches.map((batch) => `${batch.number} (${batch.name})`),
        }),
      )
    found.push(...fitting.filter((batch) => !found.includes(batch)))
  }
  return { ok: true, value: found }
}

function isIn(word: string): (batch: BatchView) => boolean {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(word) ?? []
  return ({ number }) => from !== undefined && number >= Number(from) && number <= Number(to)
}

function longWord({ name }: BatchView): string {
  return `deployment/${name}`
}
