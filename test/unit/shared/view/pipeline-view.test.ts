import { expect, test } from 'vitest'
import { connectionId, uid } from '../../../../shared/ids.ts'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import type { Batch } from '../../../../shared/model/batch-set.ts'
import { command } from '../../../../shared/release/command.ts'
import { versionOf } from '../../../../shared/k8s/image.ts'
import { changePlan } from '../../../../shared/release/change-plan.ts'
import { decide } from '../../../../shared/release/decide.ts'
import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { settle } from '../../../../shared/release/settle/settle.ts'
import { pipelineView, type PipelineInput } from '../../../../shared/view/pipeline-view.ts'
import { buildBatch, buildBatchSet, newImage } from '../../../support/build-batch.ts'
import { buildRelease } from '../../../support/build-release.ts'
import { createToyCluster } from '../../../support/toy-cluster.ts'
import { wordsOf } from '../../../support/spoken.ts'

function viewOf(
  batches: readonly Batch[],
  release?: Release,
  parts: Partial<PipelineInput> = {},
): PipelineView {
  return pipelineView({
    connection: connectionId('c'),
    set: buildBatchSet(batches),
    freshness: { kind: 'live' },
    lock: { kind: 'mine' },
    driving: release !== undefined,
    now: 5000,
    ...(release !== undefined && { release }),
    ...parts,
  })
}

function atFirstGate(): { readonly batches: readonly Batch[]; readonly release: Release } {
  const cluster = createToyCluster([1, 16, 16, 16])
  let release = buildRelease(buildBatchSet(cluster.batches()), { gates: { bakeSeconds: 0 } })
  for (let look = 0; look < 4; look++) {
    const decision = decide(
      release,
      { freshness: { kind: 'live' }, service: true, batches: cluster.batches() },
      1000,
    )
    release = decision.release
    for (const effect of decision.effects) {
      release = settle(release, effect, { result: cluster.apply(effect), now: 1000 })
    }
    cluster.progress()
  }
  return { batches: cluster.batches(), release }
}

test('at the first gate it says who is waited for, and the traffic share is that of ready endpoints', () => {
  const { batches, release } = atFirstGate()
  const view = viewOf(batches, release)
  expect(view.headline).toEqual({ kind: 'release-approval', done: 1, next: 2 })
  expect(view.newShare).toBeCloseTo(1 / 49)
  expect(view.batches.map((batch) => batch.look)).toEqual(['done', 'approval', 'waiting', 'waiting'])
  expect(view.release?.gates[0]?.stage.kind).toBe('approval')
})

test('skipping tells what follows: on how many pods, with which version, and that it waits for a person', () => {
  const { batches, release } = atFirstGate()
  const verb = viewOf(batches, release).release?.verbs.find((one) => one.verb === 'skip')
  expect(verb?.sentence).toMatchObject({
    kind: 'verb-skip',
    batch: 2,
    begun: false,
    does: { updates: [], then: { kind: 'approval', batch: 3 } },
    pods: 16,
    tag: versionOf(newImage),
  })
})

test('after a skipped batch there stands a gate with nothing proved and an approval, which names what follows', () => {
  const { batches, release } = atFirstGate()
  const observed = { freshness: { kind: 'live' }, service: true, batches } as const
  const batch = batches[1]?.uid ?? gone()
  const skipped = command(release, { kind: 'skip', batch }, { observed, by: 'li', now: 3000 })
  if (!skipped.ok) throw new Error(wordsOf(skipped.fault))
  const view = viewOf(batches, skipped.value)
  expect(view.headline).toEqual({ kind: 'release-approval', done: 2, next: 3, skipped: true })
  expect(view.release?.gates.map((gate) => [gate.afterNumber, gate.stage.kind])).toEqual([
    [1, 'passed'],
    [2, 'approval'],
    [3, 'next'],
    [4, 'next'],
  ])
  expect(view.release?.gates[1]?.stage).toEqual({ kind: 'approval', since: 3000 })
  expect(view.release?.gates[1]?.lines.map((line) => line.sentence.kind)).toEqual([
    'gate-skipped',
    'gate-approval-yours',
  ])
  const approve = view.release?.verbs.find((one) => one.verb === 'approve')
  expect(approve).toMatchObject({ enabled: true, step: 1, sentence: { batch: 3, pods: 16 } })
})

test('while a batch rolls, the headline counts the new pods that serve, as its gate does', () => {
  const { batches, release } = atFirstGate()
  const rolling = { kind: 'rolling', since: 1000, generation: 1, highWater: 0, progressAt: 1000 } as const
  const digest = batches[1]?.templateDigest ?? ''
  const second: Release = {
    ...release,
    approved: [0],
    batches: release.batches.map((own) =>
      own.number === 2 ? { ...own, phase: { ...rolling, digest, restartsBefore: 0 } } : own,
    ),
  }
  const seen = batches.map((batch) => (batch.number === 2 ? { ...batch, updated: 8, servingNew: 3 } : batch))
  expect(viewOf(seen, second).headline).toEqual({
    kind: 'release-rolling',
    batch: 2,
    updated: 3,
    desired: 16,
  })
})

