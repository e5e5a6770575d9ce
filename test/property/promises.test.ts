import fc from 'fast-check'
import { expect, test } from 'vitest'
import { templateDigest } from '../../shared/k8s/template-digest.ts'
import type { VerbView } from '../../shared/view/verb-views.ts'
import { homeOf, wantedTemplate } from '../../shared/release/change/change.ts'
import type { Outlook } from '../../shared/release/outlook.ts'
import type { Release, ReleaseBatch } from '../../shared/release/release.ts'
import { remainsOf, type Remains } from '../../shared/release/remains.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import {
  beginnings,
  createReleaseWorld,
  turns,
  type Beginning,
  type ReleaseWorld,
  type Turn,
} from '../support/release-world.ts'

/** Rolled back and ended releases offer little: the dice of main are fixed, a developer's machine explores anew. */
const runs = { numRuns: 1500, ...(process.env['CI'] !== undefined && { seed: 20_261_130 }) }

/** Where things stood when a verb was sent. */
type Before = { readonly deployments: ReadonlyMap<number, Deployment>; readonly holds: number }

type Deployment = { readonly digest: string; readonly desired: number; readonly paused: boolean }

function deploymentsOf(world: ReleaseWorld): ReadonlyMap<number, Deployment> {
  return new Map(
    world.cluster
      .batches()
      .map(({ number, templateDigest: digest, desired, paused }) => [number, { digest, desired, paused }]),
  )
}

/** What happened in the cluster between two looks at it, in the terms of the outlook. */
function expectKept(does: Outlook, before: Before, world: ReleaseWorld): void {
  const release = world.release()
  const failed = isHeldAnew(before, release)
  for (const own of release.batches) {
    const was = before.deployments.get(own.number)
    const is = deploymentsOf(world).get(own.number)
    if (was === undefined || is === undefined) continue
    const about = `batch ${own.number} of ${JSON.stringify(does)}`
    const targets = [
      ...(does.updates.includes(own.number) ? [targetDigest(release, own)] : []),
      ...(does.returns.includes(own.number) || (failed && release.plan.onFailure !== 'pause')
        ? [returnedTo(release, own)]
        : []),
    ]
    if (failed || targets.length === 0) expect([was.digest, ...targets], about).toContain(is.digest)
    else expect(is.digest, about).toBe(targets[0])
    const scaled = release.resize?.targets.find((target) => target.batch === own.uid)?.to
    if (!does.scales.includes(own.number)) expect(is.desired, about).toBe(was.desired)
    else if (!failed) expect(is.desired, about).toBe(scaled)
    if (does.pauses.includes(own.number)) expect(is.paused, about).toBe(true)
    else if (does.unpauses.includes(own.number)) expect(is.paused && !failed, about).toBe(false)
    else if (!targets.includes(is.digest)) expect(is.paused, about).toBe(was.paused)
  }
  if (!failed) expect(standsAt(release), JSON.stringify(does)).toEqual(does.then)
}

/** It met what others have done before the verb was sent: then it stops short of what it promised, and nothing else. */
function isHeldAnew(before: Before, release: Release): boolean {
  const { state } = release
  return (
    holdsOf(release) > before.holds || (state.kind === 'ended' && state.outcome === 'rolled-back-in-part')
  )
}

function holdsOf(release: Release): number {
  return release.log.filter(({ what }) => what === 'held').length
}

function standsAt(release: Release): Outlook['then'] | string {
  const { state } = release
  const numberOf = (uid: string): number => release.batches.find((own) => own.uid === uid)?.number ?? 0
  switch (state.kind) {
    case 'ended':
      return { kind: 'ended', outcome: state.outcome }
    case 'paused':
      return { kind: 'paused' }
    case 'held':
      return { kind: 'held', batch: numberOf(state.hold.batch) }
    case 'rolling-back':
      return 'still rolling back'
    case 'running': {
      const waits = release.batches.find((own) => own.phase.kind === 'waiting')
      return waits === undefined ? 'still running' : { kind: 'approval', batch: waits.number }
    }
  }
}

/** Put back before its turn, a batch has what it had when the release began; taken back, what ran before all of it. */
function returnedTo(release: Release, own: ReleaseBatch): string {
  return own.phase.kind === 'waiting' ? own.startsFrom : homeOf(release, own).digest
}

function targetDigest(release: Release, own: ReleaseBatch): string {
  return own.target?.digest ?? templateDigest(wantedTemplate(release, own))
}

