import { expect, test } from 'vitest'
import { say } from '../../../../shared/release/say.ts'
import { ranges } from '../../../../shared/release/sentence-words.ts'

test('runs of batches are named as ranges', () => {
  expect([ranges([]), ranges([2]), ranges([3, 1, 2, 5])]).toEqual(['', '2', '1–3, 5'])
})

test.each([
  [{ kind: 'verb-pause', current: 2, next: 3 } as const, "Batch 2 finishes; batch 3 can't start."],
  [{ kind: 'verb-pause' } as const, 'No further batch starts.'],
  [
    { kind: 'verb-stop', changed: [1, 2], unchanged: [3, 4] } as const,
    'Ends it: batches 1–2 stay new, 3–4 old.',
  ],
  [{ kind: 'verb-stop', changed: [], unchanged: [1] } as const, 'Ends it: nothing was changed.'],
  [
    { kind: 'verb-roll-back', batches: [1, 2], tag: '20190101191052', pods: 17 } as const,
    'Batches 1–2 to 20190101191052: 17 pods.',
  ],
  [
    { kind: 'release-failing', batch: 1, pods: 1, reason: 'ImagePullBackOff' } as const,
    'Batch 1 is failing: ImagePullBackOff on 1 pod',
  ],
])('%o is said in plain English', (sentence, words) => {
  expect(say(sentence, 'en')).toBe(words)
})

test('the same is said in Chinese', () => {
  expect(say({ kind: 'release-approval', done: 1, next: 2 }, 'zh')).toBe('第 1 批已完成，第 2 批等你批准。')
})
