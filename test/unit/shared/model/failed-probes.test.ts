import { expect, test } from 'vitest'
import { createFormat } from '../../../../renderer/i18n/format.ts'
import { words } from '../../../../renderer/i18n/words.ts'
import { watched } from '../../../../renderer/release/watching.tsx'
import type { ClusterEvent } from '../../../../shared/k8s/objects.ts'
import { readEvent } from '../../../../shared/k8s/read-others.ts'
import { failedProbes } from '../../../../shared/model/failed-probes.ts'
import { buildBatch } from '../../../support/build-batch.ts'
import { buildPod } from '../../../support/build-pod.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const start = Date.parse('2026-01-01T00:00:00Z')
function unhealthy(pod: string, count: number, seconds: number): ClusterEvent {
  const event = readEvent({
    metadata: { name: `${pod}.x`, uid: `e-${pod}` },
    involvedObject: { kind: 'Pod', name: pod, uid: pod },
    reason: 'Unhealthy',
    type: 'Warning',
    count,
    lastTimestamp: new Date(start + seconds * 1000).toISOString(),
  })
  if (event === undefined) throw new Error('no event')
  return event
}

const set = {
  batches: [buildBatch(1, { pods: [buildPod('a', { readySince: start + 10_000 }), buildPod('b')] })],
}

test('probes that failed after a pod had become ready are counted, those of its start are not', () => {
  expect(failedProbes(set, [unhealthy('a', 568, 60)])).toEqual({
    probes: 568,
    pods: 1,
    lastAt: start + 60_000,
  })
  expect(
    failedProbes(set, [unhealthy('a', 3, 5), unhealthy('b', 9, 60), unhealthy('gone', 9, 60)]),
  ).toBeUndefined()
})

test('while probes of ready pods fail, not all is called ok', () => {
  const view = { ...pipelineStates.rolling(), failedProbes: { probes: 568, pods: 2, lastAt: start } }
  for (const language of ['en', 'zh'] as const) {
    const lines = watched(view, words[language].release, createFormat(language))
    expect(lines.find((line) => line.text.includes('568'))?.ok).toBe(false)
  }
})
