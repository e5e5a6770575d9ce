import { expect, test } from 'vitest'
import { forecastRows } from '../../../../renderer/draft/forecast-rows.ts'
import { uid } from '../../../../shared/ids.ts'
import { forecast } from '../../../../shared/view/sizes.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

function rowsFor(view: ReturnType<(typeof pipelineStates)['canary']>) {
  return view.batches.map((batch) => ({ afterBatch: batch.number, newPods: 0, share: 0, peakPods: 0 }))
}

test('done and running batches are marked, those to come are not', () => {
  const view = pipelineStates.rolling()
  const lines = forecastRows({ ...view, left: {} }, rowsFor(view), true)
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
    forecastRows({ ...view, left: {} }, rowsFor(view), false).every(
      (line) => line.kind === 'row' && line.progress === 'to-come',
    ),
  ).toBe(true)
})

test('twelve batches fold: the rows around the running one, how many are hidden, and the last', () => {
  const view = pipelineStates.twelve()
  const lines = forecastRows({ ...view, left: {} }, rowsFor(view), true)
  expect(
    lines.map((line) =>
      line.kind === 'row' ? line.row.afterBatch : line.kind === 'more' ? `+${String(line.count)}` : line.kind,
    ),
  ).toEqual([6, 7, 8, 9, '+2', 12])
})

test('a batch that is left out stands in its place without figures, and its pods count as old to the end', () => {
  const { batches } = pipelineStates.idle()
  const left = { [uid('uid-batch-2')]: 0 }
  const rows = forecast({ batches, others: 0 }, {}, left)
  expect(forecastRows({ batches, left }, rows, false).map((line) => line.kind)).toEqual([
    'row',
    'left-out',
    'row',
    'row',
  ])
  expect(rows.map((row) => row.newPods)).toEqual([1, 17, 33])
  expect(rows.at(-1)?.share).toBeCloseTo(33 / 49)
})
