import { assertNever } from '../../shared/assert-never.ts'
import type { Deployment } from '../../shared/k8s/objects.ts'
import type { Effect } from '../../shared/release/release.ts'
import type { JsonPatchOperation } from './release-api.ts'

/**
 * The JSON patch of an effect. `replace` alone guards nothing (it adds a missing key), so every value that we rely
 * on has a `test` before it. The cause goes into the same patch: one generation, and history tells why.
 */
export function operationsFor(effect: Effect, found: Deployment | undefined): readonly JsonPatchOperation[] {
  const identity: JsonPatchOperation = { op: 'test', path: '/metadata/uid', value: effect.batch }
  switch (effect.kind) {
    case 'set-images':
      return [
        identity,
        { op: 'test', path: '/metadata/generation', value: found?.meta.generation ?? effect.generation },
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
        identity,
        ...(found === undefined
          ? []
          : [{ op: 'test', path: '/metadata/generation', value: found.meta.generation } as const]),
        { op: 'replace', path: '/spec/template', value: effect.template },
        ...(effect.unpause && found?.paused === true
          ? [{ op: 'remove', path: '/spec/paused' } as const]
          : []),
        ...causeOf(effect.cause, found),
      ]
    case 'set-paused':
      // Guarded by what was read: a template that changed in between is looked at again first.
      return [
        identity,
        ...(found === undefined
          ? []
          : [{ op: 'test', path: '/metadata/generation', value: found.meta.generation } as const]),
        effect.paused
          ? { op: 'add', path: '/spec/paused', value: true }
          : { op: 'remove', path: '/spec/paused' },
      ]
    case 'set-replicas':
      return [
        identity,
        { op: 'test', path: '/spec/replicas', value: effect.from },
        { op: 'replace', path: '/spec/replicas', value: effect.to },
      ]
    default:
      return assertNever(effect)
  }
}

function causeOf(cause: string, found: Deployment | undefined): readonly JsonPatchOperation[] {
  // `add` below a missing parent fails. The Deployment controller annotates every Deployment with its revision, so
  // the parent is there unless we have just read that it is not.
  const bare = found !== undefined && Object.keys(found.meta.annotations).length === 0
  return [
    ...(bare ? [{ op: 'add', path: '/metadata/annotations', value: {} } as const] : []),
    { op: 'add', path: '/metadata/annotations/kubernetes.io~1change-cause', value: cause },
  ]
}
