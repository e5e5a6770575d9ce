import { assertNever } from '../../shared/assert-never.ts'
import { isRetryable, type Fault, type Reply } from '../../shared/fault.ts'
import type { Deployment } from '../../shared/k8s/objects.ts'
import { hasTemplate } from '../../shared/k8s/template-digest.ts'
import { lastWriter } from '../../shared/release/last-writer.ts'
import type { Effect, EffectResult } from '../../shared/release/release.ts'
import { runsImages } from '../../shared/release/template-images.ts'
import { operationsFor } from './operations.ts'
import type { JsonPatchOperation, ReleaseApi } from './release-api.ts'

/** An effect that was tried and not done: it may still be left undone. `over`: nothing is left to be written. */
export type Prepared =
  | { readonly kind: 'ready'; readonly effect: Effect; readonly operations: readonly JsonPatchOperation[] }
  | { readonly kind: 'over'; readonly effect: Effect; readonly result: EffectResult }

/**
 * Makes the guarded JSON patch of one effect and tries it with dryRun=All. It changes nothing, so it may be under way
 * while the journal is written; what moves in between fails the patch's own tests.
 */
export async function prepare(api: ReleaseApi, namespace: string, effect: Effect): Promise<Prepared> {
  // Only a first forward write may trust what was observed: everything else reads first.
  const known = needsReading(effect) ? await api.getDeployment(namespace, effect.name) : undefined
  if (known !== undefined) {
    if (!known.ok) return { kind: 'over', effect, result: unread(known.fault) }
    const verdict = judge(effect, known.value)
    if (verdict.kind === 'over') return { kind: 'over', effect, result: verdict.result }
  }
  const operations = operationsFor(effect, known?.value)
  const trial = await api.patchDeployment({ namespace, name: effect.name }, operations, { dryRun: true })
  if (trial.ok) return { kind: 'ready', effect, operations }
  return { kind: 'over', effect, result: await classify(api, { namespace, effect, fault: trial.fault }) }
}

/**
 * Does one write of a release. It is sent once. Whatever goes wrong, the object is read and judged: an answer that
 * was lost may mean that the write was done.
 */
export async function carryOut(
  api: ReleaseApi,
  namespace: string,
  prepared: Prepared,
): Promise<EffectResult> {
  const { effect } = prepared
  if (prepared.kind === 'over') return prepared.result
  const target = { namespace, name: effect.name }
  const reply = await api.patchDeployment(target, prepared.operations, { dryRun: false })
  return reply.ok ? done(reply.value) : await classify(api, { namespace, effect, fault: reply.fault })
}

function needsReading(effect: Effect): boolean {
  switch (effect.kind) {
    case 'set-images':
      return !effect.id.endsWith('/1')
    case 'set-template':
    case 'set-replicas':
    case 'set-paused':
      return true
    default:
      return assertNever(effect)
  }
}

function done(found: Deployment): EffectResult {
  return { kind: 'done', generation: found.meta.generation, digest: found.templateDigest }
}

type Verdict = { readonly kind: 'write' } | { readonly kind: 'over'; readonly result: EffectResult }

/** What the object itself says about an effect that may or may not have been done. */
function judge(effect: Effect, found: Deployment): Verdict {
  if (found.meta.uid !== effect.batch || found.meta.deletingSince !== undefined) return over({ kind: 'gone' })
  switch (effect.kind) {
    case 'set-images': {
      const wanted = effect.images.map(({ container, to }) => ({ container, image: to }))
      if (runsImages(found, wanted)) return over(done(found))
      if (found.paused) return over(paused(found))
      const before = effect.images.map(({ container, from }) => ({ container, image: from }))
      return runsImages(found, before) ? { kind: 'write' } : over(foreign(found))
    }
    case 'set-template':
      if (hasTemplate(found, effect.templateDigest) && !(effect.unpause && found.paused))
        return over(done(found))
      if (found.paused && !effect.unpause) return over(paused(found))
      return effect.replaceable.some((digest) => hasTemplate(found, digest))
        ? { kind: 'write' }
        : over(foreign(found))
    case 'set-replicas':
      if (found.replicas === effect.to) return over(done(found))
      if (found.replicas === effect.from) return { kind: 'write' }
      return over({ kind: 'foreign', ...lastWriter(found.writers, 'replicas') })
    case 'set-paused':
      return found.paused === effect.paused ? over(done(found)) : { kind: 'write' }
    default:
      return assertNever(effect)
  }
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

async function classify(
  api: ReleaseApi,
  {
    namespace,
    effect,
    fault,
  }: { readonly namespace: string; readonly effect: Effect; readonly fault: Fault },
): Promise<EffectResult> {
  // Turned away before anything was done: a look would only have to wait as well.
  if (fault.code === 'too-many-requests') return undone(fault)
  const found: Reply<Deployment> = await api.getDeployment(namespace, effect.name)
  if (!found.ok) return found.fault.code === 'not-found' ? { kind: 'gone' } : unread(found.fault, fault)
  const verdict = judge(effect, found.value)
  if (verdict.kind === 'over') return verdict.result
  // A failed `test` answers 422 and nothing more: something moved under us, and the next look knows what.
  const moved = effect.kind === 'set-images' && found.value.meta.generation !== effect.generation
  if (moved || fault.code === 'conflict') return { kind: 'unknown', message: said(fault), moved: true }
  return isPassing(fault) ? undone(fault) : { kind: 'refused', message: said(fault) }
}

/** `written`: what was said to the write that is read for; its words say more than those of the reading. */
function unread(fault: Fault, written: Fault = fault): EffectResult {
  if (fault.code === 'not-found') return { kind: 'gone' }
  return isPassing(fault) || isPassing(written)
    ? undone(written)
    : { kind: 'refused', message: said(written) }
}

/** May succeed later without anybody changing the plan. */
function isPassing(fault: Fault): boolean {
  return isRetryable(fault) || fault.code === 'unauthorized'
}

/** It goes into the record of the release, which has to stay small, whatever a webhook has to say. */
const longestWords = 900

function said({ message }: Fault): string {
  return message.length > longestWords ? `${message.slice(0, longestWords)}…` : message
}

function undone(fault: Fault): EffectResult {
  const { retryAfter } = fault
  return { kind: 'unknown', message: said(fault), ...(retryAfter !== undefined && { retryAfter }) }
}