test('approving names its batch, its pods and the share before and after', () => {
  const { batches, release } = atFirstGate()
  const approve = viewOf(batches, release).release?.verbs.find((verb) => verb.verb === 'approve')
  expect(approve).toMatchObject({
    enabled: true,
    step: 0,
    sentence: { kind: 'verb-approve', batch: 2, pods: 16, tag: '20190215093000', shareAfter: 17 / 49 },
  })
})

test('on stale data approving is off and says why; stop, pause and roll back stay', () => {
  const { batches, release } = atFirstGate()
  const view = viewOf(batches, release, {
    freshness: { kind: 'stale', since: 1, why: { kind: 'words', words: 'gone' } },
  })
  const on = view.release?.verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)
  expect(on).toEqual(['pause', 'stop', 'roll-back'])
  expect(view.release?.verbs.find((verb) => verb.verb === 'approve')?.why).toEqual({ kind: 'off-stale' })
})

test('while somebody else drives, every verb is off and names that person', () => {
  const { batches, release } = atFirstGate()
  const lock = { kind: 'other', holder: 'wang@desk', expired: false, seconds: 60 } as const
  const verbs = viewOf(batches, release, { driving: false, lock }).release?.verbs ?? []
  expect(verbs.map((verb) => verb.verb)).toContain('take-over')
  for (const { enabled, why } of verbs)
    expect({ enabled, why }).toMatchObject({ enabled: false, why: { holder: 'wang@desk' } })
})

test('when nobody drives any more, taking over and rolling back are open, and the rest says to take over first', () => {
  const { batches, release } = atFirstGate()
  const lock = { kind: 'other', holder: 'wang@desk', expired: true, seconds: 60 } as const
  const verbs = viewOf(batches, release, { driving: false, lock }).release?.verbs ?? []
  expect(verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)).toEqual(['take-over', 'roll-back'])
  const off = verbs.filter((verb) => !verb.enabled).map((verb) => verb.why)
  expect(off).toEqual(off.map(() => ({ kind: 'off-nobody-drives' })))
})

test('a release that is held for pods which are ready again says what was, and what is', () => {
  const { batches, release } = atFirstGate()
  const [first] = release.batches
  if (first === undefined) throw new Error('a batch is missing')
  const hold = { kind: 'regressed', batch: first.uid } as const
  const held: Release = { ...release, state: { kind: 'held', since: 2000, hold } }
  const whole = { kind: 'release-recovered', batch: 1, by: 'itself', was: 'regressed', reason: '' }
  expect(viewOf(batches, held).headline).toEqual(whole)
  const short = batches.map((batch) => (batch.uid === first.uid ? { ...batch, servingNew: 0 } : batch))
  expect(viewOf(short, held).headline).toEqual({ kind: 'release-regressed', batch: 1 })
  // The plan has taken it back: whatever runs there now, it is not the failing version.
  const pods = { kind: 'pods', batch: first.uid, reason: 'ErrImagePull', message: '', pods: 1 } as const
  const returned: Release = {
    ...held,
    state: { kind: 'held', since: 2000, hold: pods },
    batches: release.batches.map((own) =>
      own.uid === first.uid ? { ...own, phase: { kind: 'returned', at: 2000 } } : own,
    ),
  }
  expect(viewOf(short, returned).headline).toEqual({
    ...whole,
    by: 'rollback',
    was: 'failing',
    reason: 'ErrImagePull',
  })
})

test('a batch whose Deployment is gone is not called rolling, whoever drives the release', () => {
  const { batches, release } = atFirstGate()
  const rolling = release.batches.map((own): Release['batches'][number] =>
    own.number === 2 ? { ...own, phase: { kind: 'patching', attempt: 1, since: 2000 } } : own,
  )
  const without = batches.filter((batch) => batch.number !== 2)
  expect(viewOf(without, { ...release, batches: rolling }, { driving: false }).headline).toEqual({
    kind: 'release-gone',
    batch: 2,
    again: false,
  })
})

test('of two pods that are wanted never three are ready', () => {
  const batch = buildBatch(1, { desired: 2, ready: 3, updated: 1, old: 2 })
  expect(viewOf([batch]).batches[0]?.sentence).toEqual({ kind: 'batch-idle', ready: 2, desired: 2 })
})

