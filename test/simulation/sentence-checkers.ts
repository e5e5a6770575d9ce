import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import type { TrueBatch } from './cluster-truth.ts'

type Checked = {
  readonly view: PipelineView
  readonly truth: readonly TrueBatch[]
  readonly isServiceThere: boolean
}
type Checkers = {
  readonly [K in Sentence['kind']]?: (
    said: Extract<Sentence, { readonly kind: K }>,
    seen: Checked,
  ) => string | undefined
}

/** What is wrong with the headline and with each batch's sentence, from the cluster's side. */
export function untrueSentences(
  view: PipelineView,
  truth: readonly TrueBatch[],
  isServiceThere: boolean,
): readonly string[] {
  const seen = { view, truth, isServiceThere }
  const headline = wrongWith(view.headline, seen)
  return [
    ...(headline === undefined ? [] : [`"${view.headline.kind}": ${headline}`]),
    ...view.batches.flatMap((batch) => {
      const own = truth.find((one) => one.uid === batch.uid)
      const wrong =
        own === undefined ? undefined : (wrongOfBatch(batch.sentence, own) ?? unlikeHeadline(view, batch))
      return wrong === undefined ? [] : [`${batch.name} "${batch.sentence.kind}": ${wrong}`]
    }),
  ]
}

function wrongWith(said: Sentence, seen: Checked): string | undefined {
  // Each checker stands under the kind that it takes.
  const checker = checkers[said.kind] as ((said: Sentence, seen: Checked) => string | undefined) | undefined
  return checker?.(said, seen)
}

const ready = (batch: TrueBatch): number => batch.pods.filter((pod) => pod.ready && !pod.ending).length
const fresh = (batch: TrueBatch): number =>
  batch.pods.filter((pod) => pod.isNew && pod.serving && !pod.ending).length

function unlike(name: string, said: number | boolean, is: number | boolean): string | undefined {
  return said === is ? undefined : `${name} ${String(said)}, and is ${String(is)}`
}

/** The batch that a sentence calls by its number. */
function called({ view, truth }: Checked, number: number): TrueBatch | undefined {
  const uid = view.batches.find((one) => one.number === number)?.uid
  return truth.find((one) => one.uid === uid)
}

const checkers: Checkers = {
  idle: ({ batches }, { view, truth }) =>
    unlike('batches', batches, truth.filter((one) => view.batches.some(({ uid }) => uid === one.uid)).length),
  'several-versions': ({ versions }, { view, truth }) => {
    const shown = truth.filter((one) => view.batches.some(({ uid }) => uid === one.uid))
    return unlike('versions', versions, new Set(shown.map((one) => one.images.join(' '))).size)
  },
  'release-rolling': ({ batch, updated, desired }, seen) => {
    const { view } = seen
    const own = called(seen, batch)
    if (own === undefined) return 'the batch is not there'
    // What counts as updated is the version of this release: somebody else's that stands there now is not.
    const shown = view.batches.find((one) => one.uid === own.uid)
    if (shown?.isNew !== true) return unlike('desired', desired, own.desired)
    return (
      unlike('desired', desired, own.desired) ?? unlike('updated', updated, Math.min(fresh(own), desired))
    )
  },
  'release-gone': ({ batch, again }, seen) => {
    const own = called(seen, batch)
    return own === undefined || again ? undefined : `${own.name} is there`
  },
  'release-service-gone': (_, { isServiceThere }) => (isServiceThere ? 'the Service is there' : undefined),
  'release-service-again': (_, { isServiceThere }) =>
    isServiceThere ? undefined : 'the Service is not there',
  'release-batch-paused': ({ batch }, seen) => {
    const own = called(seen, batch)
    return own === undefined || own.paused ? undefined : `${own.name} is not paused`
  },
  'release-frozen': ({ batch }, seen) => {
    const own = called(seen, batch)
    return own === undefined || own.paused ? undefined : `${own.name} is not paused`
  },
  'release-regressed': ({ batch }, seen) => {
    const own = called(seen, batch)
    return own === undefined || ready(own) < own.desired ? undefined : `${own.name} is whole`
  },
  'release-failing': ({ batch, pods }, seen) => {
    const own = called(seen, batch)
    if (own === undefined) return undefined
    const broken = own.pods.filter((pod) => pod.isNew && !pod.ready && !pod.ending).length
    if (pods === 0) return 'no pod fails'
    return pods <= broken ? undefined : `${pods} pods fail, and ${broken} are not ready`
  },
  'release-recovered': ({ batch, by }, seen) => {
    const own = called(seen, batch)
    if (by === 'rollback') return undefined
    return own === undefined || fresh(own) < own.desired ? 'not all new pods are ready' : undefined
  },
  incident: (said, { view, truth }) => {
    const shown = truth.filter((one) => view.batches.some(({ uid }) => uid === one.uid))
    return unlike(
      'desired',
      said.desired,
      shown.reduce((sum, one) => sum + one.desired, 0),
    )
  },
}

/** The same number stands in the sentence over the picture and on the card. */
function unlikeHeadline(
  { headline }: PipelineView,
  batch: PipelineView['batches'][number],
): string | undefined {
  const { sentence } = batch
  if (
    headline.kind !== 'release-rolling' ||
    headline.batch !== batch.number ||
    sentence.kind !== 'batch-rolling'
  )
    return undefined
  return (
    unlike('updated', sentence.updated, headline.updated) ??
    unlike('desired', sentence.desired, headline.desired)
  )
}

function wrongOfBatch(said: Sentence, own: TrueBatch): string | undefined {
  switch (said.kind) {
    case 'batch-idle':
    case 'batch-idle-failing':
      return (
        unlike('ready', said.ready, Math.min(ready(own), said.desired)) ??
        unlike('desired', said.desired, own.desired)
      )
    case 'batch-frozen':
      return own.paused ? undefined : 'it is not paused'
    case 'batch-rolling':
      return unlike('desired', said.desired, own.desired)
    case 'batch-empty':
      return unlike('pods', own.desired, 0)
    case 'batch-done':
      if (said.updated > said.desired) return 'more than all'
      return (
        unlike('desired', said.desired, own.desired) ??
        (said.missing === undefined && said.updated > ready(own)
          ? unlike('updated', said.updated, ready(own))
          : undefined)
      )
    default:
      return undefined
  }
}
