import { expect, test } from 'vitest'
import { lastEventOf, logOf } from '../../../../renderer/release/failure-facts.ts'

test.each([
  ['ImagePullBackOff', 'none'],
  ['Unschedulable', 'none'],
  ['CrashLoopBackOff', 'previous'],
  ['OOMKilled', 'previous'],
  ['Error', 'current'],
  ['Unready', 'current'],
])('a pod that fails with %s is explained by this log: %s', (reason, log) => {
  expect(logOf(reason)).toBe(log)
})

test('the last event is the newest one about that very pod', () => {
  const event = { type: 'Warning', message: '', count: 1 }
  const events = [
    { ...event, at: 1, reason: 'Pulling', object: 'Pod shop-1-abc' },
    { ...event, at: 3, reason: 'BackOff', object: 'Pod shop-1-abc' },
    { ...event, at: 9, reason: 'Killing', object: 'Pod shop-1-abcd' },
  ]
  expect(lastEventOf(events, 'shop-1-abc')?.reason).toBe('BackOff')
  expect(lastEventOf(events, 'shop-2-x')).toBeUndefined()
})
