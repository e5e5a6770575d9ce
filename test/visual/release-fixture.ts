import type { Outlook } from '../../shared/release/outlook.ts'
import type { Remains } from '../../shared/release/remains.ts'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import type { GateView } from '../../shared/view/gate-view.ts'
import type { SteeringVerb } from '../../shared/release/verbs.ts'
import type { OffSentence } from '../../shared/release/off-sentence.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { defaultGates, type Gates } from '../../shared/release/gates/gate-table.ts'
import { releaseId, uid } from '../../shared/ids.ts'
import { newTag, now, oldTag, repository } from './batch-fixture.ts'

const spec: Gates = { ...defaultGates }

export function gate(after: number, stage: GateView['stage'], size = 16): GateView {
  return {
    after: uid(`uid-batch-${String(after)}`),
    afterNumber: after,
    spec,
    stage,
    lines: lines(stage, size),
  }
}

/** The gate after the last batch: there is nothing to approve any more. */
export function lastGate(after: number, stage: GateView['stage'], size = 16): GateView {
  const whole = gate(after, stage, size)
  return { ...whole, lines: whole.lines.filter((line) => line.gate !== 'approval') }
}

function lines(stage: GateView['stage'], size: number): GateView['lines'] {
  const passed = stage.kind === 'approval' || stage.kind === 'passed'
  const ready = stage.kind === 'ready' ? stage.ready : stage.kind === 'blocked' ? Math.max(0, size - 3) : size
  const full = passed || stage.kind === 'bake'
  const readyLook = full ? 'open' : stage.kind === 'blocked' ? 'blocked' : 'waiting'
  const bakeSentence: Sentence = { kind: passed ? 'gate-baked' : 'gate-bake', seconds: 30 }
  const approval: Sentence =
    stage.kind === 'approval'
      ? { kind: 'gate-approval-yours' }
      : { kind: stage.kind === 'passed' ? 'gate-approved' : 'gate-approval-later' }
  return [
    {
      gate: 'ready',
      look: readyLook,
      sentence: { kind: 'gate-ready', ready: stage.kind === 'next' ? 0 : ready, desired: size },
    },
    { gate: 'bake', look: passed ? 'open' : 'waiting', sentence: bakeSentence },
    {
      gate: 'restarts',
      look: full ? 'open' : 'waiting',
      sentence: { kind: 'gate-restarts', restarts: 0, allowed: 0 },
    },
    {
      gate: 'approval',
      look: stage.kind === 'approval' ? 'yours' : stage.kind === 'passed' ? 'open' : 'waiting',
      sentence: approval,
    },
  ]
}

type ReleaseFixture = Pick<ReleaseView, 'state' | 'gates' | 'verbs'> & Partial<ReleaseView>

export function releaseView(fixture: ReleaseFixture): ReleaseView {
  return {
    id: releaseId('release-1'),
    version: 1,
    startedAt: now - 250_000,
    startedBy: 'li.wei@laptop',
    change: 'image',
    onFailure: 'pause',
    tag: newTag,
    image: `${repository}:${newTag}`,
    driving: true,
    lanes: [],
    log: [
      { at: now - 250_000, sentence: { kind: 'log', what: 'started', by: 'li.wei@laptop' } },
      { at: now - 249_000, sentence: { kind: 'log', what: 'batch-started', batch: 1 } },
      { at: now - 178_000, sentence: { kind: 'log', what: 'batch-ready', batch: 1 } },
      { at: now - 148_000, sentence: { kind: 'log', what: 'batch-done', batch: 1 } },
    ],
    ...fixture,
  }
}

export function rollBack(batches: readonly number[], sizes: readonly number[]) {
  const chosen = batches.map((number) => ({
    uid: uid(`uid-batch-${String(number)}`),
    number,
    name: `demo-aone-${String(number)}`,
    from: newTag,
    to: oldTag,
    pods: sizes[number - 1] ?? 0,
  }))
  const pods = chosen.reduce((sum, one) => sum + one.pods, 0)
  return { batches: chosen, pods, modes: ['at-once', 'batch-by-batch'] as const }
}

