import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { decodeRelease, encodeRelease, journalLimit } from '../../../../electron/release/journal-codec.ts'
import { buildBatch, buildBatchSet } from '../../../support/build-batch.ts'
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
  const text = gzipSync(JSON.stringify({ schema: 2, anything: 'else' })).toString('base64')
  expect(decodeRelease(text)).toMatchObject({ ok: false, fault: { code: 'not-supported' } })
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
