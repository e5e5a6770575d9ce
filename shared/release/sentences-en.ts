import type { LogWhat, Sentence } from './sentence.ts'
import { percent, ranges, wordsFor, type SentenceWords } from './sentence-words.ts'

const logWords: Record<LogWhat, string> = {
  started: 'Release started',
  resized: 'Sizes reached',
  'batch-started': 'Batch {n} started',
  'batch-ready': 'Batch {n} is ready',
  'batch-done': 'Batch {n} is done',
  approved: 'Approved after batch {n}',
  paused: 'Paused',
  resumed: 'Resumed',
  held: 'Held at batch {n}',
  'push-all': 'All approval gates opened',
  'roll-back': 'Roll back started',
  'batch-returned': 'Batch {n} is back',
  ended: 'Release ended',
}

/** `1 pod`, `2 pods`. */
function pods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`
}

function batches(numbers: readonly number[]): string {
  return numbers.length === 1 ? `batch ${ranges(numbers)}` : `batches ${ranges(numbers)}`
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function mix(changed: readonly number[], unchanged: readonly number[]): string {
  if (changed.length === 0) return 'nothing was changed'
  if (unchanged.length === 0) return `${batches(changed)} keep the new version`
  return `${batches(changed)} ${changed.length === 1 ? 'stays' : 'stay'} new, ${ranges(unchanged)} ${unchanged.length === 1 ? 'stays' : 'stay'} old`
}

const english: SentenceWords = {
  idle: (s) =>
    `${s.batches === 1 ? '1 batch' : `${s.batches} batches`}, ${pods(s.pods)}: no release is running`,
  'no-batches': (s) => `No Deployment stands behind ${s.service}`,
  'not-loaded': (s) => `Not loaded yet: ${s.why}`,
  'several-versions': (s) => `The batches run ${s.versions} different versions`,
  resizing: (s) => (s.growing ? 'Batches are growing' : 'Batches are shrinking'),
  'release-rolling': (s) => `Batch ${s.batch} is rolling: ${s.updated} of ${pods(s.desired)} updated`,
  'release-baking': (s) => `Batch ${s.batch} is baking`,
  'release-approval': (s) => `Batch ${s.done} is done. Batch ${s.next} waits for your approval.`,
  'release-paused': (s) => `Paused by ${s.by}`,
  'release-patching': (s) => `Batch ${s.batch} is being started`,
  'release-failing': (s) => `Batch ${s.batch} is failing: ${s.reason} on ${pods(s.pods)}`,
  'release-restarts': (s) =>
    `Batch ${s.batch} is failing: new pods restarted ${s.restarts === 1 ? 'once' : `${s.restarts} times`}`,
  'release-deadline': (s) => `Batch ${s.batch} is stuck: no progress within its time limit`,
  'release-regressed': (s) => `Batch ${s.batch} was done and has lost pods since`,
  'release-foreign': (s) => `Batch ${s.batch} was changed by ${s.manager}. Nothing was overwritten.`,
  'release-gone': (s) => `The Deployment of batch ${s.batch} is gone or was created anew`,
  'release-batch-paused': (s) => `The Deployment of batch ${s.batch} is paused (spec.paused): it can't roll`,
  'release-refused': (s) => `The cluster refused the change of batch ${s.batch}: ${s.message}`,
  'release-rolling-back': (s) => `Rolling back ${batches(s.batches)}`,
  'release-done': (s) => `Released ${s.tag} to ${s.batches === 1 ? '1 batch' : `all ${s.batches} batches`}`,
  'resize-done': () => 'The batches have their new sizes',
  'release-stopped': (s) => `Stopped: ${mix(s.changed, s.unchanged)}`,
  'release-rolled-back': (s) => `Rolled back to ${s.tag}`,
  'release-rolled-back-in-part': (s) => `Rolled back in part: ${batches(s.stuck)} could not be taken back`,
  'batch-idle': (s) => `${s.ready} of ${s.desired} ready`,
  'batch-old': () => 'On the old version',
  'batch-first': () => 'Starts first',
  'batch-after': (s) => `Starts after batch ${s.batch}`,
  'batch-waits-approval': () => 'Waits for your approval',
  'batch-held': () => 'Will not start while held',
  'batch-rolling': (s) => {
    const rest = [s.starting > 0 ? `${s.starting} starting` : '', s.old > 0 ? `${s.old} old` : '']
    return [`${s.updated} of ${s.desired} updated`, ...rest.filter((part) => part !== '')].join(', ')
  },
  'batch-baking': (s) => `${s.desired} of ${s.desired} updated, baking`,
  'batch-done': (s) => `${s.updated} of ${s.desired} updated, done`,
  'batch-empty': () => 'Empty: nothing was verified',
  'batch-failing': (s) => `${s.updated} of ${s.desired} updated, ${s.failing} failing`,
  'batch-returning': (s) => `Rolling back: ${s.returned} of ${s.desired} are back`,
  'batch-returned': () => 'Back on the old version',
  'batch-stuck': (s) => `Not taken back: ${s.why}`,
  'batch-untouched': () => 'Was not changed',
  'batch-resizing': (s) => `Resizing: ${s.available} of ${s.desired} available`,
  'size-updated': () => 'size fixed: updated',
  'size-updating': () => 'size fixed: updating',
  'size-held': () => 'size fixed: held',
  'size-in-release': () => 'size fixed: in a release',
  'gate-ready': (s) => `New pods ready: ${s.ready} of ${s.desired}`,
  'gate-bake': (s) => `Bake ${s.seconds} s`,
  'gate-baked': (s) => `Baked ${s.seconds} s`,
  'gate-restarts': (s) =>
    s.restarts === 0 ? 'No new restarts' : `New restarts: ${s.restarts}, allowed ${s.allowed}`,
  'gate-approval-later': () => 'Approval, later',
  'gate-approval-yours': () => 'Approval: yours to give',
  'gate-approved': () => 'Approved',
  'verb-pause': (s) => {
    const current = s.current === undefined ? '' : `batch ${s.current} finishes; `
    const next =
      s.next === undefined ? 'no further batch starts.' : `batch ${s.next} can't start until you resume.`
    return capital(current + next)
  },
  'verb-resume': (s) =>
    s.next === undefined ? 'The release goes on.' : `The release goes on; batch ${s.next} is next.`,
  'verb-retry': (s) => `Looks at batch ${s.batch} again and goes on if it is well.`,
  'verb-approve': (s) =>
    `Puts ${s.tag} on ${s.name} (${pods(s.pods)}) and stops at its gate. New share ${percent(s.shareBefore)} → ${percent(s.shareAfter)}.`,
  'verb-push-all': (s) =>
    `Opens the approval gates that remain: ${batches(s.batches)} follow when ready and baked.`,
  'verb-stop': (s) => `Ends it here: ${mix(s.changed, s.unchanged)}.`,
  'verb-roll-back': (s) => `${capital(batches(s.batches))} back to ${s.tag}: ${pods(s.pods)}.`,
  'verb-take-over': (s) =>
    s.holder === ''
      ? 'You go on with this release from where it is.'
      : `You go on with this release from where it is. ${s.holder} can’t any more.`,
  'off-ended': () => 'The release has ended.',
  'off-stale': () => 'What we see is not up to date. Wait until the cluster is live again.',
  'off-not-waiting': (s) =>
    `Opens when batch ${s.batch} is ready and baked (${s.ready} of ${s.desired} now).`,
  'off-paused': () => 'The release is paused. Resume it first.',
  'off-held': () => 'The release is held. Resume, stop or roll back.',
  'off-running': () => 'The release is running.',
  'off-rolling-back': () => 'A roll back is under way.',
  'off-last-batch': () => 'No approval gate is left.',
  'off-nothing-changed': () => 'No batch has been changed yet.',
  'off-other-holder': (s) => `${s.holder} drives this release.`,
  'off-holder-alive': (s) =>
    `${s.holder} holds the lock. Possible once nothing has been heard for ${s.seconds} s.`,
  'off-nobody-drives': () => 'Nobody drives this release. Take over first.',
  'off-resizing': () => 'The sizes are being changed first.',
  log: (s) => {
    const text = logWords[s.what].replace('{n}', `${s.batch ?? ''}`)
    return s.by === undefined ? text : `${text} by ${s.by}`
  },
  fault: (s) => s.fault.message,
}

export function sayEnglish(sentence: Sentence): string {
  return wordsFor(english, sentence)
}
