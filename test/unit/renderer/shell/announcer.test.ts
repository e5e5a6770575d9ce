import { expect, test } from 'vitest'
import { announcementOf } from '../../../../renderer/shell/announcer.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

test('the first picture of a service is not announced: whoever opened it reads it', () => {
  expect(announcementOf(undefined, pipelineStates.failed())).toBeUndefined()
})

test('counts that rise are not announced, another batch is', () => {
  const before = pipelineStates.rolling()
  const more = { kind: 'release-rolling', batch: 2, updated: 12, desired: 16 } as const
  expect(announcementOf(before, { ...before, headline: more })).toBeUndefined()
  expect(announcementOf(before, { ...before, headline: { ...more, batch: 3 } })?.urgency).toBe('polite')
})

test.each(['failed', 'rolling-back', 'rolled-back'] as const)('%s interrupts', (state) => {
  expect(announcementOf(pipelineStates.rolling(), pipelineStates[state]())?.urgency).toBe('assertive')
})

test('waiting for an approval is said politely', () => {
  expect(announcementOf(pipelineStates.baking(), pipelineStates.canary())).toMatchObject({
    urgency: 'polite',
    sentence: { kind: 'release-approval' },
  })
})
