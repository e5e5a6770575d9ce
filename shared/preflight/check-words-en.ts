import { sayEnglish } from '../words/sentences-en.ts'
import { sayFaultSentence } from '../words/faults/say-fault.ts'
import type { ImageProblem } from '../k8s/image.ts'
import type { Unknown } from './check.ts'
import type { CheckWords } from './check-words.ts'
import { rightsEn } from '../words/right-words.ts'

const s = String

/** `Batch 2`, `Batches 2 and 3`, `Batches 2, 3 and 4`. */
function on(batches: readonly number[]): string {
  return batches.length === 1 ? `Batch ${s(batches[0])}` : `Batches ${list(batches.map(s))}`
}
function list(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
/** The verb that fits one batch, or several. */
function verb(batches: readonly number[], one: string, more: string): string {
  return `${on(batches)} ${batches.length === 1 ? one : more}`
}
function pods(count: number): string {
  return count === 1 ? '1 pod' : `${s(count)} pods`
}

const imageProblem: Readonly<Record<ImageProblem, (part: string) => string>> = {
  empty: () => 'nothing is written there.',
  space: () => 'it has a space or a line break in it.',
  scheme: () => 'it begins with a protocol. Leave that out.',
  name: (part) => `“${part}” is no name of a repository (small letters, digits, and . _ - between them).`,
  'name-long': () => 'the name of its repository is longer than 255 characters.',
  tag: (part) =>
    part === ''
      ? 'the tag after the colon is missing.'
      : `“${part}” is no tag (letters, digits and . _ -, at most 128, not beginning with . or -).`,
  digest: (part) => `“${part}” is no digest (sha256: and 64 hexadecimal digits).`,
  identifier: () => 'it is the ID of an image on one machine. A registry needs a name.',
}

const unknown: Readonly<Record<Unknown, string>> = {
  record: 'whether the release’s record is taken (a webhook takes no trial runs)',
  permissions: 'your permissions',
  autoscalers: 'autoscalers',
  budgets: 'disruption budgets',
  quotas: 'room in the quotas',
  limits: 'limit ranges',
  nodes: 'room on the nodes',
  'pods-elsewhere': 'room on the nodes (their pods can’t be counted)',
  namespace: 'the Pod Security level of the namespace',
  'service-accounts': 'whether the service account exists',
  'pull-secrets': 'whether the pull secrets exist',
}

export const checkEn: CheckWords = {
  unknown,
  level: { ok: 'ok', info: 'worth knowing', warning: 'warning', blocker: 'blocker' },
  passed: (count) => (count === 1 ? '1 check passed' : `${s(count)} checks passed`),
  counts: ({ blocker, warning, info, ok }) =>
    [
      blocker === 0 ? '' : blocker === 1 ? '1 blocker' : `${s(blocker)} blockers`,
      warning === 0 ? '' : warning === 1 ? '1 warning' : `${s(warning)} warnings`,
      info === 0 ? '' : info === 1 ? '1 note' : `${s(info)} notes`,
      ok === 0 ? '' : `${s(ok)} ok`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  sentence: {
    stale: (w) =>
      w.rights.length === 0
        ? 'The data is not live: nothing starts on an old picture'
        : rightsEn(w.rights, 'stale'),
    'no-batches': () => 'No Deployment stands behind this Service',
    'other-release': (w) => `${w.holder} is releasing this Service: wait, or ask them to stop`,
    'release-running': () => 'A release of this Service is running: stop it, or put this one in its place',
    'lock-expired': (w) => `The lock of ${w.holder} has expired: this start takes it`,
    'held-elsewhere': (w) =>
      `Release ${w.release} of ${w.by} on Service ${w.service} holds the same Deployments. Finish it there first: tranche status ${w.service}`,
    'leases-unknown': () =>
      'Leases can’t be read: whether a release of another Service holds these Deployments is not known',
    'abandoned-release': (w) =>
      w.ended !== undefined
        ? `The release of ${w.by} has ended, and ${w.ended === 'paused' ? 'what it paused (spec.paused) is not unpaused yet: take it over to unpause it' : 'a write of it may still land: take it over to see it out'}`
        : `The release of ${w.by} has not ended, and nobody drives it: take it over to go on, stop or replace it; or roll it back`,
    'journal-unreadable': (w) =>
      `The journal of the last release can’t be read: ${sayEnglish({ kind: w.newer ? 'journal-newer' : 'journal-unreadable' })}`,
    'shared-selector': (w) =>
      `All ${s(w.batches)} batches share one selector: kubectl logs and exec on one of them reach any`,
    'publishes-not-ready': () =>
      'The Service has publishNotReadyAddresses: new pods get traffic before they are ready, and failing ones keep it',
    'foreign-pods': (w) => `${pods(w.pods)} behind the Service belong to no batch and keep what they run`,
    'not-known': (w) => `Could not be read, so not known: ${list(w.about.map((one) => unknown[one]))}`,
    permission: (w) =>
      `You may not ${w.verb} ${w.resource} ${w.name}: the release would fail at batch ${s(w.batch)}`,
    'permissions-ok': (w) =>
      w.batches === 1 ? 'You may change the Deployment' : `You may change all ${s(w.batches)} Deployments`,
    'no-lease-right': (w) =>
      `You may not ${list(w.verbs)} Leases: no lock keeps others out, and the journal stays on this machine. Agree to that to start`,
    'without-lock': () =>
      'Released without a lock: nobody else is kept out, and only this machine can go on with it',
    'lock-refused': (w) =>
      `The cluster would refuse the lock and record of this release (Lease): ${sayFaultSentence(w.says, 'en')}`,
    'history-refused': (w) =>
      `The cluster would refuse the history (ConfigMap), so it is kept on this machine only: ${sayFaultSentence(w.says, 'en')}`,
    'journal-size': (w) =>
      `The record of this release would take ${s(w.kib)} KiB in its Lease, and may take ${s(w.may)}: release fewer batches at a time, or make the pod templates smaller`,
    'supersede-gone': () => 'The release that this one is to replace does not run here',
    'no-history-right': () =>
      'You may not write ConfigMaps: the finished release is not kept in the cluster’s history',
    'no-log-right': () => 'You may not read logs: a failing pod is shown without its last lines',
    'dry-run': (w) =>
      `Batch ${s(w.batch)}: the cluster refuses the change: ${sayFaultSentence(w.says, 'en')}`,
    'template-conflict': (w) =>
      `${on(w.batches)}: the edit changes ${w.places.join(', ')}, and what runs there is different. Choose which of the two holds`,
    'draft-refused': (w) => `This can’t be released: ${sayFaultSentence(w.says, 'en')}`,
    'dry-run-ok': (w) =>
      w.batches === 1
        ? 'The cluster would accept the change of the batch'
        : `The cluster would accept the changes of all ${s(w.batches)} batches`,
    'server-warning': (w) => `${on(w.batches)}: the cluster warns: ${w.message}`,
    'image-invalid': ({ image, problem, part }) =>
      `${image === '' ? 'The image' : image} is not an image reference: ${imageProblem[problem](part)}`,
    'no-container': (w) => `${verb(w.batches, 'has', 'have')} no container ${w.container}`,
    'repository-changes': (w) =>
      `${on(w.batches)}: container ${w.container} pulls from ${w.to} from now on, and not from ${w.from}`,
    'digest-lost': (w) =>
      `${on(w.batches)}: container ${w.container} was pinned by a digest, and ${w.tag} is not: its content may change`,
    'tag-differs': (w) =>
      w.variant
        ? `${verb(w.batches, 'runs', 'run')} ${w.tag} where most run ${w.others}, and would get ${w.to}: if the ending of the tag matters there, leave ${w.batches.length === 1 ? 'it' : 'them'} out and release ${w.batches.length === 1 ? 'it' : 'them'} by ${w.batches.length === 1 ? 'itself' : 'themselves'}`
        : `${verb(w.batches, 'runs', 'run')} ${w.tag} where most run ${w.others}`,
    'image-ok': (w) => `The image reference is well formed (${w.tag})`,
    'image-mutable': (w) => `The tag ${w.tag} can change its content between batches`,
    'image-no-digest': (w) => `The tag ${w.tag} has no digest: whoever may push can change what it means`,
    'image-same': (w) => `${verb(w.batches, 'runs', 'run')} this image already: nothing rolls there`,
    'image-cached': (w) =>
      w.policy === 'Never'
        ? `${verb(w.batches, 'never pulls', 'never pull')} (imagePullPolicy Never): ${w.tag} must be on every node`
        : `${verb(w.batches, 'pulls', 'pull')} ${w.tag} only where it is missing: nodes may run an older content`,
    'tag-moved': (w) =>
      `${on(w.batches)}: pods run ${s(w.contents)} different contents under ${w.image}: its tag was moved. Release a digest, or restart with imagePullPolicy Always`,
    'init-image': (w) => `${on(w.batches)}: ${w.container} is an init container, and gets the image too`,
    'same-repository': (w) =>
      `${on(w.batches)}: container ${w.container} of the same repository keeps ${w.image}`,
    'no-readiness-probe': (w) =>
      `${verb(w.batches, 'has', 'have')} no readiness probe: ready means started, and the gate proves nothing`,
    'probes-ok': () => 'Every batch has a readiness probe',
    recreate: (w) =>
      `${verb(w.batches, 'stops all its pods', 'stop all their pods')} before new ones start (Recreate)`,
    paused: (w) =>
      `The Deployment of ${on(w.batches).toLowerCase()} is paused: a change would never roll. Resume it first`,
    deleting: (w) => `The Deployment of ${on(w.batches).toLowerCase()} is being deleted`,
    'no-history': (w) =>
      `${verb(w.batches, 'keeps', 'keep')} no old ReplicaSets (revisionHistoryLimit 0): kubectl can’t undo there`,
    'short-history': (w) =>
      `${verb(w.batches, 'keeps', 'keep')} one old ReplicaSet (revisionHistoryLimit 1): kubectl can undo one step only`,
    'no-min-ready': (w) =>
      `${verb(w.batches, 'has', 'have')} minReadySeconds 0: a pod counts as soon as it is ready once`,
    'no-deadline': (w) =>
      `${verb(w.batches, 'has', 'have')} no progress deadline: only the release’s own time limit ends a stuck rollout`,
    'long-deadline': (w) =>
      `${on(w.batches)}: the progress deadline is ${s(w.seconds)} s: a stuck rollout is called failed late`,
    'deadline-below-min-ready': (w) =>
      `${on(w.batches)}: the progress deadline is not longer than minReadySeconds: every rollout fails by it`,
    'tolerance-kept': (w) =>
      `${on(w.batches)}: more pods may be missing than maxUnavailable takes away; old pods then stay, and the batch is not done before its time limit`,
    'empty-batch': (w) => `${verb(w.batches, 'has', 'have')} no pods: nothing is verified there`,
    'first-not-smallest': (w) =>
      `Batch ${s(w.batch)} goes first with ${s(w.pods)} of ${pods(w.total)}, and batch ${s(w.smallest)} has only ${s(w.fewest)}: a fault in the new version reaches more than it has to`,
    'size-invalid': (w) => `Size of batch ${s(w.batch)}: it has ${w.pods} pods by now`,
    unhealthy: (w) =>
      `Batch ${s(w.batch)} has ${s(w.ready)} of ${s(w.desired)} pods ready before the start: what fails later may not be new`,
    'batch-halved': (w) =>
      `Batch ${s(w.batch)} may fall to ${s(w.kept)} of ${pods(w.desired)} while it rolls (maxUnavailable)`,
    'service-halved': (w) =>
      `The Service may fall to ${s(w.kept)} of ${pods(w.desired)} while batch ${s(w.batch)} rolls`,
    'templates-differ': (w) =>
      `${verb(w.batches, 'differs', 'differ')} from batch ${s(w.like)} in more than images, so the canary proves less: ${w.fields.join(', ')}`,
    'part-of-service': (w) =>
      `Service ${w.service} sees only ${on(w.batches).toLowerCase()}: its users get other shares of old and new`,
    'orphan-sets': (w) =>
      `ReplicaSets without an owner (${w.names.join(', ')}): a batch may adopt them, with their pods`,
    'reverted-by': (w) =>
      `${w.manager} keeps ${on(w.batches).toLowerCase()} as it wants and may take the change back within minutes, in mid-release: change the image there, or suspend it first`,
    'managed-by': (w) =>
      `${w.manager} manages ${on(w.batches).toLowerCase()}: its next run takes the change back unless it has the image too`,
    'last-applied': (w) =>
      `${verb(w.batches, 'was', 'were')} made by kubectl apply: the next apply of the old file takes this back`,
    autoscaler: (w) =>
      `${w.keda ? 'KEDA, by autoscaler' : 'Autoscaler'} ${w.name} sets the pods of ${on(w.batches).toLowerCase()} (${s(w.min)} to ${s(w.max)}): they may change in mid-release`,
    'autoscaler-resize': (w) =>
      `Autoscaler ${w.name} will undo the new size of ${on(w.batches).toLowerCase()}: change its limits instead`,
    'autoscalers-ambiguous': (w) =>
      `Autoscalers ${list(w.names)} share one selector (${on(w.batches).toLowerCase()}): Kubernetes scales none of them`,
    'autoscaler-shared-metrics': (w) =>
      `Autoscaler ${w.name} measures the pods of all batches for ${on(w.batches).toLowerCase()}: its numbers are wrong`,
    budget: (w) =>
      `Budget ${w.name} covers ${on(w.batches).toLowerCase()}: it holds back evictions, not the release`,
    'budgets-twice': (w) =>
      `Budgets ${list(w.names)} cover the same pods (${on(w.batches).toLowerCase()}): every eviction of them fails, so nodes can’t be drained`,
    'quota-short': (w) =>
      `Quota ${w.quota}: the release needs ${w.needs} more ${w.resource} and ${w.left} are left, so new pods will be refused`,
    'quota-unset': (w) =>
      `Quota ${w.quota} counts ${w.resource}, and ${verb(w.batches, 'says', 'say').toLowerCase()} nothing about it: new pods will be refused`,
    'quota-ok': (w) => `The quotas have room for ${pods(w.pods)} more`,
    'limit-broken': (w) =>
      `${on(w.batches)}: container ${w.container} is outside LimitRange ${w.limit} (${w.resource} ${w.bound} ${w.value}): new pods will be refused`,
    'limit-broken-pod': (w) =>
      `${on(w.batches)}: the containers of a pod together are outside LimitRange ${w.limit} (${w.resource} ${w.bound} ${w.value}): new pods will be refused`,
    'nodes-short': (w) =>
      `Batch ${s(w.batch)} needs room for ${pods(w.needs)} more, and the nodes have it for ${s(w.fits)}: the others wait as Unschedulable`,
    'nodes-short-replaced': (w) =>
      `The new pods ask for more than the old ones: up to batch ${s(w.batch)} the nodes need room for ${s(w.needs)}, and have it for ${s(w.fits)} when the old ones are gone: the others wait as Unschedulable`,
    'nodes-ok': (w) => `The nodes have room for ${pods(w.pods)} more`,
    'nodes-unsure': (w) =>
      `The nodes have room for ${pods(w.pods)} more by requests; rules of placement were not worked out`,
    'pod-security': (w) =>
      `The namespace enforces Pod Security ${w.level}: pods that break it are refused although their Deployment is accepted`,
    'service-account-missing': (w) =>
      `${on(w.batches)}: service account ${w.name} does not exist: new pods will be refused`,
    'pull-secret-missing': (w) =>
      `${on(w.batches)}: pull secret ${w.name} does not exist: a private image can’t be pulled`,
  },
}
