import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import {
  decodeRelease,
  encodeRelease,
  journalLimit,
  tooLarge,
} from '../../../../electron/release/journal-codec.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'

const release = buildRelease(buildBatchSet([buildBatch(1), buildBatch(2)]))

test('a release comes back from its journal as it was, baselines with whole templates included', () => {
  const text = encodeRelease(release)
  expect(text.ok && decodeRelease(text.value)).toEqual({ ok: true, value: release })
})

test.each([
  ['no base64', '%%%'],
  ['no gzip', Buffer.from('{}').toString('base64')],
  ['cut in the middle', gzipSync(JSON.stringify(release)).subarray(0, 60).toString('base64')],
  ['of an old schema', gzipSync(JSON.stringify({ ...release, schema: 0 })).toString('base64')],
  [
    'with a state nobody knows',
    gzipSync(JSON.stringify({ ...release, state: { kind: 'odd' } })).toString('base64'),
  ],
])('a journal that is %s is refused, never guessed at', (_name, text) => {
  expect(decodeRelease(text)).toMatchObject({ ok: false, fault: { code: 'bad-answer' } })
})

test('a journal of a newer Tranche is told apart from a broken one', () => {
  const text = gzipSync(JSON.stringify({ schema: 3, anything: 'else' })).toString('base64')
  expect(decodeRelease(text)).toMatchObject({ ok: false, fault: { code: 'not-supported' } })
})

test('a journal of a build in which all batches had one image is read as one in which each has its own', () => {
  const images = { 'demo-aone': newImage }
  const earlier = {
    ...release,
    schema: 1,
    change: { kind: 'image', images },
    batches: release.batches.map(({ images: _own, ...own }) => own),
  }
  const text = gzipSync(JSON.stringify(earlier)).toString('base64')
  expect(decodeRelease(text)).toEqual({ ok: true, value: release })
})

test('what a batch of an earlier journal has not got is not asked of it', () => {
  const images = { 'demo-aone': newImage, migrate: newImage }
  const earlier = { ...release, schema: 1, change: { kind: 'image', images } }
  const read = decodeRelease(gzipSync(JSON.stringify(earlier)).toString('base64'))
  expect(read.ok ? read.value.batches.map((own) => own.images) : read).toEqual(
    release.batches.map(() => [{ container: 'demo-aone', image: newImage }]),
  )
})

const packed = (journal: unknown): string => gzipSync(JSON.stringify(journal)).toString('base64')
const inPhase = (phase: unknown): unknown => ({
  ...release,
  batches: release.batches.map((own) => ({ ...own, phase })),
})
const patched = { generation: 7, digest: 'd' }
const forgives = { reason: 'CrashLoopBackOff', pods: ['p'], until: 900 }
const rolling = { kind: 'rolling', ...patched, since: 1, highWater: 2, progressAt: 3, restartsBefore: 0 }
const phases: readonly { readonly needed: object; readonly optional: object }[] = [
  { needed: { kind: 'waiting' }, optional: {} },
  {
    needed: { kind: 'patching', attempt: 1, since: 1 },
    optional: { retryAt: 1, deadlineBefore: 1, over: 'd' },
  },
  { needed: rolling, optional: { deadlineBefore: 1, deadlineTold: true, failBy: 2, forgives } },
  {
    needed: { kind: 'baking', ...patched, since: 1, rolledSince: 1, restartsBefore: 0 },
    optional: { failBy: 2 },
  },
  { needed: { kind: 'done', ...patched, at: 1, rolledSince: 1, pods: 3 }, optional: { sickSince: 1 } },
  { needed: { kind: 'skipped', touched: true }, optional: {} },
  { needed: { kind: 'returning', attempt: 1, since: 1 }, optional: { retryAt: 1, over: ['d'] } },
  { needed: { kind: 'rolling-back', since: 1, generation: 1 }, optional: { digest: 'd' } },
  { needed: { kind: 'returned', at: 1 }, optional: { digest: 'd' } },
  { needed: { kind: 'stuck', why: { kind: 'gone' }, at: 1 }, optional: {} },
]

test('a journal of an earlier build is read without each field that it may lack, and refused without any other', () => {
  for (const { needed, optional } of phases) {
    const whole = { ...needed, ...optional }
    expect(decodeRelease(packed(inPhase(whole)))).toEqual({ ok: true, value: inPhase(whole) })
    for (const field of Object.keys(whole)) {
      const without = inPhase(Object.fromEntries(Object.entries(whole).filter(([name]) => name !== field)))
      const read = decodeRelease(packed(without))
      if (field in optional) expect(read, field).toEqual({ ok: true, value: without })
      else expect(read, field).toMatchObject({ ok: false, fault: { code: 'bad-answer' } })
    }
  }
})

test('a journal in mid-retry that does not say which pods are forgiven forgives none of them', () => {
  const { reason, until } = forgives
  const read = decodeRelease(packed(inPhase({ ...rolling, forgives: { reason, until } })))
  expect(read.ok && read.value.batches[0]?.phase).toMatchObject({ forgives: { reason, pods: [], until } })
})

test('twelve batches with realistic templates stay far below what annotations may take', () => {
  const env = Array.from({ length: 60 }, (_, index) => ({
    name: `SETTING_${index}`,
    value: `value-${index * 7919}`,
  }))
  const template = { spec: { containers: [{ name: 'demo-aone', image: 'a:1', env }] } }
  const batches = Array.from({ length: 12 }, (_, index) => buildBatch(index + 1, { template }))
  const text = encodeRelease(buildRelease(buildBatchSet(batches)))
  expect(text.ok && text.value.length).toBeLessThan(journalLimit / 4)
})

test('a release that may begin fits to its end: what is written into its record as it runs does not outgrow the Lease', () => {
  const started = buildRelease(buildBatchSet([1, 2, 3, 4].map((number) => buildBatch(number))))
  // Templates as large as may begin, and as hard to pack as texts get.
  const filler = (bytes: number): string => randomBytes(bytes).toString('base64')
  const [first, ...others] = started.batches
  if (first === undefined) throw new Error('no batch')
  let large: Release = started
  for (let bytes = 100_000; ; bytes += 1_000) {
    const template = { ...first.baseline.template, filler: filler(bytes) }
    const next = { ...started, batches: [{ ...first, baseline: { ...first.baseline, template } }, ...others] }
    if (tooLarge(next) !== undefined) break
    large = next
  }
  const message = filler(700).slice(0, 900)
  const grown: Release = {
    ...large,
    batches: large.batches.map((own) => ({
      ...own,
      phase: { kind: 'patching', attempt: 63, since: 1, retryAt: 2, tried: { count: 62, since: 1, message } },
    })),
    log: Array.from({ length: 200 }, (_, at) => ({
      at: at * 7_919_993,
      what: 'held',
      batch: first.uid,
      by: 'somebody@a-laptop',
      hold: { kind: 'deadline', batch: first.uid },
    })),
  }
  expect(tooLarge(grown, journalLimit)).toBeUndefined()
  expect(encodeRelease(grown).ok).toBe(true)
})
