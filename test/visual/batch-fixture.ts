import type { PodLetters } from '../../shared/view/batch-view.ts'
import type { BatchAppearance } from '../../shared/view/batch-view.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { uid } from '../../shared/ids.ts'

export const oldTag = '20190101191052'
export const newTag = '20190215093000'
export const repository = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'
/** 14:07:10 local time, so that pictures do not change from day to day. */
export const now = new Date(2026, 10, 24, 14, 7, 10).getTime()

export type PodCounts = {
  readonly fresh?: number
  readonly starting?: number
  readonly failing?: number
  readonly old?: number
  readonly ending?: number
}

export function letters(counts: PodCounts): PodLetters {
  const { fresh = 0, starting = 0, failing = 0, old = 0, ending = 0 } = counts
  return 'n'.repeat(fresh) + 's'.repeat(starting) + 'f'.repeat(failing) + 'o'.repeat(old) + 'e'.repeat(ending)
}

type BatchFixture = {
  readonly number: number
  readonly desired: number
  readonly pods: PodCounts
  readonly look: BatchAppearance
  readonly sentence: Sentence
  readonly extra?: Partial<BatchView>
}

/** A batch as the model would make it of these pods. */
export function batchView({ number, desired, pods, look, sentence, extra }: BatchFixture): BatchView {
  const { fresh = 0, starting = 0, failing = 0, old = 0, ending = 0 } = pods
  const changed = fresh + starting + failing > 0 && look !== 'idle'
  return {
    uid: uid(`uid-batch-${String(number)}`),
    name: `demo-aone-${String(number)}`,
    number,
    digest: changed ? 'digest-new' : 'digest-old',
    canary: number === 1,
    look,
    ...(changed && look !== 'returning' && { isNew: true }),
    sentence,
    desired,
    updated: fresh + starting + failing,
    ready: fresh + old,
    available: fresh + old,
    old,
    terminating: ending,
    servingNew: fresh,
    servingOld: old,
    restarts: 0,
    pods: letters(pods),
    images: [{ container: 'app', image: `${repository}:${changed ? newTag : oldTag}`, init: false }],
    surge: Math.ceil(desired / 4),
    unavailable: Math.floor(desired / 4),
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    size: { kind: 'free' },
    ...extra,
  }
}

export const tags = { from: oldTag, to: newTag } as const

/** A batch that a release has not reached yet. */
export function waiting(number: number, desired: number, sentence: Sentence): BatchView {
  return batchView({ number, desired, pods: { old: desired }, look: 'waiting', sentence, extra: tags })
}

export function done(number: number, desired: number): BatchView {
  return batchView({
    number,
    desired,
    pods: { fresh: desired },
    look: 'done',
    sentence: { kind: 'batch-done', updated: desired, desired },
    extra: {
      ...tags,
      size: { kind: 'fixed', why: { kind: 'size-updated' } },
      startedAt: now - 250_000,
      readyAt: now - 178_000,
      doneAt: now - 148_000,
    },
  })
}
