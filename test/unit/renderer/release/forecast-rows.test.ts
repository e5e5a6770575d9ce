import { expect, test } from 'vitest'
import { forecastRows } from '../../../../renderer/release/forecast-rows.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

function rowsFor(view: ReturnType<(typeof pipelineStates)['canary']>) {
  return view.batches.map((batch) => ({ afterBatch: batch.number, newPods: 0, share: 0, peakPods: 0 }))
}

test('done and running batches are marked, those to come are not', () => {
  const view = pipelineStates.rolling()
  const lines = forecastRows(view, rowsFor(view), true)
  expect(lines.map((line) => (line.kind === 'row' ? line.progress : line.kind))).toEqual([
    'done',
    'now',
    'to-come',
    'to-come',
  ])
})

test('before a release nothing is marked', () => {
  const view = pipelineStates.done()
  expect(
    forecastRows(view, rowsFor(view), false).every(
      (line) => line.kind === 'row' && line.progress === 'to-come',
    ),
  ).toBe(true)
})

test('twelve batches fold: the rows around the running one, how many are hidden, and the last', () => {
  const view = pipelineStates.twelve()
  const lines = forecastRows(view, rowsFor(view), true)
  expect(lines.map((line) => (line.kind === 'row' ? line.row.afterBatch : `+${String(line.count)}`))).toEqual(
    [6, 7, 8, 9, '+2', 12],
  )
})
