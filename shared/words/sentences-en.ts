import { holdWords, isOff } from './faults/off-faults.ts'
import { faultTable, faultText, sayFaultSentence } from './faults/say-fault.ts'
import { assertNever } from '../assert-never.ts'
import { endingWordsEn } from './ending-words-en.ts'
import type { Refusal, ReleaseEventName } from '../release/release.ts'
import { gateLines } from '../release/gates/gate-table.ts'
import type { Hold } from '../release/hold.ts'
import type { Sentence, WriteKind } from '../release/sentence.ts'
import { wordsFor, type SentenceWords } from './sentence-words.ts'
import { batches, capital, pods, verbWordsEn } from './verb-words-en.ts'
import { withNamedWriters } from '../release/with-named-writers.ts'

const logWords: Record<ReleaseEventName, string> = {
  started: 'Release started',
  resized: 'Sizes reached',
  'batch-started': 'Batch {n} started',
  'batch-ready': 'Batch {n} is ready',
  'batch-done': 'Batch {n} is done',
  'batch-skipped': 'Batch {n} skipped',
  approved: 'Gate after batch {n} approved',
  paused: 'Paused',
  frozen: 'Batch {n} paused midway',
  unpaused: 'Batch {n} unpaused outside this release',
  resumed: 'Resumed',
  retried: 'Batch {n} retried',
  adopted: 'Batch {n}: external change kept',
  restored: 'Batch {n}: external change undone',
  held: 'On hold at batch {n}',
  scaled: 'Batch {n} scaled from {from} to {to}',
  'plan-changed': 'Plan changed',
  'push-all': 'All remaining batches approved',
  'roll-back': 'Rollback started',
  'batch-returned': 'Batch {n} rolled back',
  'taken-over': 'Taken over',
  superseded: 'Another release took its place',
  ended: 'Release ended',
}

function endpoints(ready: number, all: number): string {
  return `${ready} of ${all} ${all === 1 ? 'endpoint' : 'endpoints'} ready`
}

/** `once`, `3 times`. */
function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** New pods that the plan forgives: they are not passed over in silence. */
function recovered({ was, reason }: Extract<Sentence, { readonly kind: 'release-recovered' }>): string {
  switch (was) {
    case 'failing':
      return `was failing (${reason})`
    case 'deadline':
      return 'made no progress within its time limit'
    case 'regressed':
      return 'had lost pods'
    default:
      return assertNever(was)
  }
}

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
  freeze: (batch) => `Batch ${batch} is not paused yet (spec.paused)`,
  thaw: (batch) => `Batch ${batch} is not unpaused yet (spec.paused)`,
}

/** `30 min`, `90 s`. */
function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

/** Why pods are not there. */
function unready(hold: Hold): string {
  return hold.kind === 'pods' ? `${hold.reason} on ${pods(hold.pods)}` : holdWords.en[hold.kind]
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
    case 'unready':
      return unready(why.hold)
    case 'given-up':
      return `it was tried ${times(why.tries)} and is not known to be done: ${why.message}`
    default:
      return assertNever(why)
  }
}

