import { expect, test } from 'vitest'
import { wantedOpen } from '../../../../renderer/pipeline/wanted-open.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const { batches, release } = pipelineStates.twelve()
const two = (current: number | undefined, clicked: readonly string[] = []) =>
  [...new Set(wantedOpen(batches, current, clicked))].slice(0, 2)

test('the batch in progress and the next one come first', () => {
  expect(two(release?.current)).toEqual([6, 7])
})

test('at the last batch the one before it stays open, too', () => {
  expect(two(11)).toEqual([10, 11])
})

test('before a release it is the canary and the second', () => {
  expect(two(undefined)).toEqual([0, 1])
})

test('a batch that was clicked comes before all others', () => {
  expect(two(6, ['uid-batch-10'])).toEqual([9, 6])
})

test('a failing batch is never folded away for its neighbours', () => {
  const failing = batches.map((batch, index) =>
    index === 2 ? { ...batch, look: 'failing' as const } : batch,
  )
  expect(wantedOpen(failing, 6, []).slice(0, 2)).toEqual([2, 6])
})