const all: readonly SteeringVerb[] = [
  'approve',
  'pause',
  'resume',
  'freeze',
  'push-all',
  'retry',
  'skip',
  'stop',
  'roll-back',
]

type VerbsFixture = {
  /** The batch that the next approval would start. */
  readonly next: number
  readonly pods: number
  readonly shares: readonly [number, number]
  readonly changed: readonly number[]
  readonly unchanged: readonly number[]
  readonly returned: number
  readonly held?: boolean
  readonly off: Partial<Record<SteeringVerb, OffSentence>>
}

/** What is left as nothing unless a picture says it. */
export function outlook(parts: Partial<Outlook> = {}): Outlook {
  const none = { scales: [], pauses: [], unpauses: [], returns: [], finishes: [], updates: [] }
  return { ...none, then: { kind: 'paused' }, ...parts }
}

export function remains(parts: Partial<Remains>): Remains {
  const none = {
    new: [],
    old: [],
    returned: [],
    kept: [],
    unready: [],
    stuck: [],
    unsure: [],
    paused: [],
    earlier: [],
    scaled: [],
    unscaled: [],
  }
  return { ...none, ...parts }
}

/** All verbs; those named in `off` are disabled, for that reason. */
export function verbs(fixture: VerbsFixture): readonly VerbView[] {
  const { next, changed, unchanged, off } = fixture
  const goesBack = off['roll-back']?.kind === 'off-rolling-back'
  const { pods } = fixture
  const first = { pods, tag: newTag }
  const waits = { kind: 'approval', batch: next + 1 } as const
  const goesOn = next === 0 ? outlook() : outlook({ then: { kind: 'approval', batch: next } })
  const retry: Sentence = { kind: 'verb-retry', batch: next - 1, does: goesOn, ...first }
  const sentences: Readonly<Record<SteeringVerb, Sentence>> = {
    approve: {
      kind: 'verb-approve',
      change: 'image',
      batch: next,
      name: `demo-aone-${String(next)}`,
      ...first,
      does: outlook({ updates: [next], ...(next > 0 && next < 4 && { then: waits }) }),
      shareBefore: fixture.shares[0],
      shareAfter: fixture.shares[1],
    },
    pause: {
      kind: 'verb-pause',
      // While it waits for an approval, nothing is in progress.
      ...(off.approve !== undefined && { current: next === 0 ? 4 : next - 1 }),
      ...(next > 0 && { next }),
      does: outlook(),
      ...first,
    },
    resume: fixture.held === true ? retry : { kind: 'verb-resume', does: goesOn, ...first },
    'push-all': { kind: 'verb-push-all', does: outlook({ updates: unchanged }), ...first },
    freeze: { kind: 'verb-freeze', batch: next - 1, does: outlook({ pauses: [next - 1] }), ...first },
    retry,
    skip: {
      kind: 'verb-skip',
      batch: fixture.held === true ? next - 1 : next,
      begun: fixture.held === true,
      does: goesOn,
      ...first,
    },
    adopt: { kind: 'verb-adopt', batch: next, manager: 'kubectl-set', as: 'start', does: goesOn, ...first },
    restore: {
      kind: 'verb-restore',
      batch: next,
      manager: 'kubectl-set',
      as: 'revert',
      does: outlook({ returns: [next], then: { kind: 'approval', batch: next } }),
      ...first,
    },
    stop: {
      kind: 'verb-stop',
      // What is on its way back keeps the version that it goes back to.
      remains: remains({ [goesBack ? 'returned' : 'new']: changed, old: unchanged }),
      does: outlook({ then: { kind: 'ended', outcome: 'stopped' } }),
      undo: changed.length > 0,
    },
    'roll-back': { kind: 'verb-roll-back', batches: changed, tag: oldTag, pods: fixture.returned },
  }
  return all.map((verb) => {
    const why = off[verb]
    const step = verb === 'approve' ? { step: next - 2 } : {}
    return { verb, enabled: why === undefined, sentence: sentences[verb], ...(why ? { why } : {}), ...step }
  })
}
