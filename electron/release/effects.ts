import { faultText } from '../../shared/words/faults/say-fault.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Fault, Reply } from '../../shared/fault.ts'
import type { Deployment } from '../../shared/k8s/objects.ts'
import { hasTemplate } from '../../shared/k8s/template-digest.ts'
import { hasOneOf } from '../../shared/release/change/mark.ts'
import { isByOurHand } from '../../shared/release/settle/own-hand.ts'
import { lastWriter } from '../../shared/release/last-writer.ts'
import type { Effect, EffectResult } from '../../shared/release/release.ts'
import { runsImages } from '../../shared/release/change/template-images.ts'
import { causeAnnotation, changesOf, fenceOf } from './operations.ts'
import type { JsonPatchOperation, PatchGuard, ReleaseApi } from './release-api.ts'

/** An effect that was tried and not done: it may still be left undone. `over`: nothing is left to be written. */
export type Prepared =
  | {
      readonly kind: 'ready'
      readonly effect: Effect
      readonly guard: PatchGuard
      readonly operations: readonly JsonPatchOperation[]
    }
  | { readonly kind: 'over'; readonly effect: Effect; readonly result: EffectResult }

/** `signal`: nobody waits for it any more. What was sent may land all the same. */
export type EffectContext = {
  readonly api: ReleaseApi
  readonly namespace: string
  readonly signal: AbortSignal
}

/**
 * Makes the guarded JSON patch of one effect and tries it with dryRun=All. It changes nothing, so it may be under way
 * while the journal is written; what moves in between fails the patch's own tests.
 */
export async function prepare(context: EffectContext, effect: Effect): Promise<Prepared> {
  const { api, namespace, signal } = context
  const planned = await plan(context, effect)
  if (planned.kind === 'over') return { kind: 'over', effect, result: planned.result }
  const { operations, generation } = planned
  const guard = { namespace, name: effect.name, uid: effect.batch, generation }
  // What changes nothing is not tried first: it is sent where every moment counts.
  if (planned.touches) return { kind: 'ready', effect, guard, operations }
  const trial = await api.tryDeployment(guard, operations, { signal })
  if (trial.ok) return { kind: 'ready', effect, guard, operations }
  return { kind: 'over', effect, result: await classify(context, { effect, fault: trial.fault, generation }) }
}

type Planned =
  | {
      readonly kind: 'write'
      readonly generation: number
      readonly operations: readonly JsonPatchOperation[]
      readonly touches: boolean
    }
  | { readonly kind: 'over'; readonly result: EffectResult }

async function plan({ api, namespace }: EffectContext, effect: Effect): Promise<Planned> {
  // Only a first forward write may trust what was observed: everything else reads first.
  if (effect.kind === 'set-images' && effect.id.endsWith('/1') && effect.inDoubt !== true) {
    const { generation } = effect
    return { kind: 'write', generation, operations: changesOf(effect, undefined), touches: false }
  }
  const known = await api.getDeployment(namespace, effect.name)
  if (!known.ok) return { kind: 'over', result: unread(known.fault) }
  const found = known.value
  const verdict = judge(effect, found)
  if (verdict.kind === 'over') return verdict
  const changes = verdict.kind === 'write' ? changesOf(effect, found) : []
  const operations = effect.inDoubt === true ? [...changes, ...fenceOf(effect, found, changes)] : changes
  return { kind: 'write', generation: found.meta.generation, operations, touches: verdict.kind === 'touch' }
}

/**
 * Does one write of a release. It is sent once. Whatever goes wrong, the object is read and judged: an answer that
 * was lost may mean that the write was done.
 */
export async function carryOut(context: EffectContext, prepared: Prepared): Promise<EffectResult> {
  const { effect } = prepared
  if (prepared.kind === 'over') return prepared.result
  const { guard, operations } = prepared
  const reply = await context.api.patchDeployment(guard, operations, { signal: context.signal })
  return reply.ok
    ? done(reply.value)
    : await classify(context, { effect, fault: reply.fault, generation: guard.generation })
}

function done(found: Deployment): EffectResult {
  return { kind: 'done', generation: found.meta.generation, digest: found.templateDigest, found }
}

type Verdict =
  | { readonly kind: 'write' }
  /** What is wanted is there: only its generation has to move. */
  | { readonly kind: 'touch' }
  | { readonly kind: 'over'; readonly result: EffectResult }

/**
 * What the object itself says about an effect that may or may not have been done. `tested`: the generation that our own
 * write named; one that has moved since is a fence to all that was sent before.
 */
