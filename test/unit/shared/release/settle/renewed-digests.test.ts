import { expect, test } from 'vitest'
import { earlierTemplateDigest } from '../../../../../shared/k8s/earlier-template-digest.ts'
import { hasTemplate, templateDigest } from '../../../../../shared/k8s/template-digest.ts'
import { decide } from '../../../../../shared/release/decide.ts'
import type { BatchPhase, Release } from '../../../../../shared/release/release.ts'
import { withRenewedDigests } from '../../../../../shared/release/settle/renewed-digests.ts'
import {
  buildBatch,
  buildBatchSet,
  buildTemplate,
  newImage,
  oldImage,
} from '../../../../support/build-batch.ts'
import { buildRelease } from '../../../../support/build-release.ts'

const set = buildBatchSet([buildBatch(1), buildBatch(2)])
const [before, after] = [buildTemplate(oldImage), buildTemplate(newImage)]
const done = { kind: 'done', at: 1, generation: 1, rolledSince: 1, pods: 1 } as const

/** As a build of before this rule has written it. */
function earlier(release: Release, phase: BatchPhase): Release {
  const digest = earlierTemplateDigest(before)
  return {
    ...release,
    batches: release.batches.map((own) => ({
      ...own,
      baseline: { ...own.baseline, templateDigest: digest },
      startsFrom: digest,
      phase,
    })),
  }
}

test('the digests of an earlier build become those of this one, wherever their templates are known', () => {
  const read = withRenewedDigests(
    earlier(buildRelease(set), { ...done, digest: earlierTemplateDigest(after) }),
  )
  const [first] = read.batches
  expect(first?.baseline.templateDigest).toBe(templateDigest(before))
  expect(first?.startsFrom).toBe(templateDigest(before))
  expect(first?.phase).toEqual({ ...done, digest: templateDigest(after) })
  expect(withRenewedDigests(read)).toBe(read)
})

test.each<[string, BatchPhase, string]>([
  ['returned', { kind: 'returned', at: 1, digest: earlierTemplateDigest(before) }, templateDigest(before)],
  ['baking', { ...done, kind: 'baking', since: 1, restartsBefore: 0, digest: 'w' }, 'w'],
])('a batch that is %s keeps what nobody has a template of', (_, phase, digest) => {
  const [first] = withRenewedDigests(earlier(buildRelease(set), phase)).batches
  expect(first?.phase).toEqual({ ...phase, digest })
})

test('a release of an earlier build goes on where a webhook had added to what was sent', () => {
  const injected = buildTemplate(newImage, { env: [{ name: 'INJECTED', value: '1' }] })
  const release = earlier(buildRelease(set), { ...done, digest: earlierTemplateDigest(injected) })
  const batches = [1, 2].map((number) => buildBatch(number, { template: injected, image: newImage }))
  const observed = { batches, service: true, freshness: { kind: 'live' } } as const
  const { release: next } = decide(withRenewedDigests(release), observed, 2000)
  expect(next.state).toMatchObject({ kind: 'ended', outcome: 'done' })
  const foreign = [buildBatch(1, { image: 'registry.example/other:1' }), ...batches.slice(1)]
  const { release: held } = decide(withRenewedDigests(release), { ...observed, batches: foreign }, 2000)
  expect(held.state).toMatchObject({ kind: 'held', hold: { kind: 'foreign' } })
})

test('two templates that an earlier build could not tell apart are told apart by their place', () => {
  const empty = { ...buildTemplate(oldImage), spec: { ...(before['spec'] as object), affinity: {} } }
  expect(earlierTemplateDigest(empty)).toBe(earlierTemplateDigest(before))
  const target = { template: empty, digest: earlierTemplateDigest(empty) }
  const release = buildRelease(set, {
    change: { kind: 'restore' },
    targets: new Map(set.batches.map((batch) => [batch.uid, target])),
  })
  const returned = { kind: 'returned', at: 1, digest: earlierTemplateDigest(empty) } as const
  const [own] = withRenewedDigests(earlier(release, returned)).batches
  expect(own?.phase).toMatchObject({ digest: templateDigest(empty) })
  expect(own?.startsFrom).toBe(templateDigest(before))
  expect(hasTemplate(buildBatch(1, { template: empty }), own?.target?.digest)).toBe(true)
})
