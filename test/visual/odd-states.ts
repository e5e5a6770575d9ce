import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { OffSentence } from '../../shared/release/off-sentence.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { releaseId } from '../../shared/ids.ts'
import { now } from './batch-fixture.ts'
import { gate, outlook, releaseView, rollBack, verbs } from './release-fixture.ts'

const then = { does: outlook({ then: { kind: 'approval', batch: 2 } }), pods: 16, tag: '' }
const approveOff: OffSentence = { kind: 'off-held' }

/** A colleague has set another image on the batch that was to be next. */
export function foreignWrite(view: PipelineView): PipelineView {
  const held: Sentence = { kind: 'batch-held' }
  const batches = view.batches.map((batch): BatchView => {
    if (batch.number === 1) return batch
    const size = { kind: 'fixed', why: { kind: 'size-held' } } as const
    if (batch.number > 2) return { ...batch, sentence: held, size }
    return { ...batch, look: 'failing', to: '2.9.0-hotfix', sentence: held, size }
  })
  const release = releaseView({
    state: 'held',
    current: 1,
    since: now - 12_000,
    gates: [gate(1, { kind: 'passed' }, 1), gate(2, { kind: 'blocked' }), gate(3, { kind: 'next' })],
    verbs: [
      ...verbs({
        next: 3,
        pods: 16,
        shares: [0.02, 0.35],
        changed: [1],
        unchanged: [2, 3, 4],
        returned: 1,
        held: true,
        off: { approve: approveOff, pause: approveOff, 'push-all': approveOff, retry: approveOff },
      }),
      {
        verb: 'adopt',
        enabled: true,
        sentence: { kind: 'verb-adopt', batch: 2, manager: 'kubectl-set', as: 'start', ...then },
      },
      {
        verb: 'restore',
        enabled: true,
        sentence: { kind: 'verb-restore', batch: 2, manager: 'kubectl-set', as: 'revert', ...then },
      },
    ],
    rollBack: rollBack([1], [1, 16, 16, 16]),
  })
  const headline: Sentence = { kind: 'release-foreign', batch: 2, manager: 'kubectl-set', at: now - 14_000 }
  return { ...view, headline, batches, release }
}

/** The journal of the last release can't be read. */
export function unreadable(view: PipelineView): PipelineView {
  const journal = { version: '4711', newer: false, sentence: { kind: 'journal-unreadable' } } as const
  return { ...view, headline: journal.sentence, unreadable: journal }
}

/** What was chosen from the history is being brought back. */
export function goingBack(view: PipelineView): PipelineView {
  const { release } = view
  if (release === undefined) return view
  const { tag: _tag, image: _image, ...rest } = release
  return { ...view, release: { ...rest, id: releaseId('release-2'), change: 'restore' } }
}
