import { faultText, whyText } from '../../../shared/words/faults/say-fault.ts'
import { rightsEn } from '../../../shared/words/right-words.ts'
import { checkEn } from '../../../shared/preflight/check-words-en.ts'
import { sayCheck } from '../../../shared/preflight/check-words.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { faultEn } from '../../../shared/words/fault-words.ts'
import type { Words } from './words.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'
import type { SteerVerb } from '../arguments/steer-verb.ts'

const pods = (count: number): string => (count === 1 ? '1 pod' : `${count} pods`)
const meant = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean ${near}?`)

const changes: Words['changes'] = {
  image: 'image',
  restart: 'restart',
  template: 'another template',
  restore: 'rollback',
  none: 'sizes',
}

/** What a release is about: a tag where there is one, else its kind in words. */
function what(release: PipelineView['release']): string {
  if (release === undefined) return ''
  return release.tag === undefined || release.tag === '' ? changes[release.change] : release.tag
}

/** Said of a batch that was named. */
const verbs: Readonly<Record<SteerVerb, string>> = {
  approve: 'Approve',
  'push-all': 'Approve',
  pause: 'Pause',
  resume: 'Resume',
  freeze: 'Pause',
  retry: 'Retry',
  skip: 'Skip',
  adopt: 'Keep the external change to',
  restore: 'Undo the external change to',
  stop: 'Stop',
}

function usage(problem: UsageProblem): string {
  switch (problem.kind) {
    case 'unknown-command':
      return `There is no command "${problem.word}".${meant(problem.near)} See: tranche --help`
    case 'unknown-option':
      return `There is no option ${problem.option}.${meant(problem.near)}`
    case 'not-here':
      return problem.command === ''
        ? `${problem.option} needs a command before it. See: tranche --help`
        : `${problem.command} takes no ${problem.option}. See: tranche ${problem.command} --help`
    case 'no-value':
      return `${problem.option} needs a value.`
    case 'value-for-flag':
      return `${problem.option} takes no value.`
    case 'bad-value':
      return `${problem.option} can't be "${problem.value}". Possible: ${problem.allowed}`
    case 'too-many':
      return problem.takes === 0
        ? `What is "${problem.word}" to be? ${problem.command} takes only options.`
        : `What is "${problem.word}" to be? One Service at a time.`
    case 'together':
      return `Only one of ${problem.options.join(', ')} at a time.`
    case 'of-command':
      return problem.text.en
    case 'no-such-batch':
      return `There is no batch "${problem.word}". There are: ${problem.batches.join(', ')}`
    case 'which-container':
      return `${problem.word === undefined ? 'Which container is the application?' : `No batch has a container "${problem.word}".`} --container takes one of: ${problem.names.join(', ')}`
    case 'which-image':
      return `Which of them is for the application? Name the containers: --image CONTAINER=REFERENCE. Given: ${problem.images.join(', ')}`
    case 'one-batch':
      return `This is about one batch at a time. Given: ${problem.names.join(', ')}`
    case 'which-batch':
      return `"${problem.word}" is the name of one batch and the number of another. --batch takes: ${problem.names.join(', ')}`
    case 'which-context':
      return `Which context? --context takes one of: ${problem.names.join(', ')}`
    case 'no-such-context':
      return `There is no context "${problem.word}".${meant(problem.near)} See: tranche contexts`
    case 'no-contexts':
      return `No context was found in ${problem.lookedAt.join(', ')}. What is wrong with them: tranche doctor. Without a cluster: tranche status --training`
    case 'which-service':
      return problem.names.length === 0
        ? `No Service in ${problem.namespace} has Deployments behind it. Another --namespace?`
        : `Which Service? --service takes one of: ${problem.names.join(', ')}`
    case 'no-file':
      return `${problem.path} can't be read: ${problem.message}`
    case 'needs-yes':
      return 'This deletes a release record, and nobody can be asked here: say so with --yes.'
    case 'needs-consent':
      return 'This context runs the program above to sign in. Agree on a terminal, or give --trust-plugins.'
  }
}

