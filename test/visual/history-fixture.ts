import type { BatchHistory, HistoryView, PastRelease, Revision } from '../../shared/history/history-view.ts'
import { uid } from '../../shared/ids.ts'
import { newTag, now, oldTag, repository } from './batch-fixture.ts'
import { remains } from './release-fixture.ts'

const hour = 3_600_000
const olderTag = '20181203114210'

/** The newest one that batch 2 can go back to. */
export const newestRevision = { batch: uid('uid-batch-2'), digest: 'digest-new' } as const

/** A release, its roll back, a write by kubectl on one batch, and a Deployment whose past is cut off. */
export function historyView(): HistoryView {
  return {
    batches: [1, 2, 3, 4].map(batch),
    releases: [
      release({
        id: 'release-3',
        startedAt: now - 2 * hour,
        endedAt: now - 2 * hour + 620_000,
        outcome: 'rolled-back',
        ending: {
          kind: 'release-rolled-back',
          back: [{ tag: oldTag, batches: [1, 2, 3, 4] }],
          remains: remains({ returned: [1, 2, 3, 4] }),
        },
        images: [{ container: 'app', image: `${repository}:${newTag}` }],
      }),
      release({
        id: 'release-2',
        startedBy: 'wang.fang@ops-laptop-7',
        startedAt: now - 30 * hour,
        endedAt: now - 30 * hour + 900_000,
        outcome: 'done',
        change: 'restart',
        images: [],
      }),
      release({
        id: 'release-1',
        startedAt: now - 300 * hour,
        endedAt: now - 299 * hour,
        outcome: 'done',
        images: [{ container: 'app', image: `${repository}:${oldTag}` }],
      }),
    ],
    missing: [{ kind: 'history-local' }],
  }
}

function templates(digest: string): PastRelease['before'] {
  return [1, 2, 3, 4].map((number) => ({
    batch: uid(`uid-batch-${String(number)}`),
    name: `demo-aone-${String(number)}`,
    digest,
  }))
}

function release(given: Partial<PastRelease> & Pick<PastRelease, 'id' | 'startedAt'>): PastRelease {
  const { startedAt } = given
  return {
    startedBy: 'li@laptop',
    change: 'image',
    images: [],
    batches: [1, 2, 3, 4],
    before: templates('digest-older'),
    after: templates('digest-old'),
    log: [
      { at: startedAt, sentence: { kind: 'log', what: 'started', by: 'li@laptop' } },
      { at: startedAt + 2_000, sentence: { kind: 'log', what: 'batch-started', batch: 1 } },
      { at: startedAt + 90_000, sentence: { kind: 'log', what: 'batch-done', batch: 1 } },
    ],
    ...given,
  }
}

function batch(number: number): BatchHistory {
  const revisions = [
    revision({
      digest: 'digest-old',
      tag: oldTag,
      revision: 4,
      since: now - 2 * hour + 600_000,
      current: true,
    }),
    revision({
      digest: 'digest-new',
      tag: newTag,
      revision: 3,
      since: now - 2 * hour + 5_000,
      cause: `tranche: release release-3 sets ${repository}:${newTag}`,
    }),
    revision({
      digest: 'digest-older',
      tag: olderTag,
      revision: 1,
      since: now - 800 * hour,
      known: 'by',
      source: { kind: 'release', release: 'release-1' },
    }),
  ]
  return {
    batch: uid(`uid-batch-${String(number)}`),
    name: `demo-aone-${String(number)}`,
    number,
    digest: 'digest-old',
    revisions: number === 4 ? revisions.slice(0, 1) : revisions,
    timeline:
      number === 4
        ? [{ revision: 4, digest: 'digest-old', at: now - 600_000, known: 'exactly' }]
        : [
            { revision: 3, digest: 'digest-new', at: now - 2 * hour + 5_000, known: 'exactly' },
            { revision: 4, digest: 'digest-old', at: now - 2 * hour + 600_000 * number, known: 'exactly' },
          ],
  }
}

function revision({
  tag,
  ...given
}: Partial<Revision> & Pick<Revision, 'digest' | 'revision' | 'since'> & { readonly tag: string }): Revision {
  return {
    source: { kind: 'replica-set', name: 'demo-aone-5f7b9d6c4' },
    images: [{ container: 'app', image: `${repository}:${tag}` }],
    cause: '',
    content: given.digest,
    known: 'exactly',
    current: false,
    ...given,
  }
}
