import { expect, test } from 'vitest'
import { firstOrder } from '../../../../renderer/stores/pod-order.ts'
import { filterPods, nextOrder, sortPods } from '../../../../renderer/panel/sort-pods.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'
import { podsView } from '../../../visual/pods-state.ts'

const { pods } = podsView(pipelineStates.failed())
const stateWords = words.en.pipeline.podState

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

test('rows go by the column that was pressed, and the other way round at the second press', () => {
  const byAge = nextOrder(firstOrder, 'age')
  const ages = sortPods(pods, byAge).map((pod) => pod.createdAt)
  expect(ages).toEqual(ages.toSorted((a, b) => b - a))
  expect(sortPods(pods, nextOrder(byAge, 'age')).map((pod) => pod.createdAt)).toEqual(ages.toReversed())
  const batches = sortPods(pods, nextOrder(byAge, 'batch')).map((pod) => pod.batch)
  expect(batches).toEqual(batches.toSorted((a, b) => a - b))
})

test('an old pod is found by the version that it runs, not by that of its batch', () => {
  const found = filterPods(pods, '20190101191052', stateWords)
  expect(found.length).toBeGreaterThan(0)
  expect(found.every((pod) => pod.kind === 'old')).toBe(true)
})