function judge(effect: Effect, found: Deployment, tested = Infinity): Verdict {
  if (found.meta.uid !== effect.batch || found.meta.deletingSince !== undefined) return over({ kind: 'gone' })
  const asWanted = (): Verdict =>
    effect.inDoubt === true && found.meta.generation <= tested ? { kind: 'touch' } : over(done(found))
  switch (effect.kind) {
    case 'see-out':
      return asWanted()
    case 'set-images': {
      const wanted = effect.images.map(({ container, to }) => ({ container, image: to }))
      if (runsImages(found, wanted)) return asWanted()
      if (found.paused) return over(paused(found))
      const before = effect.images.map(({ container, from }) => ({ container, image: from }))
      if (runsImages(found, before)) return { kind: 'write' }
      if (isOurs(effect, found)) return asWanted()
      // A late write of ours, which the next look begins from.
      return over(
        hasOneOf(found, effect.ours) ? { kind: 'unknown', message: '', moved: true } : foreign(found),
      )
    }
    case 'set-template':
      if (hasTemplate(found, effect.templateDigest) && !(effect.unpause && found.paused)) return asWanted()
      if (found.paused && !effect.unpause) return over(paused(found))
      if (isOurs(effect, found)) return asWanted()
      return effect.replaceable.some((digest) => hasTemplate(found, digest)) || hasOneOf(found, effect.ours)
        ? { kind: 'write' }
        : over(foreign(found))
    case 'set-replicas':
      if (found.replicas === effect.to) return asWanted()
      if (found.replicas === effect.from) return { kind: 'write' }
      return over({ kind: 'foreign', ...lastWriter(found.writers, 'replicas') })
    case 'set-paused':
      return found.paused === effect.paused ? asWanted() : { kind: 'write' }
    default:
      return assertNever(effect)
  }
}

/** Our own write, whose answer was lost, with what a webhook has added to it: by our hand, and for this very cause. */
function isOurs({ cause }: { readonly cause: string }, { meta, writers }: Deployment): boolean {
  return meta.annotations[causeAnnotation] === cause && isByOurHand(writers)
}

function over(result: EffectResult): Verdict {
  return { kind: 'over', result }
}

function foreign(found: Deployment): EffectResult {
  return { kind: 'foreign', digest: found.templateDigest, ...lastWriter(found.writers, 'image', 'template') }
}

function paused(found: Deployment): EffectResult {
  return { kind: 'paused', ...lastWriter(found.writers, 'paused') }
}

type Failed = { readonly effect: Effect; readonly fault: Fault; readonly generation: number }

async function classify(
  { api, namespace, signal }: EffectContext,
  { effect, fault, generation }: Failed,
): Promise<EffectResult> {
  // Turned away before anything was done: a look would only have to wait as well. Given up by us: nobody asks.
  if (fault.code === 'too-many-requests' || signal.aborted) return undone(fault)
  const found: Reply<Deployment> = await api.getDeployment(namespace, effect.name)
  if (!found.ok) return found.fault.code === 'not-found' ? { kind: 'gone' } : unread(found.fault, fault)
  const verdict = judge(effect, found.value, generation)
  if (verdict.kind === 'over') return verdict.result
  // A failed `test` answers 422 and nothing more: something moved under us, and the next look knows what.
  const moved = fault.code === 'invalid' && found.value.meta.generation !== generation
  if (moved || fault.code === 'conflict') return { kind: 'unknown', message: said(fault), moved: true }
  return isRefusal(fault) ? { kind: 'refused', message: said(fault) } : undone(fault)
}

/** `written`: what was said to the write that is read for; its words say more than those of the reading. */
function unread(fault: Fault, written: Fault = fault): EffectResult {
  if (fault.code === 'not-found') return { kind: 'gone' }
  return isRefusedRead(fault) && (written === fault || isRefusal(written))
    ? { kind: 'refused', message: said(written) }
    : undone(written)
}

/**
 * The server has judged what was asked of it, and judges the same tomorrow. Whatever else goes wrong says nothing about
 * the write: a plugin that gives no token, a proxy's page, a certificate that is just being changed, a version that has
 * expired. It is made anew from what is read by then, until its limit.
 */
function isRefusal({ code }: Fault): boolean {
  return code === 'invalid' || isRefusedRead({ code })
}

/** To look at one object can't be wrong: only whether one may is judged. */
function isRefusedRead({ code }: Pick<Fault, 'code'>): boolean {
  return code === 'forbidden' || code === 'too-large'
}

/** It goes into the record of the release, which has to stay small, whatever a webhook has to say. */
const longestWords = 900

function said(fault: Fault): string {
  // A record is read by everybody, in whatever language: one that is ours stands in it in English.
  const message = faultText(fault, 'en')
  return message.length > longestWords ? `${message.slice(0, longestWords)}…` : message
}

function undone(fault: Fault): EffectResult {
  const { retryAfter } = fault
  return { kind: 'unknown', message: said(fault), ...(retryAfter !== undefined && { retryAfter }) }
}