test('while the record of an ended release can not be read nothing of it is offered', () => {
  const { batches, release } = atFirstGate()
  const ended: Release = { ...release, state: { kind: 'ended', at: 2000, outcome: 'stopped' } }
  const sentence = { kind: 'journal-unreadable' } as const
  const unreadable = { version: '7', newer: false, sentence }
  const shown = viewOf(batches, ended, { driving: false, unreadable }).release
  expect(shown?.verbs.filter((verb) => verb.enabled)).toEqual([])
  expect(shown?.verbs.find((verb) => verb.verb === 'roll-back')?.why).toEqual(sentence)
})

test('beside an unfinished release of another Service only the brakes and the way back are offered', () => {
  const { batches, release } = atFirstGate()
  const elsewhere = { ...release, service: { ...release.service, name: 'other-http' }, startedBy: 'wang' }
  const shown = viewOf(batches, release, { elsewhere }).release
  const verbs = shown?.verbs ?? []
  expect(verbs.filter((verb) => verb.enabled).map((verb) => verb.verb)).toEqual([
    'pause',
    'stop',
    'roll-back',
  ])
  const why = { kind: 'off-elsewhere', service: 'other-http', by: 'wang' }
  expect(verbs.find((verb) => verb.verb === 'approve')?.why).toEqual(why)
  expect(shown?.plan?.off).toEqual(why)
  // What has ended would begin anew.
  const ended: Release = { ...release, state: { kind: 'ended', at: 2000, outcome: 'stopped' } }
  const later = viewOf(batches, ended, { elsewhere, driving: false }).release?.verbs ?? []
  expect(later.filter((verb) => verb.enabled)).toEqual([])
})

test('an ended release leaves the picture once somebody has released something else', () => {
  const { batches, release } = atFirstGate()
  const ended: Release = { ...release, state: { kind: 'ended', at: 2000, outcome: 'stopped' } }
  expect(viewOf(batches, ended, { driving: false }).release?.outcome).toBe('stopped')
  const later = batches.map((batch) => buildBatch(batch.number, { image: 'registry.example/other:2' }))
  expect(viewOf(later, ended, { driving: false }).release).toBeUndefined()
})

test('while a release runs its batches stand in its order, with what of the plan may still be changed', () => {
  const { batches, release } = atFirstGate()
  const uid = (number: number) => batches[number - 1]?.uid ?? gone()
  const gates = { ...defaultGates, bakeSeconds: 5 }
  const steps = [
    { batch: uid(4), gates, leftOut: false },
    { batch: uid(2), gates, leftOut: true },
  ]
  const observed = { freshness: { kind: 'live' }, service: true, batches } as const
  const changed = changePlan(release, { steps, sizes: [] }, { observed, by: 'li', now: 2000 })
  if (!changed.ok) throw new Error(wordsOf(changed.fault))
  const view = viewOf(batches, changed.value)
  expect(view.batches.map((batch) => [batch.number, batch.look])).toEqual([
    [1, 'done'],
    [4, 'approval'],
    [3, 'waiting'],
    [2, 'skipped'],
  ])
  expect(view.release?.current).toBe(1)
  expect(view.release?.plan?.steps.map((step) => [step.begun, step.leftOut])).toEqual([
    [true, false],
    [false, false],
    [false, false],
    [false, true],
  ])
  expect(view.release?.gates.map((gate) => [gate.afterNumber, gate.stage.kind])).toEqual([
    [1, 'approval'],
    [4, 'next'],
    [3, 'next'],
  ])
})

test('the sizes of batches that wait may be changed between them while the release runs here, or is paused', () => {
  const { batches, release } = atFirstGate()
  const sizes = (one: Release, parts: Partial<PipelineInput> = {}) =>
    viewOf(batches, one, parts).batches.map(({ size }) => (size.kind === 'free' ? 'free' : size.why.kind))
  expect(sizes(release)).toEqual(['size-updated', 'free', 'free', 'free'])
  const paused = { ...release, state: { kind: 'paused', since: 1, by: 'li' } } as const
  expect(sizes(paused)).toEqual(sizes(release))
  const lock = { kind: 'other', holder: 'wang@desk', expired: false, seconds: 60 } as const
  expect(sizes(release, { driving: false, lock })).not.toContain('free')
  const target = { batch: batches[2]?.uid ?? gone(), from: 16, to: 20, sent: false }
  const resize = { phase: 'growing', targets: [target] } as const
  expect(sizes({ ...release, resize })).toContain('size-changing')
  expect(viewOf(batches, { ...release, resize }).batches[2]?.sentence).toEqual({
    kind: 'batch-resizing',
    available: 16,
    desired: 20,
  })
  // What was set while it is paused was not sent: it may still be corrected.
  const third = viewOf(batches, { ...paused, resize }).batches[2]
  expect(third?.sentence).toEqual({ kind: 'batch-resize-waits', desired: 20 })
  expect(third?.size).toEqual({ kind: 'free', planned: 20 })
  const oneLeft = release.batches.map((own, index) =>
    index === 1 || index === 2 ? { ...own, phase: release.batches[0]?.phase ?? gone() } : own,
  )
  expect(sizes({ ...release, batches: oneLeft })).toEqual([
    'size-updated',
    'size-updated',
    'size-updated',
    'size-alone',
  ])
})

