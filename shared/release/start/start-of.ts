import type { Baseline, ReleaseBatch, TemplateTarget } from '../release.ts'

/** What a batch ran when its release began: what the release changes, it changes in this. */
export function startOf({ start, baseline }: Pick<ReleaseBatch, 'start' | 'baseline'>): Baseline {
  return start ?? baseline
}

/** What a batch has to have until its turn: what is put back when somebody else has changed it. */
export function untilItsTurn(own: ReleaseBatch): TemplateTarget {
  const { template, templateDigest } = own.start?.templateDigest === own.startsFrom ? own.start : own.baseline
  return { template, digest: templateDigest }
}
