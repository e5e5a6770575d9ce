import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionId } from '../../shared/ids.ts'
import { templateDigest } from '../../shared/k8s/template-digest.ts'
import type { Batch, BatchPod } from '../../shared/model/batch-set.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { countFrom } from '../../shared/release/restart-count.ts'
import type { BatchPhase, Release } from '../../shared/release/release.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { podsView } from '../../shared/view/pods-view.ts'
import { buildBatch, buildBatchSet, buildTemplate, newImage, oldImage } from '../support/build-batch.ts'
import { buildPod } from '../support/build-pod.ts'
import { buildRelease } from '../support/build-release.ts'

const kinds = ['new', 'idle', 'starting', 'failing', 'old', 'ending', 'missing'] as const

/** One batch as it may be seen at any moment: pods of each kind, and a status that may lag behind them by some. */
const observed = fc.record({
  pods: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 9 }),
  lag: fc.integer({ min: 0, max: 2 }),
  phase: fc.constantFrom('waiting', 'patching', 'rolling', 'baking', 'done'),
  tolerance: fc.integer({ min: 0, max: 2 }),
  paused: fc.boolean(),
  held: fc.boolean(),
})
type Seen = typeof observed extends fc.Arbitrary<infer T> ? T : never

function podOf(kind: (typeof kinds)[number], index: number): readonly BatchPod[] {
  const name = `pod-${index}`
  switch (kind) {
    case 'missing':
      return []
    case 'new':
      return [buildPod(name)]
    case 'idle':
      return [buildPod(name, { serving: false })]
    case 'starting':
      return [buildPod(name, { state: 'starting', ready: false, serving: false })]
    case 'failing':
      return [buildPod(name, { state: 'failing', ready: false, serving: false, reason: 'ImagePullBackOff' })]
    case 'old':
      return [buildPod(name, { state: 'old', isNew: false })]
    case 'ending':
      return [buildPod(name, { state: 'ending', ready: false, serving: false })]
  }
}

function batchOf({ pods: wanted, lag, phase }: Seen): Batch {
  const isBegun = phase !== 'waiting' && phase !== 'patching'
  const pods = wanted
    .flatMap(podOf)
    .map((pod) => (isBegun || !pod.isNew ? pod : { ...pod, state: pod.state, isNew: true }))
  const made = pods.filter((pod) => pod.isNew && pod.state !== 'ending').length
  return buildBatch(2, {
    image: isBegun ? newImage : oldImage,
    desired: wanted.length,
    pods,
    updated: Math.max(0, made - lag),
    total: pods.length,
    available: pods.filter((pod) => pod.ready).length,
    servingNew: pods.filter((pod) => pod.isNew && pod.serving).length,
    servingOld: pods.filter((pod) => !pod.isNew && pod.serving).length,
  })
}

function phaseOf(kind: Seen['phase'], batch: Batch): BatchPhase {
  const common = { generation: 1, digest: templateDigest(buildTemplate(newImage)), restartsBefore: 0 }
  switch (kind) {
    case 'waiting':
      return { kind }
    case 'patching':
      return { kind, attempt: 1, since: 0, restarts: countFrom(batch) }
    case 'rolling':
      return { kind, since: 0, highWater: 0, progressAt: 0, ...common }
    case 'baking':
      return { kind, since: 0, rolledSince: 0, ...common }
    case 'done':
      return { kind, at: 0, rolledSince: 0, pods: batch.desired, generation: 1, digest: common.digest }
  }
}

function updatedIn(sentence: Sentence): number | undefined {
  if (!('updated' in sentence)) return undefined
  const missing = 'missing' in sentence ? (sentence.missing ?? 0) : 0
  return sentence.updated - missing
}

