import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connectionId } from '../../shared/ids.ts'
import { findBatchSets, type Observation } from '../../shared/model/batches.ts'
import type { BatchSet } from '../../shared/model/batch-set.ts'
import { forecast } from '../../shared/view/sizes.ts'
import { curveSample } from '../../shared/view/curve-series.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { serviceRow } from '../../shared/view/service-row.ts'
import { deployment, pod, replicaSet, service, slice, template } from '../support/build-objects.ts'
import { buildRelease } from '../support/build-release.ts'

type Kept = { readonly ready: boolean; readonly terminating: boolean; readonly twice: boolean }
const kept: fc.Arbitrary<Kept> = fc.record({
  ready: fc.boolean(),
  terminating: fc.boolean(),
  twice: fc.boolean(),
})
type World = {
  readonly batches: readonly {
    readonly desired: number
    readonly fresh: readonly Kept[]
    readonly old: readonly Kept[]
  }[]
  readonly strangers: readonly Kept[]
}
const world: fc.Arbitrary<World> = fc.record({
  batches: fc.array(
    fc.record({
      desired: fc.nat(6),
      fresh: fc.array(kept, { maxLength: 5 }),
      old: fc.array(kept, { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  strangers: fc.array(kept, { maxLength: 4 }),
})

/** The Service as an API server would tell of it: each pod an endpoint, some of them in two slices at once. */
function setOf({ batches, strangers }: World): BatchSet {
  const each = [
    ...batches.flatMap(({ fresh, old }, index) => [
      ...fresh.map((one, number) => ({ one, name: `f-${index}-${number}`, owner: `new-${index}` })),
      ...old.map((one, number) => ({ one, name: `o-${index}-${number}`, owner: `old-${index}` })),
    ]),
    ...strangers.map((one, number) => ({ one, name: `s-${number}`, owner: 'somebody-else' })),
  ]
  const endpoint = ({ one, name }: (typeof each)[number]) => ({
    pod: name,
    ready: one.ready && !one.terminating,
    terminating: one.terminating,
  })
  const observed: Observation = {
    services: [service('demo-http')],
    deployments: batches.map(({ desired }, index) =>
      deployment(`demo-${index + 1}`, { uid: `d-${index}`, replicas: desired, template: template('2') }),
    ),
    replicaSets: batches.flatMap((_, index) => [
      replicaSet(`new-${index}`, { uid: `new-${index}`, owner: `d-${index}`, template: template('2') }),
      replicaSet(`old-${index}`, { uid: `old-${index}`, owner: `d-${index}`, template: template('1') }),
    ]),
    pods: each.map(({ one, name, owner }) =>
      pod(name, { owner, ready: one.ready, deleting: one.terminating }),
    ),
    slices: [
      slice('demo-http', ...each.map(endpoint)),
      slice('demo-http', ...each.filter(({ one }) => one.twice).map(endpoint)),
    ],
  }
  const [set] = findBatchSets(observed)
  if (set === undefined) throw new Error('no Service')
  return set
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

test('shares and counts on the screen add up, whoever stands behind the Service', () => {
  fc.assert(
    fc.property(world, fc.boolean(), (parts, released) => {
      const set = setOf(parts)
      const release = released ? buildRelease(set) : undefined
      const view = pipelineView({
        connection: connectionId('c'),
        set,
        freshness: { kind: 'live' },
        lock: { kind: 'mine' },
        driving: released,
        now: 0,
        ...(release !== undefined && { release }),
      })
      const { ready, expected, others } = view.endpoints
      const served = view.batches.map((batch) => batch.servingNew + batch.servingOld)
      expect(sum(served) + others.ready).toBe(ready)
      expect(ready).toBeLessThanOrEqual(expected)
      expect(others.ready).toBeLessThanOrEqual(others.all)
      const really = [...parts.batches.flatMap(({ fresh, old }) => [...fresh, ...old]), ...parts.strangers]
      expect(ready).toBe(really.filter((one) => one.ready && !one.terminating).length)
      const fresh = sum(view.batches.map((batch) => batch.servingNew))
      if (view.newShare !== undefined) expect(view.newShare * Math.max(1, ready)).toBeCloseTo(fresh)
      const sample = curveSample(set, { release }, 0)
      expect([sample.ready, sample.share]).toEqual([ready, view.newShare ?? sample.share])
      const last = forecast({ batches: view.batches, others: others.ready }, {}).at(-1)
      const all = sum(view.batches.map((batch) => batch.desired)) + others.ready
      if (last !== undefined && all > 0) expect(last.share * all + others.ready).toBeCloseTo(all)
      const row = serviceRow(set, { release })
      expect(row.others).toBe(others.all)
      for (const { pods, fresh: own } of row.bar) expect(own).toBeLessThanOrEqual(pods)
    }),
  )
})
