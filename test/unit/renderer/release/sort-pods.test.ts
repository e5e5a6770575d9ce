import { expect, test } from 'vitest'
import { filterPods, sortPods } from '../../../../renderer/release/sort-pods.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'
import { podsView } from '../../../visual/pods-state.ts'

const { pods } = podsView(pipelineStates.failed())
const stateWords = words.en.release.podState

test('failing pods stand first', () => {
  expect(
    sortPods(pods)
      .slice(0, 4)
      .map((pod) => pod.state),
  ).toEqual(['failing', 'failing', 'failing', 'new'])
})

test('the order does not depend on the order in which pods arrive', () => {
  expect(sortPods(pods.toReversed())).toEqual(sortPods(pods))
})

test('the filter finds a pod by its name, its node, its reason and its state word', () => {
  expect(filterPods(pods, 'imagepull', stateWords)).toHaveLength(3)
  expect(filterPods(pods, 'FAILING', stateWords)).toHaveLength(3)
  expect(filterPods(pods, 'aone-1', stateWords)).toHaveLength(1)
  expect(filterPods(pods, '  ', stateWords)).toHaveLength(pods.length)
})
