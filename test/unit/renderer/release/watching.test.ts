import { expect, test } from 'vitest'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { leastServing, rollBackSeconds } from '../../../../renderer/release/roll-back-facts.ts'
import { watched } from '../../../../renderer/release/watching.tsx'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const lines = (state: 'rolling' | 'failed') =>
  watched(pipelineStates[state](), words.en.release, createFormat('en'))

test('while a batch rolls it may be short of its maxUnavailable, and nothing is wrong', () => {
  expect(lines('rolling')).toEqual([
    { ok: true, text: 'No restarts since 14:03' },
    { ok: true, text: '45 of 49 serve; at least 45 expected' },
    { ok: true, text: 'New pods become ready in 31 s' },
    { ok: true, text: '4 pods are ending' },
  ])
})

test('fewer pods than that, or restarts, are to be looked at', () => {
  const rolling = pipelineStates.rolling()
  const view = { ...rolling, restarts: 2, endpoints: { ...rolling.endpoints, ready: 44 } }
  const wrong = watched(view, words.en.release, createFormat('en')).filter(({ ok }) => !ok)
  expect(wrong.map(({ text }) => text)).toEqual([
    '2 restarts of new pods',
    '44 of 49 serve; at least 45 expected',
  ])
})

test('a Deployment that may be short of more pods than it has is short of no other batch’s', () => {
  const rolling = pipelineStates.rolling()
  const batches = rolling.batches.map((batch) =>
    batch.look === 'rolling' ? { ...batch, unavailable: 300 } : batch,
  )
  const texts = watched({ ...rolling, batches }, words.en.release, createFormat('en')).map(({ text }) => text)
  expect(texts).toContain('45 of 49 serve; at least 33 expected')
})

test('a roll back says how many pods keep serving and how long it takes, at once or one after the other', () => {
  const view = pipelineStates.failed()
  const preview = view.release?.rollBack
  if (preview === undefined) throw new Error('nothing to roll back')
  // Batch 1 keeps its one pod, batch 2 of 16 may lose 4 and has 13, the others keep 32.
  expect(leastServing(view, preview)).toBe(1 + 12 + 32)
  expect(rollBackSeconds(view, preview, 'at-once')).toBe(144)
  expect(rollBackSeconds(view, preview, 'batch-by-batch')).toBe(72 + 144)
})
