import { assertNever } from '../assert-never.ts'
import type { Hold, Refusal, ReleaseEventName } from './release.ts'
import type { AfterLeavingOut, Sentence, WriteKind } from './sentence.ts'
import { percent, ranges, wordsFor, type SentenceWords } from './sentence-words.ts'

const logWords: Record<ReleaseEventName, string> = {
  started: 'Release started',
  resized: 'Sizes reached',
  'batch-started': 'Batch {n} started',
  'batch-ready': 'Batch {n} is ready',
  'batch-done': 'Batch {n} is done',
  'batch-skipped': 'Batch {n} left out',
  approved: 'Approved after batch {n}',
  paused: 'Paused',
  frozen: 'Batch {n} frozen',
  resumed: 'Resumed',
  retried: 'Batch {n} tried again',
  adopted: 'Batch {n}: what was found there is accepted',
  restored: 'Batch {n}: put back',
  held: 'Held at batch {n}',
  scaled: 'Batch {n} scaled from {from} to {to}',
  'plan-changed': 'Plan changed',
  'push-all': 'All approval gates opened',
  'roll-back': 'Roll back started',
  'batch-returned': 'Batch {n} is back',
  'taken-over': 'Taken over',
  superseded: 'Another release took its place',
  ended: 'Release ended',
}

/** `1 pod`, `2 pods`. */
function pods(count: number): string {
  return count === 1 ? '1 pod' : `${count} pods`
}

function endpoints(ready: number, all: number): string {
  return `${ready} of ${all} ${all === 1 ? 'endpoint' : 'endpoints'} ready`
}

/** `once`, `3 times`. */
function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** New pods that the plan forgives: they are not passed over in silence. */
function missing(count: number | undefined): string {
  return count === undefined ? '' : `, ${count} not ready (the plan allows it)`
}

function excused(found: { readonly pods: number; readonly reason: string } | undefined): string {
  if (found === undefined) return ''
  return `, ${found.pods} may be missing${found.reason === '' ? '' : ` (${found.reason})`}`
}

const writes: Record<WriteKind, (batch: number) => string> = {
  change: (batch) => `The change of batch ${batch} is not written yet`,
  back: (batch) => `Batch ${batch} is not written back yet`,
  size: (batch) => `The new size of batch ${batch} is not written yet`,
  freeze: (batch) => `Batch ${batch} is not frozen yet`,
  thaw: (batch) => `Batch ${batch} is not unpaused yet (spec.paused)`,
}

/** `30 min`, `90 s`. */
function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

function batches(numbers: readonly number[]): string {
  return numbers.length === 1 ? `batch ${ranges(numbers)}` : `batches ${ranges(numbers)}`
}

