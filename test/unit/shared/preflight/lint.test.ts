import { expect, test } from 'vitest'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import { lintBatches } from '../../../../shared/preflight/lint.ts'
import { plannedOf } from '../../../../shared/preflight/planned.ts'
import { buildBatch, buildBatchSet, buildTemplate, oldImage } from '../../../support/build-batch.ts'

type Plan = { readonly leftOut?: readonly number[]; readonly change?: string; readonly to?: number }

/** `level kind` of what is said about these batches, and what is said in full. */
function lint(batches: readonly Batch[], { leftOut = [], change = 'image', to }: Plan = {}) {
  const steps = batches.map(({ uid, number }) => ({ batch: uid, leftOut: leftOut.includes(number) }))
  const [first] = batches
  const sizes = to === undefined || first === undefined ? [] : [{ batch: first.uid, from: first.desired, to }]
  const checks = lintBatches(plannedOf({ change: { kind: change }, steps, sizes }, buildBatchSet(batches)))
  return {
    kinds: checks.map(({ level, what }) => `${level} ${what.kind}`),
    what: checks.map((check) => check.what),
  }
}

const calm = {
  minReadySeconds: 5,
  strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%', surge: 4, unavailable: 4 },
}

test('healthy batches give nothing but what is fine, and the note on their selector', () => {
  expect(lint([buildBatch(1, calm), buildBatch(2, calm)]).kinds).toEqual([
    'ok probes-ok',
    'info shared-selector',
  ])
})

test('scenario 44: batches without a readiness probe are named in one warning', () => {
  const container = { name: 'demo-aone', image: oldImage, init: false, imagePullPolicy: 'Always' }
  const without = { ...calm, containers: [{ ...container, hasReadinessProbe: false }] }
  const { kinds, what } = lint([buildBatch(1, calm), buildBatch(2, without), buildBatch(3, without)])
  expect(what).toContainEqual({ kind: 'no-readiness-probe', batches: [2, 3] })
  expect(kinds).toContain('warning no-readiness-probe')
  expect(kinds).not.toContain('ok probes-ok')
})

test('scenario 39: a paused batch blocks, unless it is left out', () => {
  const batches = [buildBatch(1, calm), buildBatch(2, { ...calm, paused: true })]
  expect(lint(batches).what).toContainEqual({ kind: 'paused', batches: [2] })
  expect(lint(batches).kinds).toContain('blocker paused')
  expect(lint(batches, { leftOut: [2] }).kinds).not.toContain('blocker paused')
})

test('scenario 17: a sick old version is a warning with its numbers, and never blocks', () => {
  const { kinds, what } = lint([buildBatch(1, calm), buildBatch(2, { ...calm, available: 3, ready: 3 })])
  expect(what).toContainEqual({ kind: 'unhealthy', batch: 2, ready: 3, desired: 16 })
  expect(kinds.filter((kind) => kind.startsWith('blocker'))).toEqual([])
})

test('scenario 38: Recreate and a high maxUnavailable are told with how many pods stay', () => {
  const strategy = (type: string, maxUnavailable: string, unavailable: number) => ({
    ...calm,
    strategy: { type, maxSurge: '0%', maxUnavailable, surge: 0, unavailable },
  })
  const { what } = lint([
    buildBatch(1, calm),
    buildBatch(2, strategy('RollingUpdate', '75%', 12)),
    buildBatch(3, strategy('Recreate', '', 16)),
  ])
  expect(what).toContainEqual({ kind: 'batch-halved', batch: 2, kept: 4, desired: 16 })
  expect(what).toContainEqual({ kind: 'recreate', batches: [3] })
  expect(what.filter((one) => one.kind === 'service-halved')).toEqual([])
  const alone = lint([buildBatch(1, calm), buildBatch(3, strategy('Recreate', '', 16))])
  expect(alone.what).toContainEqual({ kind: 'service-halved', batch: 3, kept: 1, desired: 17 })
})

test('half of a batch is still half: 50 % of 16 is not told', () => {
  const strategy = { type: 'RollingUpdate', maxSurge: '50%', maxUnavailable: '50%', surge: 8, unavailable: 8 }
  const { what } = lint([buildBatch(1, calm), buildBatch(2, { ...calm, strategy })])
  expect(what.filter((one) => one.kind === 'batch-halved')).toEqual([])
})

test('history, deadline and minReadySeconds are told where they bite', () => {
  const { kinds } = lint([
    buildBatch(1, { revisionHistoryLimit: 0, progressDeadlineSeconds: 2_147_483_647 }),
    buildBatch(2, { ...calm, revisionHistoryLimit: 1, progressDeadlineSeconds: 7_200 }),
    buildBatch(3, { minReadySeconds: 600 }),
  ])
  expect(kinds).toEqual(
    expect.arrayContaining([
      'warning no-history',
      'info short-history',
      'info no-min-ready',
      'info no-deadline',
      'info long-deadline',
      'warning deadline-below-min-ready',
    ]),
  )
})

test('a batch that will have no pods by its turn verifies nothing; one that is being deleted blocks', () => {
  expect(lint([buildBatch(1, calm), buildBatch(2, calm)], { to: 0 }).what).toContainEqual({
    kind: 'empty-batch',
    batches: [1],
  })
  expect(lint([buildBatch(1, { ...calm, deleting: true })]).kinds).toContain('blocker deleting')
})

test('templates that differ beyond their images are told with the fields, images and restarts are not', () => {
  const other = buildTemplate('registry.example/app-cloud/demo:2', {
    env: [{ name: 'REGION', value: 'north' }],
    resources: { limits: { cpu: '2' } },
  })
  const restarted = {
    ...buildTemplate(oldImage),
    metadata: {
      labels: { app: 'demo-aone' },
      annotations: { 'kubectl.kubernetes.io/restartedAt': '2026-11-25T00:00:00Z' },
    },
  }
  const { what } = lint([
    buildBatch(1, calm),
    buildBatch(2, { ...calm, template: other }),
    buildBatch(3, { ...calm, template: restarted }),
    buildBatch(4, { ...calm, image: 'registry.example/app-cloud/demo:3' }),
  ])
  expect(what.filter((one) => one.kind === 'templates-differ')).toEqual([
    {
      kind: 'templates-differ',
      like: 1,
      batches: [2],
      fields: ['spec.containers[demo-aone].env', 'spec.containers[demo-aone].resources'],
    },
  ])
})

test('a release of sizes alone is judged as that: no probes, no strategies', () => {
  expect(lint([buildBatch(1), buildBatch(2)], { change: 'none', to: 2 }).kinds).toEqual([
    'info shared-selector',
  ])
})

test('a first batch that is not the smallest is told with how much of the Service it is', () => {
  const batches = [
    buildBatch(1, { ...calm, desired: 4 }),
    buildBatch(2, { ...calm, desired: 1 }),
    buildBatch(3, { ...calm, desired: 0 }),
  ]
  const found = { kind: 'first-not-smallest', batch: 1, pods: 4, total: 5, smallest: 2, fewest: 1 }
  expect(lint(batches).what).toContainEqual(found)
  // Shrunk before it starts, or the others left out: then it is the smallest.
  expect(lint(batches, { to: 1 }).kinds).not.toContain('warning first-not-smallest')
  expect(lint(batches, { leftOut: [2] }).kinds).not.toContain('warning first-not-smallest')
  // Left out itself, the next one goes first.
  expect(lint(batches, { leftOut: [1] }).kinds).not.toContain('warning first-not-smallest')
})
