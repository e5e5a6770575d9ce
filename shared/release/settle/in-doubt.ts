import type { Uid } from '../../ids.ts'
import type { BatchPhase, Doubt, Effect, Release, ReleaseBatch } from '../release.ts'
import { earliest, setBatch, type Decision } from '../transitions.ts'
import { waitsUntil } from './tries.ts'

type Way = 'forward' | 'back' | 'back to the start'

/** What of ours may be on its way to one batch: intents that are in the journal, and of which no end is known. */
type Intents = {
  readonly template?: Way
  readonly paused?: boolean
  readonly replicas?: number
}

function intentsAt(release: Release, batch: Uid): Intents {
  const own = release.batches.find((one) => one.uid === batch)
  const template = own === undefined ? undefined : wayOf(release, own)
  const freeze = own?.freeze
  const pauses = freeze !== undefined && !freeze.sent && freeze.stuck === undefined
  const target = goesOn(release) ? release.resize?.targets.find((one) => one.batch === batch) : undefined
  return {
    ...(template !== undefined && { template }),
    ...(pauses && { paused: freeze.wish === 'freeze' }),
    ...(target?.asked === true && !target.sent && { replicas: target.to }),
  }
}

/** A way back leaves alone what it is not about, and an end all of it: what was meant there is meant no more. */
function wayOf(release: Release, { uid, phase }: ReleaseBatch): Way | undefined {
  const { state } = release
  if (phase.kind !== 'patching' && phase.kind !== 'returning') return undefined
  const isMeant = state.kind === 'rolling-back' ? state.batches.includes(uid) : goesOn(release)
  if (!isMeant) return undefined
  if (phase.kind === 'patching') return 'forward'
  return phase.to === 'start' ? 'back to the start' : 'back'
}

function goesOn({ state }: Release): boolean {
  return state.kind === 'running' || state.kind === 'paused' || state.kind === 'held'
}

/** Whether a write of ours may be on its way to a batch. */
export function isOnItsWay(release: Release, batch: Uid): boolean {
  return Object.keys(intentsAt(release, batch)).length > 0
}

/**
 * The later release, with everything in doubt that the earlier one had on its way and that is not meant any more. What
 * was found in the cluster meanwhile leaves no doubt: a write that has landed, or fails at what it finds there.
 */
export function withDoubts(before: Release, after: Release, now: number): Release {
  if (before === after) return after
  return after.batches.reduce(
    (next, own) => (isLeft(before, after, own) ? doubted(next, own, now) : next),
    after,
  )
}

function isLeft(before: Release, after: Release, { uid, phase, freeze }: ReleaseBatch): boolean {
  const meant = intentsAt(before, uid)
  const still = intentsAt(after, uid)
  if (meant.template !== undefined && meant.template !== still.template && !isFound(phase)) return true
  const isPaused = freeze?.sent === true && (freeze.wish === 'freeze') === meant.paused
  if (meant.paused !== undefined && meant.paused !== still.paused && !isPaused) return true
  if (meant.replicas === undefined || meant.replicas === still.replicas) return false
  return after.resize?.targets.some((one) => one.batch === uid && one.sent) !== true
}

/** A phase that a batch gets by what is found at its Deployment, or by what its write was answered. */
function isFound({ kind }: BatchPhase): boolean {
  return kind !== 'patching' && kind !== 'returning' && kind !== 'skipped'
}

export function doubted(release: Release, { uid, inDoubt }: ReleaseBatch, now: number): Release {
  return setBatch(release, uid, { inDoubt: inDoubt ?? { since: now } })
}

/** What one release leaves in doubt at the Deployments of another one, which takes its place or follows it. */
export function doubtsFrom(past: Release, release: Release, now: number): Release {
  return release.batches.reduce((next, own) => {
    const old = past.batches.find((one) => one.uid === own.uid)
    if (old === undefined || own.inDoubt !== undefined) return next
    // A journal of an earlier build may have ended in the middle of a write.
    const inMiddle = old.phase.kind === 'patching' || old.phase.kind === 'returning'
    if (old.inDoubt === undefined && !inMiddle && !isOnItsWay(past, own.uid)) return next
    return doubted(next, own, now)
  }, release)
}

/**
 * Whoever goes on with what somebody else has driven: of all that was on its way nobody knows what became. Every batch
 * that is still to be written counts, whatever the build that drove it wrote down before it wrote.
 */
export function allInDoubt(release: Release, now: number): Release {
  const waiting = release.batches.filter(({ phase }) => phase.kind === 'waiting')
  return waiting.reduce((next, own) => doubted(next, own, now), doubtsFrom(release, release, now))
}

/** All that is on its way, also what could not be seen out before: to be seen out now, whatever else is meant. */
export function allMeant(release: Release, now: number): Release {
  const anew = { ...release, batches: release.batches.map((own) => seeOutAgain(own, now)) }
  return doubtsFrom(anew, anew, now)
}

/** Nothing further begins, and nothing is called done, while this is so. */
export function isSeeingOut(release: Release): boolean {
  return release.batches.some(({ inDoubt }) => inDoubt !== undefined && inDoubt.left === undefined)
}

/** What could not be seen out is tried anew: a person says so. */
export function seeOutAgain(own: ReleaseBatch, now: number): ReleaseBatch {
  return own.inDoubt?.left === undefined ? own : { ...own, inDoubt: { since: now } }
}

export function withoutDoubt({ inDoubt: _, ...own }: ReleaseBatch): ReleaseBatch {
  return own
}

/** Nothing of the releases before can land any more. */
export function withoutLate({ late: _, ...own }: ReleaseBatch): ReleaseBatch {
  return own
}

/** A decision with what is needed to see out every write in doubt: by a write that is due anyway, or by one of its own. */
export function seeingOut(before: Release, decision: Decision, now: number): Decision {
  const release = withDoubts(before, decision.release, now)
  const effects = decision.effects.map((effect) => ({ ...effect, ...doubtOf(release, effect.batch) }))
  const wakes: (number | undefined)[] = [decision.wakeAt]
  for (const own of release.batches) {
    const { inDoubt } = own
    if (inDoubt === undefined || inDoubt.left !== undefined) continue
    if (effects.some((effect) => effect.batch === own.uid)) continue
    const wakeAt = waitsUntil(inDoubt.retryAt, now)
    wakes.push(wakeAt)
    if (wakeAt === undefined) effects.push(seeOut(release, own, inDoubt))
  }
  const wakeAt = earliest(wakes)
  return { release, effects, ...(wakeAt !== undefined && { wakeAt }) }
}

function doubtOf(release: Release, batch: Uid): Pick<Effect, 'inDoubt'> {
  return release.batches.some((own) => own.uid === batch && own.inDoubt !== undefined)
    ? { inDoubt: true }
    : {}
}

function seeOut(release: Release, own: ReleaseBatch, { tried, since }: Doubt): Effect {
  const id = `${release.id}/${own.number}/see-out/${since}/${tried?.count ?? 0}`
  return { kind: 'see-out', id, batch: own.uid, name: own.name, inDoubt: true }
}
