import { assertNever } from '../../shared/assert-never.ts'
import type { Deployment } from '../../shared/k8s/objects.ts'
import type { Effect } from '../../shared/release/release.ts'
import type { JsonPatchOperation, PatchGuard } from './release-api.ts'

/** What `kubectl rollout history` shows of a revision. */
export const causeAnnotation = 'kubernetes.io/change-cause'
const fenceAnnotation = '/metadata/annotations/tranche.dev~1fence'

/**
 * A patch as it is sent: it fails wherever the object is another one, or has moved since it was read. No write of ours
 * is made otherwise, so that whoever moves the generation knows that everything sent before can only fail.
 */
export function guardedBy(
  { uid, generation }: PatchGuard | (Pick<PatchGuard, 'uid'> & { readonly generation?: number }),
  changes: readonly JsonPatchOperation[],
): readonly JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: uid },
    ...(generation === undefined
      ? []
      : [{ op: 'test', path: '/metadata/generation', value: generation } as const]),
    ...changes,
  ]
}

/**
 * What an effect changes. `replace` alone guards nothing (it adds a missing key), so every value that we rely on has a
 * `test` before it. The cause goes into the same patch: one generation, and history tells why.
 */
export function changesOf(effect: Effect, found: Deployment | undefined): readonly JsonPatchOperation[] {
  switch (effect.kind) {
    case 'see-out':
      return []
    case 'set-images':
      return [
        ...effect.images.flatMap(({ container, index, init, from, to }): readonly JsonPatchOperation[] => {
          const path = `/spec/template/spec/${init ? 'initContainers' : 'containers'}/${index}`
          return [
            { op: 'test', path: `${path}/name`, value: container },
            { op: 'test', path: `${path}/image`, value: from },
            { op: 'replace', path: `${path}/image`, value: to },
          ]
        }),
        ...causeOf(effect.cause, found),
      ]
    case 'set-template':
      return [
        { op: 'replace', path: '/spec/template', value: effect.template },
        ...(effect.unpause && found?.paused === true
          ? [{ op: 'remove', path: '/spec/paused' } as const]
          : []),
        ...causeOf(effect.cause, found),
      ]
    case 'set-paused':
      return [
        effect.paused
          ? { op: 'add', path: '/spec/paused', value: true }
          : { op: 'remove', path: '/spec/paused' },
      ]
    case 'set-replicas':
      return [
        { op: 'test', path: '/spec/replicas', value: effect.from },
        { op: 'replace', path: '/spec/replicas', value: effect.to },
      ]
    default:
      return assertNever(effect)
  }
}

/**
 * Moves the generation, whatever else a patch changes, or does not: an earlier write that is still on its way fails at
 * it. A server writes nothing where nothing changes, so the value has to be another one each time.
 */
export function fenceOf(
  effect: Effect,
  found: Deployment,
  changes: readonly JsonPatchOperation[],
): readonly JsonPatchOperation[] {
  const hasParent = changes.some(({ path }) => path.startsWith('/metadata/annotations'))
  return [
    ...(hasParent ? [] : annotationsOf(found)),
    { op: 'add', path: fenceAnnotation, value: `${effect.id} at ${found.meta.generation}` },
  ]
}

function causeOf(cause: string, found: Deployment | undefined): readonly JsonPatchOperation[] {
  return [
    ...annotationsOf(found),
    { op: 'add', path: `/metadata/annotations/${causeAnnotation.replace('/', '~1')}`, value: cause },
  ]
}

/**
 * `add` below a missing parent fails. The Deployment controller annotates every Deployment with its revision, so the
 * parent is there unless we have just read that it is not.
 */
function annotationsOf(found: Deployment | undefined): readonly JsonPatchOperation[] {
  const bare = found !== undefined && Object.keys(found.meta.annotations).length === 0
  return bare ? [{ op: 'add', path: '/metadata/annotations', value: {} }] : []
}