const english: SentenceWords = {
  ...verbWordsEn,
  ...endingWordsEn,
  idle: (s) =>
    `${s.batches === 1 ? '1 batch' : `${s.batches} batches`}, ${pods(s.pods)}: no release is running`,
  'no-batches': (s) =>
    `No Deployment stands behind ${s.service}${s.all === 0 ? '' : `: ${endpoints(s.ready, s.all)} of other owners`}`,
  'no-selector': (s) =>
    `${s.service} has no selector: its endpoints are set by hand${s.all === 0 ? ', and there are none' : ` (${endpoints(s.ready, s.all)})`}`,
  'external-name': (s) => `${s.service} is a name for ${s.name}: it has no pods and no endpoints here`,
  'not-loaded': (s) => `Not loaded yet: ${s.why === undefined ? '' : sayFaultSentence(s.why, 'en')}`,
  'several-versions': (s) => `The batches run ${s.versions} different versions`,
  incident: (s) => `${s.service} is failing: ${s.ready} of ${pods(s.desired)} ready`,
  'incident-changed': (s) => {
    const which =
      s.all && s.batches.length > 1 ? `All ${s.batches.length} batches` : capital(batches(s.batches))
    const by = s.managers.length === 0 ? '' : ` with ${s.managers.join(', ')}`
    return `No release is running. ${which} ${s.batches.length === 1 ? 'was' : 'were'} changed${by}.`
  },
  'incident-unchanged': () => 'No release is running. No template was changed in the last 24 hours.',
  resizing: (s) => (s.growing ? 'Batches are growing' : 'Batches are shrinking'),
  'release-rolling': (s) => `Batch ${s.batch} is rolling: ${s.updated} of ${pods(s.desired)} updated`,
  'release-baking': (s) => `Batch ${s.batch} is baking`,
  'release-approval': (s) =>
    `Batch ${s.done} is ${s.skipped === true ? 'skipped' : 'done'}. Batch ${s.next} waits for your approval.`,
  'release-paused': (s) => `Paused by ${s.by}`,
  'release-patching': (s) => `Batch ${s.batch} is being started`,
  'release-failing': (s) => `Batch ${s.batch} is failing: ${s.reason} on ${pods(s.pods)}`,
  'release-pods-refused': (s) =>
    s.passed === true
      ? `New pods of batch ${s.batch} could not be created; they are not refused now. It was: ${s.message}`
      : `New pods of batch ${s.batch} can’t be created: ${s.message}`,
  'release-gate': (s) => `Batch ${s.batch} failed: ${gateLines(s.gate)?.failed.en ?? s.gate}`,
  'release-restarts': (s) =>
    `Batch ${s.batch} is failing: new pods restarted ${s.restarts === 1 ? 'once' : `${s.restarts} times`}`,
  'release-deadline': (s) => `Batch ${s.batch} made no progress within its time limit`,
  'release-regressed': (s) => `Batch ${s.batch} was done and has lost pods since`,
  'release-recovered': (s) =>
    `Batch ${s.batch} ${recovered(s)}; ${s.by === 'rollback' ? 'it was rolled back' : 'all its pods are ready now'}`,
  'release-foreign': (s) => `${s.manager} changed batch ${s.batch}. Tranche overwrote nothing.`,
  'release-gone': (s) =>
    s.again
      ? `The Deployment of batch ${s.batch} was deleted and created anew. The new one was not touched.`
      : `The Deployment of batch ${s.batch} is gone`,
  'release-service-gone': () => 'The Service of this release is gone or has another name',
  'release-service-again': () => 'The Service of this release was gone and is there again',
  'release-unselected': (s) =>
    `Batch ${s.batch} is no longer behind the Service: the selector does not match its labels`,
  'release-batch-paused': (s) =>
    `The Deployment of batch ${s.batch} was paused by ${s.manager} (spec.paused): it can't roll`,
  'release-frozen': (s) => `Batch ${s.batch} is paused midway`,
  'release-brake-stuck': (s) =>
    s.wish === 'freeze'
      ? `Batch ${s.batch} goes on, it could not be paused midway: ${refusal(s.why)}`
      : `Batch ${s.batch} is still paused (spec.paused): ${refusal(s.why)}`,
  'release-refused': (s) => `The cluster refused the change of batch ${s.batch}: ${s.message}`,
  'release-given-up': (s) =>
    `The change of batch ${s.batch} was tried ${times(s.tries)} and is not known to be written: ${s.message}`,
  'write-tried': (s) => {
    const ends = {
      limit: `Tried again until ${span(s.limitSeconds)} are over, then by you.`,
      person: 'Not tried again until you resume.',
      done: 'Tried again until it is written.',
    }[s.ends]
    return `${writes[s.write](s.batch)}, tried ${times(s.tries)}. ${ends} The answer: ${s.message}`
  },
  'release-rolling-back': (s) => {
    const what = `Rolling back ${batches(s.batches)}`
    const why = s.because === undefined ? what : `${what}, as planned. ${sayEnglish(s.because)}`
    const more = [s.tried, s.waits].filter((one) => one !== undefined)
    return more.reduce((text, one) => `${text.replace(/\.$/, '')}. ${sayEnglish(one)}`, why)
  },
  'return-failing': (s) => {
    const reason = s.reason === '' ? 'no progress within its time limit' : `${s.reason} on ${pods(s.pods)}`
    return s.overdue
      ? `The pods of batch ${s.batch} do not come back and wait for your decision: ${reason}`
      : `The pods of batch ${s.batch} do not come back yet: ${reason}`
  },
  'batch-idle': (s) => `${s.ready} of ${s.desired} ready`,
  'batch-idle-failing': (s) => `${s.failing} failing, ${s.ready} of ${s.desired} ready`,
  'batch-old': () => 'On the old version',
  'batch-first': () => 'Starts first',
  'batch-after': (s) => `Starts after batch ${s.batch}`,
  'batch-waits-approval': () => 'Waits for your approval',
  'batch-held': () => 'Won’t start while the release is on hold',
  'batch-rolling': (s) => {
    const rest = [s.starting > 0 ? `${s.starting} starting` : '', s.old > 0 ? `${s.old} old` : '']
    return [`${s.updated} of ${s.desired} updated`, ...rest.filter((part) => part !== '')].join(', ')
  },
  'batch-baking': (s) => `${s.updated} of ${s.desired} updated${missing(s.missing)}, baking`,
  'batch-done': (s) => `${s.updated} of ${s.desired} updated${missing(s.missing)}, done`,
  'batch-empty': () => 'Empty: nothing was verified',
  'batch-failing': (s) => `${s.updated} of ${s.desired} updated, ${s.failing} failing`,
  'batch-refused': (s) => `${s.updated} of ${s.desired} updated, new pods can’t be created`,
  'batch-returning': (s) => `Rolling back: ${s.returned} of ${s.desired} done`,
  'batch-returned': () => 'Rolled back',
  'batch-unselected': () => 'Not behind the Service',
  'batch-return-failing': (s) =>
    `Rolling back: ${s.returned} of ${s.desired} done, ${s.failing === 0 ? 'no progress' : `${s.failing} failing`}`,
  'batch-stuck': (s) =>
    `${s.why.kind === 'unready' ? 'Rolled back, not ready' : 'Not rolled back'}: ${refusal(s.why)}`,
  'batch-tried': (s) => `Not written yet, tried ${times(s.tries)}`,
  'batch-given-up': (s) => `Not known to be written, tried ${times(s.tries)}`,
  'batch-skipped': (s) => (s.touched ? 'Skipped: stays as it is' : 'Skipped'),
  'batch-frozen': (s) => `Paused: ${s.updated} of ${s.desired} updated`,
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
  'gate-own': (s) => gateLines(s.gate)?.line?.(s.values)?.en ?? s.gate,
  'gate-restarts': (s) =>
    s.restarts === 0 ? 'No new restarts' : `New restarts: ${s.restarts}, allowed ${s.allowed}`,
  'gate-approval-later': () => 'Approval, later',
  'gate-approval-yours': () => 'Approval: yours to give',
  'gate-approved': () => 'Approved',
  'gate-skipped': () => 'Skipped: nothing was proved here',
  'history-unread': (s) => `The history in the cluster can’t be read: ${sayFaultSentence(s.why, 'en')}`,
  'history-local': (s) =>
    s.why === undefined
      ? 'Some releases are in the history of this machine only.'
      : `Releases are kept in the history of this machine only, because the cluster did not take them: ${sayFaultSentence(s.why, 'en')}`,
  'history-damaged': (s) =>
    s.releases === 1
      ? 'One release of the history is damaged. It was left as it is.'
      : `${s.releases} releases of the history are damaged. They were left as they are.`,
  'history-newer': (s) =>
    s.releases === 1
      ? 'One release of the history was written by a newer Tranche.'
      : `${s.releases} releases of the history were written by a newer Tranche.`,
  log: (s) => {
    const why = s.hold === undefined ? '' : `: ${s.hold.reason ?? holdWords.en[s.hold.kind]}`
    const text = `${logWords[s.what]
      .replace('{n}', `${s.batch ?? ''}`)
      .replace('{from}', `${s.from ?? ''}`)
      .replace('{to}', `${s.to ?? ''}`)}${why}`
    return s.by === undefined ? text : `${text} by ${s.by}`
  },
  fault: (s) => faultText(s.fault, 'en'),
}

/** Names of sentences are for machines: no person reads one. */
export const sentenceKinds: readonly string[] = [...Object.keys(english), ...Object.keys(faultTable)]

export function sayEnglish(sentence: Sentence): string {
  const named = withNamedWriters(sentence, 'an unrecorded client')
  return isOff(named) ? sayFaultSentence(named, 'en') : wordsFor(english, named)
}
