import { expect, test } from 'vitest'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { headlineLook, headlineText, lineUnder } from '../../../../renderer/shell/headline-text.ts'
import { sayEnglish } from '../../../../shared/words/sentences-en.ts'
import { now } from '../../../visual/batch-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const english = {
  words: words.en.shell,
  incident: words.en.incident,
  format: createFormat('en'),
  say: sayEnglish,
}

test('the line under the headline names release, starter and elapsed time', () => {
  expect(lineUnder(pipelineStates.canary(), now, english)).toBe(
    'Release 20190215093000, started 14:03 by li.wei@laptop, 4:10 so far',
  )
})

test('a way back and a restart are not called a change of sizes', () => {
  const canary = pipelineStates.canary()
  const line = (change: 'restore' | 'restart') => {
    if (canary.release === undefined) return ''
    const { tag: _tag, ...release } = canary.release
    return lineUnder({ ...canary, release: { ...release, change } }, now, english)
  }
  expect(line('restore')).toBe('Way back, started 14:03 by li.wei@laptop, 4:10 so far')
  expect(line('restart')).toBe('Restart, started 14:03 by li.wei@laptop, 4:10 so far')
})

test('an ended release says how long it took, and its clock stands still', () => {
  const line = lineUnder(pipelineStates.done(), now + 600_000, english)
  expect(line).toMatch(/, took 13:10$/)
})

test('while a batch bakes, the headline counts what is left', () => {
  const view = pipelineStates.baking()
  const english = { words: words.en.shell, format: createFormat('en'), say: sayEnglish }
  expect(headlineText(view, now + 2000, english)).toBe('Batch 1 is baking, 0:20 left')
})

test('while it is held, the line says since when, what does not start and who still serves', () => {
  expect(lineUnder(pipelineStates.failed(), now, english)).toBe(
    'The release is held since 14:05:48. Batch 3 will not start. 46 of 49 pods serve.',
  )
})

test('a foreign write is told with its time', () => {
  expect(lineUnder(pipelineStates.foreign(), now, english)).toMatch(
    /^That was at 14:06:56\. The release is held since 14:06:58\./,
  )
})

test('without a release it says what runs', () => {
  expect(lineUnder(pipelineStates.idle(), now, english)).toBe('All batches run 20190101191052.')
})

test.each([
  ['canary', 'hand'],
  ['baking', 'bake'],
  ['rolling', 'roll'],
  ['failed', 'fail'],
  ['rolling-back', 'back'],
  ['done', 'done'],
] as const)('%s has its own shape', (state, icon) => {
  expect(headlineLook(pipelineStates[state]()).icon).toBe(icon)
})
