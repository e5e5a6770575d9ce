import { splitImage, versionOf } from '../k8s/image.ts'
import { imageOf, type ContainerImage } from '../model/batch-images.ts'
import type { Batch } from '../model/batch-set.ts'
import type { Check } from './check.ts'
import { info, warning } from './planned.ts'

/** One container of one batch on its way from one reference to another. */
type Step = {
  readonly number: number
  readonly container: string
  readonly from: string
  readonly to: string
}

/**
 * What a release of images takes from a batch besides its version: the place that it pulls from, the digest that pins
 * it, and a tag that says more than those of the others (`1.0-arm64`).
 */
export function lintReferences(
  rolled: readonly Batch[],
  of: (batch: Batch) => readonly ContainerImage[],
): readonly Check[] {
  const steps = rolled.flatMap((batch) =>
    batch.containers.flatMap(({ name, image }): readonly Step[] => {
      const to = imageOf(of(batch), name)
      return to === undefined || to === image
        ? []
        : [{ number: batch.number, container: name, from: image, to }]
    }),
  )
  return [
    ...grouped(
      steps.filter(({ from, to }) => repository(from) !== repository(to)),
      ({ container, from, to }) => [container, repository(from), repository(to)],
      ([container = '', from = '', to = ''], batches) =>
        warning({ kind: 'repository-changes', container, from, to, batches }),
    ),
    ...grouped(
      steps.filter(({ from, to }) => splitImage(from).digest !== '' && splitImage(to).digest === ''),
      ({ container, to }) => [container, versionOf(to)],
      ([container = '', tag = ''], batches) => warning({ kind: 'digest-lost', container, tag, batches }),
    ),
    ...[...new Set(steps.map((one) => one.container))].flatMap((container) =>
      tagLints(steps.filter((one) => one.container === container)),
    ),
  ]
}

/** Batches whose version is another one than most have now. Whether its ending means something only a person knows. */
function tagLints(steps: readonly Step[]): readonly Check[] {
  const counts = new Map<string, number>()
  for (const { from } of steps) counts.set(versionOf(from), (counts.get(versionOf(from)) ?? 0) + 1)
  const most = [...counts].reduce<readonly [string, number]>(
    (best, one) => (one[1] >= best[1] ? one : best),
    ['', 0],
  )[0]
  const odd = steps.filter(({ from, to }) => {
    const tag = versionOf(from)
    return tag !== most && !(endingOf(tag, most) !== '' && versionOf(to).endsWith(endingOf(tag, most)))
  })
  return grouped(
    odd,
    ({ from, to }) => [versionOf(from), versionOf(to)],
    ([tag = '', to = ''], batches) => {
      const what = { kind: 'tag-differs', tag, others: most, to, batches } as const
      return isVariant(tag, most) ? warning({ ...what, variant: true }) : info({ ...what, variant: false })
    },
  )
}

function repository(image: string): string {
  return splitImage(image).repository
}

/** `-arm64` of `1.0-arm64` beside `1.0`; empty where the one is not the other with more behind it. */
function endingOf(tag: string, base: string): string {
  const rest = tag.startsWith(base) ? tag.slice(base.length) : ''
  return /^[-_.+]./.test(rest) ? rest : ''
}

/** Two tags of one version with different endings, or with an ending and without. */
function isVariant(a: string, b: string): boolean {
  const stem = (tag: string): string => tag.replace(/[-_+][^-_+]*$/, '')
  return endingOf(a, b) !== '' || endingOf(b, a) !== '' || (stem(a) !== a && stem(a) === stem(b))
}

function grouped(
  steps: readonly Step[],
  partsOf: (step: Step) => readonly string[],
  say: (parts: readonly string[], batches: readonly number[]) => Check,
): readonly Check[] {
  const groups = new Map<string, { readonly parts: readonly string[]; readonly batches: readonly number[] }>()
  for (const step of steps) {
    const parts = partsOf(step)
    const key = parts.join('\n')
    groups.set(key, { parts, batches: [...(groups.get(key)?.batches ?? []), step.number] })
  }
  return [...groups.values()].map(({ parts, batches }) => say(parts, batches))
}