export const cliEn: Words = {
  usage,
  fault: (fault) => {
    const text = faultText(fault, 'en')
    if (fault.rights !== undefined) return `${rightsEn(fault.rights, 'never')} ${text}`
    const { what } = faultEn[fault.code]
    return fault.code === 'conflict' || fault.code === 'not-found' || fault.code === 'invalid-input'
      ? text
      : `${what} ${text}`
  },
  check: (what) => sayCheck(checkEn, what),
  consentQuestion: 'Run it? [y/N] ',
  contextHeads: ['', 'CONTEXT', 'NAMESPACE', 'SERVER', 'FILE'],
  serviceHeads: ['SERVICE', 'BATCHES', 'PODS', 'STATE'],
  batchHeads: ['#', 'DEPLOYMENT', 'VERSION', 'READY', 'RESTARTS', 'STATE'],
  gateHeads: ['AFTER', 'GATE  (+ open  . later  > yours  x blocked)'],
  imageHeads: ['#', 'DEPLOYMENT', 'CONTAINER', 'FROM', 'TO'],
  forecastHeads: ['AFTER', 'DEPLOYMENT', 'NEW PODS', 'NEW SHARE', 'MOST PODS', 'TIME'],
  releaseHeads: ['RELEASE', 'STARTED', 'CHANGE', 'OUTCOME', 'BATCHES', 'BY'],
  revisionHeads: ['#', 'DEPLOYMENT', 'REVISION', 'VERSION', 'SINCE', 'BY', 'CAUSE'],
  serviceState: {
    ready: 'ready',
    rolling: 'rolling',
    baking: 'baking',
    approval: 'waits for approval',
    paused: 'paused',
    failing: 'held',
    'rolling-back': 'rolling back',
    empty: 'no batches',
    unhealthy: 'not healthy',
    incident: 'failing',
  },
  noServices: (namespace) => `There is no Service in ${namespace}.`,
  where: (it) => `Cluster ${it.cluster}, namespace ${it.namespace}, Service ${it.service}`,
  incidentProposal: (pods, version, command) =>
    `To take ${pods === 1 ? '1 pod' : `${pods} pods`} back to ${version}: ${command}`,
  externalName: (name) => `a name for ${name}`,
  noSelector: 'no selector, endpoints set by hand',
  otherEndpoints: (ready, all, owners) =>
    `Of these ${all} ${all === 1 ? 'belongs' : 'belong'} to no batch, ${ready} ready${owners.length === 0 ? '' : `: ${owners.join(', ')}`}`,
  publishesNotReady: 'publishNotReadyAddresses: pods get traffic before they are ready',
  headless: 'Headless: clients choose among the pods, shares are of endpoints',
  endpoints: (ready, expected) => `${ready} of ${expected} endpoints ready`,
  journalUnwritten: (fault) =>
    `The release's record (Lease) is not written, and tried again every 2 s. Until it is, nothing begins and no verb is taken: ${faultText(fault, 'en')}`,
  denied: (rights) => rightsEn(rights, 'stale'),
  stale: (why) => `What we see is not up to date: ${why}`,
  driver: (lock) => {
    switch (lock.kind) {
      case 'free':
        return 'Nobody drives the release'
      case 'mine':
        return 'Driven from here'
      case 'other':
        return lock.expired
          ? `${lock.holder} drove the release and is gone`
          : `The lock is with ${lock.holder}`
      case 'local':
        return 'No lock: the journal is on this machine only'
      case 'unknown':
        return `Who drives the release is not known: ${whyText(lock.why, 'en')}`
    }
  },
  noReleases: 'No release of this Service is known.',
  changes,
  notEnded: 'not ended',
  since: (time, known) => (known === 'exactly' ? time : `by ${time}`),
  incident: (batches, [from, to], release) =>
    `Last changes${release === undefined ? ' outside a release' : `, by ${release}`}: batches ${batches}, ${from === to ? from : `${from} to ${to}`}. Roll back before them: tranche go-back --at incident`,
  noIncident: 'No change is known that could be rolled back: give a time instead.',
  alsoTakenBack: (releases) =>
    `Since that time, ${releases} has changed batches too. That is taken back as well.`,
  onlyRecord: '(only in the record of a release)',
  leftOut: (name, why) =>
    ({
      before: `${name} is left out: what it ran then is not known, what is known begins later.`,
      gap: `${name} is left out: what it ran then is not known, it was changed around that time.`,
      forgotten: `${name} is left out: what it ran then is kept by nobody any more.`,
      'not-asked': `${name} is left out: it never ran that, as far as is known.`,
    })[why],
  supersedes: (id) => `takes the place of release ${id}, which has not ended`,
  journal: 'Record',
  forgetQuestion:
    'Delete the release record? That release can’t be resumed or rolled back afterwards. Pods are not changed.',
  cluster: 'Cluster',
  namespace: 'Namespace',
  service: 'Service',
  change: 'Change',
  batches: 'Batches',
  restart: 'restart of all pods with what they run now',
  template: 'another pod template',
  batch: (number) => `Batch ${number}`,
  imageStep: ({ container, from, to, batches }) => `${container}: ${from} → ${to} (${batches})`,
  batchesAndPods: (numbers, count) => `${numbers} (${pods(count)})`,
  rollBackLine: (it) => `${it.from} → ${it.to} (${pods(it.pods)})`,
  verbOnBatch: (verb, batch) => `${verbs[verb]} batch ${batch}`,
  questions: {
    release: 'Release it?',
    approve: 'Approve?',
    'push-all': 'Approve all remaining batches?',
    pause: 'Pause?',
    resume: 'Resume?',
    freeze: 'Pause the batch now?',
    retry: 'Retry?',
    skip: 'Skip this batch?',
    stop: 'Stop the release?',
    rollback: 'Roll back?',
    'take-over': 'Take over the release?',
  },
  adoptQuestions: {
    skipped: 'Keep the external change and skip this batch?',
    start: 'Keep the external change?',
    replacement: 'Use the new Deployment?',
    size: 'Keep the external size?',
  },
  restoreQuestions: {
    overwrite: 'Overwrite the external change?',
    revert: 'Revert the external change?',
    unpause: 'Unpause the Deployment?',
  },
  approve: 'Approve? [y = yes, a = approve all, n = not now] ',
  approvalAnswer: (answer) => {
    const word = answer.trim().toLowerCase()
    if (['a', 'all'].includes(word)) return 'all'
    return ['y', 'yes'].includes(word) ? 'yes' : 'no'
  },
  nothingDone: 'Nothing was done.',
  failure: (batch, why) =>
    `Batch ${batch.number} (${batch.name}): ${why.reason}${why.pods > 0 ? ` on ${pods(why.pods)}` : ''}`,
  firstFailingPod: (pod, container) =>
    `First failing pod: ${pod}${container === undefined ? '' : `, container ${container}`}`,
  pausedBeforeLeaving:
    'Paused: the batch in progress finishes by itself, no further one starts. Resume or roll back with:',
  rollBackGoesOn:
    'A rollback can’t be paused. Press Ctrl-C again to leave; what has started continues in the cluster.',
  lost: (holder) =>
    holder === '' ? 'The lock of this release was lost.' : `${holder} drives this release now.`,
  noRelease: 'No release of this Service is under way.',
  nothingToRollBack: 'Nothing to roll back: no batch runs a released version.',
  nothingToGoBack: (unknown) =>
    unknown === 0
      ? 'Every one of these batches runs that already.'
      : 'Nothing was done: of no batch that would have to change is it known what it ran.',
  noSuchRelease: (id) => `No release ${id} is known. See: tranche history`,
  nothingToForget: 'The release record of this Service can be read: nothing was deleted.',
  unfinished: ({ release }, option) =>
    `A release of this Service (${what(release)}) is unfinished. Resume, roll back or stop it, or replace it with ${option}.`,
  nobodyDrives: 'Nobody drives this release: there is nobody to be asked.',
  othersRelease: (holder, expired) =>
    expired
      ? `${holder} drove this release and is gone. Go on in their place with: tranche take-over`
      : `${holder} drives this release. Ask with: tranche ask pause, or tranche ask stop`,
  waitsForHolder: (holder, seconds) =>
    `${holder} holds the lock. Waiting until nothing has been heard for ${seconds} s …`,
  asked: (holder, wish) => `Asked ${holder} to ${wish}.`,
}
