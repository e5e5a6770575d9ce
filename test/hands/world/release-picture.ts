import type { ReleaseView, RollBackPreview } from '../../../shared/view/pipeline.ts'
import type { PlanView } from '../../../shared/view/plan-view.ts'
import type { VerbView } from '../../../shared/view/verb-views.ts'
import type { GateView } from '../../../shared/view/gate-view.ts'
import type { VerbName } from '../../../shared/release/verbs.ts'
import type { SteeringVerb } from '../../../shared/release/verbs.ts'
import { steeringVerbs } from '../../../shared/release/verbs.ts'
import type { OffSentence } from '../../../shared/release/off-sentence.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { releaseId } from '../../../shared/ids.ts'
import { outlook, remains } from '../../visual/release-fixture.ts'
import { worldNow } from './first-clusters.ts'
import type { WorldRelease, WorldService, WorldStep } from './places.ts'

/** The release of a Service as the page is told of it. */
export function releasePicture(service: WorldService, release: WorldRelease): ReleaseView {
  const current = release.steps.findIndex((step) => step.phase === 'rolling' || step.phase === 'failing')
  const at = current >= 0 ? current : release.steps.findLastIndex((step) => step.phase === 'done')
  const ended = release.state === 'ended'
  return {
    id: releaseId(release.id),
    version: release.version,
    state: release.state,
    ...(ended && {
      outcome: release.outcome ?? 'done',
      endedAt: release.startedAt + 600_000,
      ending: { kind: 'release-stopped', remains: remains({}) },
    }),
    startedAt: release.startedAt,
    startedBy: 'li.wei@laptop',
    change: release.change,
    onFailure: release.onFailure,
    ...(release.change === 'image' && { tag: release.tag }),
    driving: release.driver === 'us' && !ended,
    lanes: [],
    log: [{ at: release.startedAt, sentence: { kind: 'log', what: 'started', by: 'li.wei@laptop' } }],
    ...(at >= 0 && !ended && { current: at }),
    gates: release.steps.slice(0, -1).map((step, index) => gate(service, release, { step, index })),
    verbs: verbs(service, release),
    rollBack: rollBack(service, release),
    ...(!ended && { plan: plan(release) }),
  }
}

function plan(release: WorldRelease): PlanView {
  return {
    steps: release.steps.map(({ batch, gates, leftOut, phase }) => ({
      batch,
      gates,
      leftOut,
      begun: phase !== 'waiting' && phase !== 'skipped',
    })),
    onFailure: release.onFailure,
    batchLimitSeconds: release.batchLimitSeconds,
    ...(release.state === 'rolling-back' && { off: { kind: 'off-rolling-back' as const } }),
    ...(release.driver !== 'us' && { off: { kind: 'off-nobody-drives' as const } }),
  }
}

function rollBack(service: WorldService, release: WorldRelease): RollBackPreview {
  const changed = release.steps.filter((step) => isChanged(step))
  const batches = changed.flatMap(({ batch, from }) => {
    const own = service.batches.find((one) => one.uid === batch)
    return own === undefined
      ? []
      : [{ uid: own.uid, number: own.number, name: own.name, from: release.tag, to: from, pods: own.desired }]
  })
  return {
    batches,
    pods: batches.reduce((sum, one) => sum + one.pods, 0),
    modes: ['at-once', 'batch-by-batch'],
  }
}

function isChanged({ phase }: WorldStep): boolean {
  return phase === 'rolling' || phase === 'baking' || phase === 'done' || phase === 'failing'
}

type Place = { readonly step: WorldStep; readonly index: number }

function gate(service: WorldService, release: WorldRelease, { step, index }: Place): GateView {
  const batch = service.batches.find((one) => one.uid === step.batch)
  const desired = batch?.desired ?? 0
  const next = release.steps[index + 1]
  const open = step.phase === 'done'
  const stage: GateView['stage'] =
    open && next?.phase !== 'waiting'
      ? { kind: 'passed' }
      : open
        ? { kind: 'approval', since: worldNow - 60_000 }
        : step.phase === 'rolling'
          ? { kind: 'ready', ready: Math.floor(desired / 2), desired }
          : step.phase === 'failing'
            ? { kind: 'blocked' }
            : { kind: 'next' }
  const passed = stage.kind === 'passed' || stage.kind === 'approval'
  const look = passed ? 'open' : 'waiting'
  return {
    after: step.batch,
    afterNumber: batch?.number ?? index + 1,
    spec: step.gates,
    stage,
    lines: [
      { gate: 'ready', look, sentence: { kind: 'gate-ready', ready: passed ? desired : 0, desired } },
      { gate: 'bake', look, sentence: { kind: passed ? 'gate-baked' : 'gate-bake', seconds: 30 } },
      {
        gate: 'approval',
        look: stage.kind === 'approval' ? 'yours' : look,
        sentence: { kind: stage.kind === 'approval' ? 'gate-approval-yours' : 'gate-approval-later' },
      },
    ],
  }
}

