import { expect, test } from 'vitest'
import { chosenBatches } from '../../../../../electron/cli/arguments/chosen-batches.ts'
import type { Ending } from '../../../../../electron/cli/session/ending.ts'
import type { UsageProblem } from '../../../../../electron/cli/arguments/usage-problem.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { pipelineView } from '../../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet } from '../../../../support/build-batch.ts'

const viewOf = (...names: readonly string[]) =>
  pipelineView({
    connection: connectionId('c'),
    set: buildBatchSet(names.map((name, index) => buildBatch(index + 1, { name }))),
    freshness: { kind: 'live' },
    lock: { kind: 'free' },
    driving: false,
    now: 0,
  })
const problemOf = (ending: Ending): UsageProblem | string =>
  ending.kind === 'usage' ? ending.problem : ending.kind
const chosen = (names: readonly string[], words: readonly string[]) => {
  const found = chosenBatches(viewOf(...names), words)
  return found.ok ? found.value.map((batch) => batch.name) : problemOf(found.ending)
}

test('a Deployment whose name looks like a number or a range is found by its name', () => {
  expect(chosen(['web', '2048', '1-2'], ['2048'])).toEqual(['2048'])
  expect(chosen(['web', '0x10', '1e3', '007'], ['0x10', '1e3', '007'])).toEqual(['0x10', '1e3', '007'])
})

test('a word that is the name of one batch and the number of another is asked about', () => {
  expect(chosen(['web', 'api', '1'], ['1'])).toEqual({
    kind: 'which-batch',
    word: '1',
    names: ['deployment/1', 'deployment/web'],
  })
  expect(chosen(['web', 'api', '1-2'], ['1-2'])).toMatchObject({ kind: 'which-batch', word: '1-2' })
})

test('what was asked about is chosen by the words that were offered', () => {
  expect(chosen(['web', 'api', '1'], ['deployment/1'])).toEqual(['1'])
  expect(chosen(['web', 'api', '1'], ['deployment/web'])).toEqual(['web'])
  expect(chosen(['web', 'api'], ['deploy/api'])).toEqual(['api'])
})

test('a name that is also its own number needs no question', () => {
  expect(chosen(['1', '2', '3'], ['2'])).toEqual(['2'])
})

test('numbers and ranges are as before, each batch once', () => {
  expect(chosen(['a', 'b', 'c', 'd'], ['2-3', '3', '4'])).toEqual(['b', 'c', 'd'])
  expect(chosen(['a', 'b'], ['3'])).toMatchObject({ kind: 'no-such-batch', word: '3' })
})
