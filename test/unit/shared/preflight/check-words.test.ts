import { expect, test } from 'vitest'
import type { CheckWhat } from '../../../../shared/preflight/check.ts'
import { checkEn } from '../../../../shared/preflight/check-words-en.ts'
import { checkZh } from '../../../../shared/preflight/check-words-zh.ts'
import { countChecks, sayCheck } from '../../../../shared/preflight/check-words.ts'

test.each<[CheckWhat, string, string]>([
  [
    { kind: 'permission', verb: 'patch', resource: 'deployments', name: 'demo-aone-4', batch: 4 },
    'You may not patch deployments demo-aone-4: the release would fail at batch 4',
    '没有权限 patch deployments demo-aone-4：发布会在第 4 批失败',
  ],
  [
    { kind: 'paused', batches: [3] },
    'The Deployment of batch 3 is paused: a change would never roll. Resume it first',
    '第 3 批的 Deployment 已暂停：修改不会生效，请先恢复',
  ],
  [
    { kind: 'reverted-by', manager: 'Argo CD (shop)', batches: [1, 2, 4] },
    'Argo CD (shop) keeps batches 1, 2 and 4 as it wants and may take the change back within minutes, in mid-release: change the image there, or suspend it first',
    'Argo CD (shop) 维持着第 1、2、4 批的内容，可能在几分钟内、发布途中撤销修改：请在那里改镜像，或先暂停它',
  ],
  [
    { kind: 'not-known', about: ['quotas', 'autoscalers'] },
    'Could not be read, so not known: room in the quotas and autoscalers',
    '无法读取，因此未知：配额余量、自动伸缩（HPA）',
  ],
])('%j names batch, object and consequence in both languages', (what, english, chinese) => {
  expect(sayCheck(checkEn, what)).toBe(english)
  expect(sayCheck(checkZh, what)).toBe(chinese)
})

test('counts name what stops first, and leave out what there is none of', () => {
  const counts = countChecks([
    { level: 'ok', what: { kind: 'probes-ok' } },
    { level: 'blocker', what: { kind: 'stale', rights: [] } },
    { level: 'info', what: { kind: 'foreign-pods', pods: 2 } },
  ])
  expect(checkEn.counts(counts)).toBe('1 blocker, 1 note, 1 ok')
  expect(checkZh.counts(counts)).toBe('1 项阻断，1 项提示，1 项通过')
})