/** What the sentence itself says beyond the outlook that it carries. */
function expectSaid(sentence: Sentence, before: Before, world: ReleaseWorld): void {
  const release = world.release()
  const ownOf = (number: number) => release.batches.find((own) => own.number === number)
  if ('pods' in sentence && 'does' in sentence && sentence.does.updates.length > 0) {
    const first = deploymentsOf(world).get(sentence.does.updates[0] ?? 0)
    if (!isHeldAnew(before, release)) expect(sentence.pods).toBe(first?.desired)
  }
  switch (sentence.kind) {
    case 'verb-approve':
      expect(sentence.does.updates[0]).toBe(sentence.batch)
      return
    case 'verb-push-all':
      expect(sentence.does.updates.length).toBeGreaterThan(0)
      expect(sentence.does.then).toEqual({ kind: 'ended', outcome: 'done' })
      return
    case 'verb-skip':
      expect(ownOf(sentence.batch)?.phase.kind).toBe(sentence.back === true ? 'stuck' : 'skipped')
      expect(deploymentsOf(world).get(sentence.batch)?.digest).toBe(
        before.deployments.get(sentence.batch)?.digest,
      )
      return
    case 'verb-adopt':
      if (sentence.as === 'skipped') expect(ownOf(sentence.batch)?.phase.kind).toBe('skipped')
      else if (sentence.as === 'size') expect(sentence.does.scales).not.toContain(sentence.batch)
      else
        expect(ownOf(sentence.batch)?.baseline.templateDigest).toBe(
          before.deployments.get(sentence.batch)?.digest,
        )
      return
    case 'verb-restore':
      if (sentence.as === 'overwrite') expect(sentence.does.updates).toContain(sentence.batch)
      if (sentence.as === 'revert') expect(sentence.does.returns).toContain(sentence.batch)
      if (sentence.as === 'unpause') expect(sentence.does.unpauses).toContain(sentence.batch)
      return
    case 'verb-pause':
      if (sentence.current === undefined || standsAt(release) === 'held') return
      if (release.state.kind === 'paused') expect(ownOf(sentence.current)?.phase.kind).toBe('done')
      return
    case 'verb-stop':
      expectRemains(world)
      expectRemainsAs(sentence.remains, remainsOf(release))
      return
    case 'verb-roll-back':
      if (isEndedAs(release, 'rolled-back'))
        expect(remainsOf(release).returned).toEqual(expect.arrayContaining([...sentence.batches]))
      return
    default:
      return
  }
}

/** Of what nobody could say how it stood when it was promised, it is found out by now. A size that was asked for counts as set. */
function expectRemainsAs(promised: Remains, remains: Remains): void {
  const known = ({ scaled, unscaled, ...fates }: Remains) => ({
    sizes: [...scaled, ...unscaled].toSorted((a, b) => a - b),
    ...Object.fromEntries(
      Object.entries(fates).map(([fate, numbers]) => [
        fate,
        numbers.filter((number: number) => !promised.unsure.includes(number)),
      ]),
    ),
  })
  expect(known(remains)).toEqual(known(promised))
  expect(promised.scaled).toEqual(expect.arrayContaining([...remains.scaled]))
}

function isEndedAs(release: Release, outcome: string): boolean {
  return release.state.kind === 'ended' && release.state.outcome === outcome
}

/** What is said of each batch at the end is what its Deployment runs. What others wrote unseen, nobody can say. */
function expectRemains(world: ReleaseWorld): void {
  const release = world.release()
  const remains = remainsOf(release)
  const is = deploymentsOf(world)
  for (const own of release.batches) {
    const digest = is.get(own.number)?.digest
    const known = [targetDigest(release, own), homeOf(release, own).digest, own.baseline.templateDigest]
    const isThere = world.cluster.batches().some((batch) => batch.uid === own.uid)
    if (digest === undefined || !isThere || !known.includes(digest)) continue
    const about = `batch ${own.number}, ${own.phase.kind}, ${JSON.stringify(remains)}`
    if (remains.new.includes(own.number)) expect(digest, about).toBe(targetDigest(release, own))
    if (remains.returned.includes(own.number)) expect(digest, about).toBe(homeOf(release, own).digest)
    if (remains.old.includes(own.number)) expect(digest, about).toBe(own.baseline.templateDigest)
  }
}

function isSteering({ verb }: VerbView): boolean {
  return verb !== 'take-over'
}

/** What an earlier release has kept still is left out, and let go when this one ends. */
const thawedAtItsEnd: [Beginning, readonly Turn[]] = [
  {
    change: 'image',
    asks: [false, false, false],
    leftOut: [false, false, false],
    sizes: [1, 6, 4],
    onFailure: 'pause',
    mode: 'at-once',
  },
  [
    { kind: 'look' },
    { kind: 'wish', verb: 'freeze' },
    { kind: 'look' },
    { kind: 'supersede' },
    { kind: 'wish', verb: 'skip' },
  ],
]

test('what the sentence of a verb promises is what the cluster and the release then do', () => {
  let kept = 0
  fc.assert(
    fc.property(beginnings, turns, (beginning, history) => {
      const world = createReleaseWorld(beginning)
      for (const turn of history) world.play(turn)
      // Only what has been seen can be spoken of.
      world.play({ kind: 'look' })
      for (const verb of world.verbs().filter((one) => one.enabled && isSteering(one))) {
        const fork = world.fork()
        const before = { deployments: deploymentsOf(fork), holds: holdsOf(fork.release()) }
        expect(fork.send(verb), verb.verb).toBe(true)
        fork.settleDown()
        if ('does' in verb.sentence) {
          expectKept(verb.sentence.does, before, fork)
          if (!isHeldAnew(before, fork.release())) kept++
        }
        expectSaid(verb.sentence, before, fork)
      }
    }),
    { ...runs, examples: [thawedAtItsEnd] },
  )
  // Most promises must have been kept to the end, not only not broken.
  expect(kept).toBeGreaterThan(runs.numRuns)
})

test('what a release says that it has left behind is what the Deployments run', () => {
  let ends = 0
  fc.assert(
    fc.property(beginnings, turns, (beginning, history) => {
      const world = createReleaseWorld(beginning)
      for (const turn of history) {
        world.play(turn)
        if (world.release().state.kind !== 'ended') continue
        ends++
        expectRemains(world)
        return
      }
    }),
    runs,
  )
  expect(ends).toBeGreaterThan(runs.numRuns / 10)
})
