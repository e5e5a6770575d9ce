import { expect, test } from 'vitest'
import type { Outlook } from '../../../../shared/release/outlook.ts'
import type { Remains } from '../../../../shared/release/remains.ts'
import type { Sentence } from '../../../../shared/release/sentence.ts'
import { say } from '../../../../shared/words/say.ts'
import { ranges } from '../../../../shared/words/sentence-words.ts'

function outlook(parts: Partial<Outlook> = {}): Outlook {
  const none = { scales: [], pauses: [], unpauses: [], returns: [], finishes: [], updates: [] }
  return { ...none, then: { kind: 'paused' }, ...parts }
}
const finishing = (batch: number): Outlook => outlook({ finishes: [batch] })
const then = (batch: number, pods: number) => ({ does: outlook({ updates: [batch] }), pods, tag: 'v2' })

function pause(it: { readonly current: number; readonly next?: number }): Sentence {
  return { kind: 'verb-pause', ...it, does: outlook(), pods: 0, tag: '' }
}

function left(parts: Partial<Remains>): Remains {
  const none = {
    new: [],
    old: [],
    returned: [],
    earlier: [],
    kept: [],
    unready: [],
    stuck: [],
    unsure: [],
    paused: [],
    scaled: [],
    unscaled: [],
  }
  return { ...none, ...parts }
}

test('runs of batches are named as ranges', () => {
  expect([ranges([]), ranges([2]), ranges([3, 1, 2, 5])]).toEqual(['', '2', '1–3, 5'])
})

test.each([
  [pause({ current: 2, next: 3 }), 'Batch 2 finishes. Batch 3 waits until you resume.'],
  [pause({ current: 4 }), 'Batch 4 finishes. The release stays open until you resume.'],
  [
    {
      kind: 'verb-stop',
      remains: left({ new: [1, 2], old: [3, 4] }),
      does: finishing(2),
      undo: true,
    } as const,
    "Ends the release: batches 1–2 keep the new version, batches 3–4 were not changed. Batch 2 finishes in the cluster. It can't be resumed; you can still roll back.",
  ],
  [
    { kind: 'verb-stop', remains: left({ old: [1] }), does: outlook(), undo: false } as const,
    "Ends the release: nothing was changed. It can't be resumed.",
  ],
  [
    { kind: 'verb-stop', remains: left({ new: [1] }), does: outlook(), undo: true, brief: true } as const,
    'Batch 1 keeps the new version.',
  ],
  [
    { kind: 'release-stopped', remains: left({ returned: [3, 4], new: [1, 2] }) } as const,
    'Stopped: batches 1–2 keep the new version, batches 3–4 were rolled back',
  ],
  [
    { kind: 'release-stopped', remains: left({ scaled: [2], unscaled: [3] }) } as const,
    'Stopped: batch 2 was scaled, batch 3 was not scaled',
  ],
  [
    { kind: 'verb-skip', batch: 2, begun: true, ...then(3, 16) } as const,
    'Batch 2 stays as it is now, with any failing pods, and is not counted as done. Then batch 3 starts (v2, 16 pods).',
  ],
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

test('whoever is not recorded has words in both languages, also where a journal says somebody', () => {
  const changed = { kind: 'release-foreign', batch: 2, manager: 'somebody', at: 1 } as const
  expect(say(changed, 'en')).toContain('an unrecorded client')
  expect(say(changed, 'zh')).toContain('未记录的客户端')
  const scaled = { kind: 'log', what: 'scaled', batch: 2, by: 'somebody', from: 1, to: 2 } as const
  expect(say(scaled, 'en')).not.toContain('somebody')
  expect(say({ ...scaled, by: 'kubectl' }, 'zh')).toContain('kubectl')
})