/** What is done to the next batch, and that it waits for a person: said before a batch is left out. */
function afterLeavingOut(after: AfterLeavingOut | undefined): string {
  switch (after?.kind) {
    case undefined:
    case 'goes-on':
      return ''
    case 'ends':
      return ' The release then ends.'
    case 'asks': {
      const to = after.change === 'image' ? `${after.tag} for ${after.name}` : after.name
      const what = after.change === 'restart' ? `a restart of ${after.name}` : to
      return ` Batch ${after.batch} then waits for your approval: ${what} (${pods(after.pods)}).`
    }
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

function mix(changed: readonly number[], unchanged: readonly number[]): string {
  if (changed.length === 0) return 'nothing was changed'
  if (unchanged.length === 0) return `${batches(changed)} keep the new version`
  return `${batches(changed)} ${changed.length === 1 ? 'stays' : 'stay'} new, ${ranges(unchanged)} ${unchanged.length === 1 ? 'stays' : 'stay'} old`
}

function refusal(why: Refusal): string {
  switch (why.kind) {
    case 'foreign':
      return `its template was changed by ${why.manager}`
    case 'gone':
      return 'the Deployment is gone'
    case 'paused':
      return `the Deployment was paused by ${why.manager}`
    case 'refused':
      return `the cluster refused it: ${why.message}`
    case 'given-up':
      return `it was tried ${times(why.tries)} and is not known to be done: ${why.message}`
    default:
      return assertNever(why)
  }
}

const holdWords: Record<Hold['kind'], string> = {
  pods: 'pods are failing',
  restarts: 'new pods restarted',
  deadline: 'no progress within its time limit',
  regressed: 'it lost pods after it was done',
  foreign: 'somebody else changed it',
  gone: 'its Deployment is gone',
  'batch-paused': 'its Deployment is paused',
  refused: 'the cluster refused the change',
  'given-up': 'the cluster did not take the change within its time limit',
  'service-gone': 'the Service is gone',
}

/** The same beside a button, where it has one line. */
function mixShort(changed: readonly number[], unchanged: readonly number[]): string {
  if (changed.length === 0 || unchanged.length === 0) return mix(changed, unchanged)
  return `${batches(changed)} ${changed.length === 1 ? 'stays' : 'stay'} new, ${ranges(unchanged)} old`
}

const english: SentenceWords = {
  idle: (s) =>
    `${s.batches === 1 ? '1 batch' : `${s.batches} batches`}, ${pods(s.pods)}: no release is running`,
  'no-batches': (s) =>
    `No Deployment stands behind ${s.service}${s.all === 0 ? '' : `: ${endpoints(s.ready, s.all)} of other owners`}`,
  'no-selector': (s) =>
    `${s.service} has no selector: its endpoints are set by hand${s.all === 0 ? ', and there are none' : ` (${endpoints(s.ready, s.all)})`}`,
  'external-name': (s) => `${s.service} is a name for ${s.name}: it has no pods and no endpoints here`,
  'not-loaded': (s) => `Not loaded yet: ${s.why}`,
  'several-versions': (s) => `The batches run ${s.versions} different versions`,
  resizing: (s) => (s.growing ? 'Batches are growing' : 'Batches are shrinking'),
  'release-rolling': (s) => `Batch ${s.batch} is rolling: ${s.updated} of ${pods(s.desired)} updated`,
  'release-baking': (s) => `Batch ${s.batch} is baking`,
  'release-approval': (s) =>
    `Batch ${s.done} is ${s.skipped === true ? 'skipped' : 'done'}. Batch ${s.next} waits for your approval.`,
  'release-paused': (s) => `Paused by ${s.by}`,
  'release-patching': (s) => `Batch ${s.batch} is being started`,
  'release-failing': (s) => `Batch ${s.batch} is failing: ${s.reason} on ${pods(s.pods)}`,
  'release-restarts': (s) =>
    `Batch ${s.batch} is failing: new pods restarted ${s.restarts === 1 ? 'once' : `${s.restarts} times`}`,
  'release-deadline': (s) => `Batch ${s.batch} is stuck: no progress within its time limit`,
  'release-regressed': (s) => `Batch ${s.batch} was done and has lost pods since`,
  'release-foreign': (s) => `Batch ${s.batch} was changed by ${s.manager}. Nothing was overwritten.`,
  'release-gone': (s) =>
    s.again
      ? `The Deployment of batch ${s.batch} was deleted and created anew. The new one was not touched.`
      : `The Deployment of batch ${s.batch} is gone`,
  'release-service-gone': () => 'The Service of this release is gone or has another name',
  'release-batch-paused': (s) =>
    `The Deployment of batch ${s.batch} was paused by ${s.manager} (spec.paused): it can't roll`,
  'release-frozen': (s) => `Batch ${s.batch} is frozen: its pods stay as they are`,
  'release-refused': (s) => `The cluster refused the change of batch ${s.batch}: ${s.message}`,
  'release-given-up': (s) =>
    `The change of batch ${s.batch} was tried ${times(s.tries)} and is not known to be written: ${s.message}`,
  'write-tried': (s) => {
    const ends =
      s.ends === 'limit'
        ? `Tried again until ${span(s.limitSeconds)} are over, then by you.`
        : 'Not tried again until you resume.'
    return `${writes[s.write](s.batch)}, tried ${times(s.tries)}. ${ends} The answer: ${s.message}`
  },
  'release-rolling-back': (s) => {
    const what = `Rolling back ${batches(s.batches)}`
    const why = s.because === undefined ? what : `${what}, as planned. ${sayEnglish(s.because)}`
    return s.tried === undefined ? why : `${why.replace(/\.$/, '')}. ${sayEnglish(s.tried)}`
  },
  'release-done': (s) => {
    const all = s.batches === 1 ? '1 batch' : `${s.skipped.length === 0 ? 'all ' : ''}${s.batches} batches`
    const left = s.skipped.length === 0 ? '' : `, ${batches(s.skipped)} left out`
    switch (s.change) {
      case 'restart':
        return `Restarted ${all}${left}`
      case 'template':
        return `${capital(all)} have the new template${left}`
      default:
        return `Released ${s.tag} to ${all}${left}`
    }
  },
  'resize-done': () => 'The batches have their new sizes',
  'release-stopped': (s) => `Stopped: ${mix(s.changed, s.unchanged)}`,
  'release-rolled-back': (s) => (s.tag === '' ? 'Rolled back to what ran before' : `Rolled back to ${s.tag}`),
  'release-restored': (s) =>
    `${capital(batches(s.batches))} ${s.batches.length === 1 ? 'is' : 'are'} back on what was chosen from the history`,
  'release-superseded': () => 'Another release took its place',
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
  'batch-baking': (s) => `${s.desired} of ${s.desired} updated${missing(s.missing)}, baking`,
  'batch-done': (s) => `${s.updated} of ${s.desired} updated${missing(s.missing)}, done`,
  'batch-empty': () => 'Empty: nothing was verified',
  'batch-failing': (s) => `${s.updated} of ${s.desired} updated, ${s.failing} failing`,
  'batch-returning': (s) => `Rolling back: ${s.returned} of ${s.desired} are back`,
  'batch-returned': () => 'Back on what it ran before',
  'batch-stuck': (s) => `Not taken back: ${refusal(s.why)}`,
  'batch-tried': (s) => `Not written yet, tried ${times(s.tries)}`,
  'batch-given-up': (s) => `Not known to be written, tried ${times(s.tries)}`,
  'batch-skipped': (s) => (s.touched ? 'Left out: keeps what it has' : 'Left out'),
  'batch-frozen': (s) => `Frozen: ${s.updated} of ${s.desired} updated`,
  'batch-untouched': () => 'Was not changed',
  'batch-resizing': (s) => `Resizing: ${s.available} of ${s.desired} available`,
  'batch-resize-waits': (s) => `Gets ${s.desired} pods once resumed`,
  'batch-gated': (s) =>
    `Batch ${s.batch}: ${pods(s.pods)} ${s.pods === 1 ? 'runs, but is' : 'run, but are'} not ready: readiness gate ${s.gate} is not open${s.message === '' ? '' : ` (${s.message})`}`,
  'size-updated': () => 'size fixed: updated',
  'size-updating': () => 'size fixed: updating',
  'size-held': () => 'size fixed: held',
  'size-in-release': () => 'size fixed: in a release',
  'size-changing': () => 'size fixed: sizes are changing',
  'size-alone': () => 'size fixed: no other batch waits',
  'gate-ready': (s) => `New pods ready: ${s.ready} of ${s.desired}${excused(s.excused)}`,
  'gate-bake': (s) => `Bake ${s.seconds} s`,
  'gate-baked': (s) => `Baked ${s.seconds} s`,
  'gate-ending': (s) => (s.ending === 0 ? 'No old pod is ending' : `Old pods ending: ${s.ending}`),
  'gate-restarts': (s) =>
    s.restarts === 0 ? 'No new restarts' : `New restarts: ${s.restarts}, allowed ${s.allowed}`,
  'gate-approval-later': () => 'Approval, later',
  'gate-approval-yours': () => 'Approval: yours to give',
  'gate-approved': () => 'Approved',
  'gate-skipped': () => 'Skipped: nothing was proved here',
  'verb-pause': (s) => {
    const current = s.current === undefined ? '' : `batch ${s.current} finishes; `
    const next = s.next === undefined ? 'no further batch starts.' : `batch ${s.next} can't start.`
    return capital(current + next)
  },
  'verb-resume': (s) =>
    s.next === undefined ? 'The release goes on.' : `The release goes on; batch ${s.next} is next.`,
  'verb-freeze': (s) => `Stops batch ${s.batch} where it is: no further pod is exchanged until you resume.`,
  'verb-retry': (s) =>
    s.again ? `Tries batch ${s.batch} once more.` : `Looks at batch ${s.batch} again, goes on if well.`,
  'verb-skip': (s) => {
    const kept = s.touched
      ? `Batch ${s.batch} stays as it is now, with any failing pods, and is not counted as done.`
      : `Batch ${s.batch} is not changed.`
    return kept + afterLeavingOut(s.after)
  },
  'verb-adopt': (s) => {
    if (s.manager === '') return `The new Deployment takes its place as batch ${s.batch}.`
    return s.begun
      ? `Batch ${s.batch} keeps what ${s.manager} made of it and is left out.${afterLeavingOut(s.after)}`
      : `What ${s.manager} made of batch ${s.batch} is where it starts from, and where a roll back takes it.`
  },
  'verb-adopt-size': (s) => `Batch ${s.batch} keeps the size that ${s.manager} gave it; the others go on.`,
  'verb-restore': (s) =>
    s.begun
      ? `Overwrites what ${s.manager} made of batch ${s.batch} with this release.`
      : `Takes back what ${s.manager} made of batch ${s.batch}.`,
  'verb-approve': (s) => {
    const what = s.change === 'image' ? `Puts ${s.tag} on ${s.name}` : `Changes ${s.name}`
    const first = s.change === 'restart' ? `Restarts ${s.name}` : what
    return `${first} (${pods(s.pods)}) and stops at its gate. New share ${percent(s.shareBefore)} → ${percent(s.shareAfter)}.`
  },
  'verb-push-all': (s) =>
    `${capital(batches(s.batches))} ${s.batches.length === 1 ? 'follows' : 'follow'} when ready and baked.`,
  'verb-stop': (s) => `Ends it: ${mixShort(s.changed, s.unchanged)}.`,
  'verb-roll-back': (s) =>
    `${capital(batches(s.batches))} to ${s.tag === '' ? 'what ran before' : s.tag}: ${pods(s.pods)}.`,
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
  'off-sizes-changed': () => 'Only sizes were changed, no version. Stop, then set the sizes that you want.',
  'off-other-holder': (s) => `${s.holder} drives this release.`,
  'off-holder-alive': (s) =>
    `${s.holder} holds the lock. Possible once nothing has been heard for ${s.seconds} s.`,
  'off-nobody-drives': () => 'Nobody drives this release. Take over first.',
  'off-resizing': () => 'The sizes are being changed first.',
  'off-frozen': () => 'It is frozen already.',
  'off-nothing-in-progress': () => 'No batch is in progress.',
  'off-no-such-batch': () => 'There is no such batch in this release.',
  'off-not-held': (s) => `Batch ${s.batch} does not hold the release.`,
  'off-skipped': (s) => `Batch ${s.batch} is left out already.`,
  'off-done': (s) => `Batch ${s.batch} is done.`,
  'off-in-progress': (s) => `Batch ${s.batch} is in progress. Pause, freeze or roll back.`,
  'off-not-foreign': (s) => `Nobody else has changed batch ${s.batch}.`,
  'off-restore': () => 'This was a way back itself. Choose another state from the history.',
  'journal-unreadable': () =>
    'The journal of the last release can’t be read. Nothing is guessed: look at what runs, then set the journal aside to go on from there.',
  'journal-newer': () =>
    'The journal was written by a newer Tranche. Use that one; setting the journal aside loses its release.',
  'history-unread': (s) => `The history in the cluster can’t be read: ${s.why}`,
  'history-local': (s) =>
    s.why === ''
      ? 'Some releases are in the history of this machine only.'
      : `Releases are kept in the history of this machine only, because the cluster did not take them: ${s.why}`,
  'history-damaged': (s) =>
    s.releases === 1
      ? 'One release of the history is damaged. It was left as it is.'
      : `${s.releases} releases of the history are damaged. They were left as they are.`,
  'history-newer': (s) =>
    s.releases === 1
      ? 'One release of the history was written by a newer Tranche.'
      : `${s.releases} releases of the history were written by a newer Tranche.`,
  log: (s) => {
    const why = s.hold === undefined ? '' : `: ${s.hold.reason ?? holdWords[s.hold.kind]}`
    const text = `${logWords[s.what]
      .replace('{n}', `${s.batch ?? ''}`)
      .replace('{from}', `${s.from ?? ''}`)
      .replace('{to}', `${s.to ?? ''}`)}${why}`
    return s.by === undefined ? text : `${text} by ${s.by}`
  },
  fault: (s) => s.fault.message,
}

export function sayEnglish(sentence: Sentence): string {
  return wordsFor(english, sentence)
}