/** The step whose gate an approval opens just now. */
export function waitingStep(release: WorldRelease): number | undefined {
  if (release.state !== 'running') return undefined
  const index = release.steps.findIndex(
    (step, at) => step.phase === 'done' && nextOf(release, at)?.phase === 'waiting',
  )
  return index < 0 ? undefined : index
}

export function nextOf(release: WorldRelease, index: number): WorldStep | undefined {
  return release.steps.slice(index + 1).find((step) => step.phase !== 'skipped')
}

type Offer = Partial<Record<VerbName, true | OffSentence>>

function offered(release: WorldRelease): Offer {
  const off = { kind: 'off-ended' } as const
  const canGoBack = release.steps.some(isChanged) ? true : ({ kind: 'off-nothing-changed' } as const)
  if (release.driver !== 'us' && release.state !== 'ended')
    return {
      'take-over':
        release.driver === 'nobody' ? true : { kind: 'off-holder-alive', holder: 'wang.fang', seconds: 15 },
    }
  switch (release.state) {
    case 'running': {
      const waits = waitingStep(release) !== undefined
      return {
        approve: waits ? true : { kind: 'off-not-waiting', batch: 1, ready: 0, desired: 1 },
        'push-all': true,
        pause: true,
        freeze: true,
        skip: true,
        stop: true,
        'roll-back': canGoBack,
      }
    }
    case 'paused':
      return { resume: true, freeze: true, skip: true, stop: true, 'roll-back': canGoBack }
    case 'held':
      return { retry: true, skip: true, stop: true, 'roll-back': canGoBack }
    case 'rolling-back':
      return { stop: true, 'roll-back': { kind: 'off-rolling-back' } }
    case 'ended':
      return { 'roll-back': release.outcome === 'done' ? canGoBack : off }
  }
}

function verbs(service: WorldService, release: WorldRelease): readonly VerbView[] {
  const offers = offered(release)
  const names: readonly VerbName[] = [...steeringVerbs, 'take-over']
  const at = waitingStep(release)
  const subject =
    release.steps.find((step) => step.phase === 'failing' || step.phase === 'rolling') ??
    release.steps.find((step) => step.phase === 'waiting')
  return names.flatMap((verb) => {
    const offer = offers[verb]
    if (offer === undefined) return []
    const about =
      (verb === 'retry' || verb === 'skip') && subject !== undefined ? { batch: subject.batch } : {}
    // Without a batch that it is about there is no such verb.
    if ((verb === 'retry' || verb === 'skip') && subject === undefined) return []
    return [
      {
        verb,
        enabled: offer === true,
        sentence: sentence(service, release, verb),
        ...(offer !== true && { why: offer }),
        ...(verb === 'approve' && at !== undefined && { step: at }),
        ...about,
      },
    ]
  })
}

function sentence(service: WorldService, release: WorldRelease, verb: VerbName): Sentence {
  const at = waitingStep(release)
  const next = at === undefined ? undefined : nextOf(release, at)
  const batch = service.batches.find((one) => one.uid === next?.batch)
  const number = batch?.number ?? 1
  const first = { pods: batch?.desired ?? 0, tag: release.tag, does: outlook() }
  const back = rollBack(service, release)
  const all: Readonly<Record<SteeringVerb | 'take-over', Sentence>> = {
    approve: {
      kind: 'verb-approve',
      change: release.change,
      batch: at === undefined ? 0 : number,
      name: batch?.name ?? '',
      shareBefore: 0.1,
      shareAfter: 0.5,
      ...first,
    },
    'push-all': { kind: 'verb-push-all', ...first },
    pause: { kind: 'verb-pause', ...first },
    resume: { kind: 'verb-resume', ...first },
    freeze: { kind: 'verb-freeze', batch: number, ...first },
    retry: { kind: 'verb-retry', batch: number, ...first },
    skip: { kind: 'verb-skip', batch: number, begun: false, ...first },
    adopt: { kind: 'verb-adopt', batch: number, manager: 'kubectl', as: 'start', ...first },
    restore: { kind: 'verb-restore', batch: number, manager: 'kubectl', as: 'revert', ...first },
    stop: { kind: 'verb-stop', remains: remains({}), does: outlook(), undo: back.batches.length > 0 },
    'roll-back': {
      kind: 'verb-roll-back',
      batches: back.batches.map((one) => one.number),
      tag: back.batches[0]?.to ?? '',
      pods: back.pods,
    },
    'take-over': { kind: 'verb-take-over', holder: 'wang.fang' },
  }
  return all[verb]
}
