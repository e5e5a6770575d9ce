import { expect, test } from 'vitest'
import { createEventCorrelator } from '../../../../../electron/training/controllers/event-correlator.ts'
import type { Occurrence } from '../../../../../electron/training/controllers/event-correlator.ts'

const minute = 60_000

function created(name: string, reason = 'SuccessfulCreate'): Occurrence {
  return { type: 'Normal', reason, message: `Created pod: ${name}`, component: 'replicaset-controller' }
}

test('the same event again is counted up, not told anew', () => {
  const { correlate } = createEventCorrelator()
  const keys = [0, 1].map((now) => correlate('set', created('a'), now))
  expect(keys.map((one) => (one.kind === 'told' ? [one.key, one.count] : undefined))).toEqual([
    [keys[0]?.kind === 'told' ? keys[0].key : '', 1],
    [keys[0]?.kind === 'told' ? keys[0].key : '', 2],
  ])
})

test('events are told one by one again when ten minutes have passed since the last', () => {
  const { correlate } = createEventCorrelator()
  for (let number = 0; number < 12; number += 1) correlate('set', created(`pod-${number}`), number)
  const soon = correlate('set', created('soon'), 9 * minute)
  expect(soon).toMatchObject({ message: '(combined from similar events): Created pod: soon' })
  expect(correlate('set', created('late'), 20 * minute)).toMatchObject({ message: 'Created pod: late' })
})

test('a source tells 25 events of one object at once, then one in five minutes; other objects are not meant', () => {
  const { correlate } = createEventCorrelator()
  const kinds = Array.from(
    { length: 30 },
    (_, number) => correlate('set', created('a', `Reason${number}`), 0).kind,
  )
  expect(kinds).toEqual([...Array<string>(25).fill('told'), ...Array<string>(5).fill('dropped')])
  expect(correlate('other', created('a'), 0).kind).toBe('told')
  expect(correlate('set', created('a', 'Later'), 4 * minute).kind).toBe('dropped')
  expect(correlate('set', created('a', 'Later'), 6 * minute).kind).toBe('told')
})
