import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { Sentence } from '../../shared/release/sentence.ts'

/** At least so long between two polite announcements: a rolling batch changes its sentence many times a second. */
export const politePauseMs = 5000

export type Announcement = { readonly urgency: 'polite' | 'assertive'; readonly sentence: Sentence }

/** What a listener has to hear when one picture follows another; nothing when the state has not changed in kind. */
export function announcementOf(
  before: PipelineView | undefined,
  after: PipelineView,
): Announcement | undefined {
  // The first picture of a Service is read by whoever opened it; only changes are announced.
  if (before?.service.uid !== after.service.uid) return undefined
  if (sameSentence(before.headline, after.headline)) return undefined
  return { urgency: urgencyOf(after.headline), sentence: after.headline }
}

/** The words changed, not only the counts in them: those can be asked for on the cards. */
function sameSentence(a: Sentence, b: Sentence): boolean {
  if (a.kind !== b.kind) return false
  return a.kind === 'release-rolling' && b.kind === a.kind
    ? a.batch === b.batch
    : JSON.stringify(a) === JSON.stringify(b)
}

const urgent: ReadonlySet<Sentence['kind']> = new Set([
  'release-failing',
  'release-pods-refused',
  'incident',
  'release-restarts',
  'release-gate',
  'release-deadline',
  'release-regressed',
  'release-foreign',
  'release-gone',
  'release-refused',
  'release-batch-paused',
  'release-rolling-back',
  'release-rolled-back',
  'release-rolled-back-in-part',
])

function urgencyOf(sentence: Sentence): Announcement['urgency'] {
  return urgent.has(sentence.kind) ? 'assertive' : 'polite'
}