test('without a release nobody is on a new version and no share is shown', () => {
  const view = viewOf([buildBatch(1), buildBatch(2)])
  expect(view.newShare).toBeUndefined()
  expect(view.batches.map((batch) => batch.sentence)).toEqual([
    { kind: 'batch-idle', ready: 1, desired: 1 },
    { kind: 'batch-idle', ready: 16, desired: 16 },
  ])
})

function gone(): never {
  throw new Error('This batch is not there.')
}

test('a restart and another template are drawn in the timeline as an image is', () => {
  const { batches, release } = atFirstGate()
  const kinds = ['image', 'restart', 'template', 'none'] as const
  const drawn = kinds.filter((kind) => {
    const change = kind === 'restart' ? { kind, at: 0 } : kind === 'image' ? release.change : { kind }
    return viewOf(batches, { ...release, change }).release?.lanes.some((lane) => lane.spans.length > 0)
  })
  expect(drawn).toEqual(['image', 'restart', 'template'])
})

test('stopping a roll back says that batches whose old template has been written go back by themselves', () => {
  const { batches, release } = atFirstGate()
  const rolling = { kind: 'rolling-back', since: 0, generation: 9 } as const
  const going: Release = {
    ...release,
    batches: release.batches.map((own, index) => (index === 0 ? { ...own, phase: rolling } : own)),
  }
  const stop = viewOf(batches, going).release?.verbs.find((verb) => verb.verb === 'stop')
  const left = { remains: { new: [], returned: [1], old: [2, 3, 4] } }
  expect(stop?.sentence).toMatchObject({ ...left, does: { finishes: [1] } })
  const stopped = { kind: 'ended', at: 0, outcome: 'stopped' } as const
  expect(viewOf(batches, { ...going, state: stopped }).headline).toMatchObject(left)
})

test('after going back nothing is called a new version, and what was not meant was not changed', () => {
  const { batches, release } = atFirstGate()
  const back: Release = {
    ...release,
    change: { kind: 'restore' },
    batches: release.batches.map((own, index) => ({
      ...own,
      phase: index === 1 ? { kind: 'returned', at: 0 } : { kind: 'skipped', touched: false },
    })),
    state: { kind: 'ended', at: 0, outcome: 'rolled-back' },
  }
  const view = viewOf(batches, back)
  expect(view.newShare).toBeUndefined()
  expect(view.batches.map((batch) => batch.sentence.kind)).toEqual([
    'batch-untouched',
    'batch-returned',
    'batch-untouched',
    'batch-untouched',
  ])
})

test('batches keep the numbers of their release when sizes would put them in another order', () => {
  const { batches, release } = atFirstGate()
  const turned = batches.toReversed().map((batch, index) => ({ ...batch, number: index + 1 }))
  const numbers = (view: PipelineView) => view.batches.map((batch) => [batch.uid, batch.number])
  expect(numbers(viewOf(turned, release))).toEqual(numbers(viewOf(batches, release)))
})

test('a batch that is skipped after it was written is not drawn as if the version that failed were its old one', () => {
  const { batches, release } = atFirstGate()
  const observed = { freshness: { kind: 'live' }, service: true, batches } as const
  const first = batches[0]?.uid ?? gone()
  const hold = { kind: 'pods', batch: first, reason: 'CrashLoopBackOff', message: '', pods: 1 } as const
  const held: Release = { ...release, state: { kind: 'held', since: 0, hold } }
  const skipped = command(held, { kind: 'skip', batch: first }, { observed, by: 'li', now: 3000 })
  if (!skipped.ok) throw new Error(wordsOf(skipped.fault))
  const drawn = viewOf(batches, skipped.value).batches
  expect(drawn.map((batch) => [batch.look, batch.isNew === true])).toEqual([
    ['skipped', true],
    ['approval', false],
    ['waiting', false],
    ['waiting', false],
  ])
})

test('a Service that was gone and is there again is not called gone, while the release waits for a person', () => {
  const { batches, release } = atFirstGate()
  const hold = { kind: 'service-gone', batch: batches[0]?.uid ?? uid('batch-1') } as const
  const held: Release = { ...release, state: { kind: 'held', since: 0, hold } }
  expect(viewOf(batches, held).headline).toEqual({ kind: 'release-service-again' })
})