test('headline, card, gate and terminal say the same number of updated pods, in any state', () => {
  const compared = new Set<string>()
  fc.assert(
    fc.property(observed, (seen) => {
      const batch = batchOf(seen)
      const started = buildRelease(buildBatchSet([buildBatch(2, { desired: batch.desired })]), {
        gates: { tolerance: seen.tolerance },
      })
      const release: Release = {
        ...started,
        batches: started.batches.map((own) => ({ ...own, phase: phaseOf(seen.phase, batch) })),
        state: seen.held
          ? { kind: 'held', since: 0, hold: { kind: 'deadline', batch: batch.uid } }
          : started.state,
      }
      const view = pipelineView({
        connection: connectionId('c'),
        set: buildBatchSet([batch]),
        freshness: { kind: 'live' },
        lock: { kind: 'mine' },
        release,
        driving: true,
        now: 0,
      })
      const [card] = view.batches
      const gate = view.release?.gates[0]
      const line = gate?.lines.find((one) => one.gate === 'ready')?.sentence
      const said = [
        ['headline', updatedIn(view.headline)],
        ['card', card === undefined ? undefined : updatedIn(card.sentence)],
        ['gate', line?.kind === 'gate-ready' ? line.ready : undefined],
        ['chip', gate?.stage.kind === 'ready' ? gate.stage.ready : undefined],
      ] as const
      const numbers = said.flatMap(([where, number]) => (number === undefined ? [] : [{ where, number }]))
      for (const { where } of numbers) compared.add(where)
      const [first] = numbers
      for (const { where, number } of numbers) expect([where, number]).toEqual([where, first?.number])
      if (card !== undefined && first !== undefined) expect(first.number).toBeLessThanOrEqual(card.desired)
    }),
    { numRuns: 2000 },
  )
  expect([...compared].toSorted()).toEqual(['card', 'chip', 'gate', 'headline'])
})

/** A number that a view gives a batch, wherever that stands beside the uid of the batch. */
function numbered(view: PipelineView): readonly (readonly [string, number])[] {
  const { release } = view
  return [
    ...(release?.gates ?? []).map((gate) => [gate.after, gate.afterNumber] as const),
    ...(release?.lanes ?? []).map((lane) => [lane.batch, lane.number] as const),
    ...(release?.rollBack?.batches ?? []).map((one) => [one.uid, one.number] as const),
  ]
}

test('a batch has one number in a picture, also once others have come, gone or changed their size since', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
      fc.constantFrom('running', 'done', 'rolled-back'),
      (order, outcome) => {
        const begun = buildRelease(
          buildBatchSet([1, 2, 3, 4].map((number) => buildBatch(number, { desired: 4 }))),
        )
        const isBack = outcome === 'rolled-back'
        const image = isBack ? oldImage : newImage
        const digest = templateDigest(buildTemplate(image))
        const release: Release = {
          ...begun,
          batches: begun.batches.map((own) => ({
            ...own,
            phase: isBack
              ? ({ kind: 'returned', at: 1, digest } as const)
              : ({ kind: 'done', at: 2000, generation: 1, digest, rolledSince: 0, pods: 4 } as const),
          })),
          state: outcome === 'running' ? begun.state : { kind: 'ended', at: 1, outcome },
        }
        // By whatever order the batches are counted now.
        const batches = order.map((uidNumber, index) => ({
          ...buildBatch(uidNumber, { image, desired: 4, pods: [buildPod(`pod-of-${uidNumber}`)] }),
          number: index + 1,
        }))
        const set = buildBatchSet(batches)
        const view = pipelineView({
          connection: connectionId('c'),
          set,
          freshness: { kind: 'live' },
          lock: { kind: 'mine' },
          release,
          driving: false,
          now: 0,
        })
        const cards = new Map(view.batches.map((batch: BatchView) => [batch.uid as string, batch.number]))
        for (const [uid, number] of numbered(view)) expect([uid, cards.get(uid)]).toEqual([uid, number])
        if (outcome === 'running') return
        for (const pod of podsView(set, [], {}).pods)
          expect(cards.get(`batch-${pod.name.split('-').at(-1) ?? ''}`)).toBe(pod.batch)
      },
    ),
  )
})
