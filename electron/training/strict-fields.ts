import { isObject, type Json, type JsonObject } from './json.ts'
import type { Resource } from './resources.ts'
import { badRequest, good, refuse, type Result } from './status-error.ts'

export type CheckedBody = { readonly body: JsonObject; readonly warnings: readonly string[] }

const top = ['apiVersion', 'kind', 'metadata', 'spec', 'status']

/** Fields of the kinds that people paste in; of other kinds only the top level is known. */
const specs: Readonly<Record<string, readonly string[]>> = {
  deployments: [
    'replicas',
    'selector',
    'template',
    'strategy',
    'minReadySeconds',
    'revisionHistoryLimit',
    'paused',
    'progressDeadlineSeconds',
  ],
  replicasets: ['replicas', 'selector', 'template', 'minReadySeconds'],
  leases: [
    'holderIdentity',
    'leaseDurationSeconds',
    'acquireTime',
    'renewTime',
    'leaseTransitions',
    'strategy',
    'preferredHolder',
  ],
}

/** Unknown fields: refused (Strict), dropped with a warning (Warn), or dropped silently (Ignore). */
export function checkFields(resource: Resource, body: JsonObject, mode: string): Result<CheckedBody> {
  const known = specs[resource.plural]
  if (known === undefined) return good({ body, warnings: [] })
  const spec = body['spec']
  const unknown = [
    ...Object.keys(body).filter((key) => !top.includes(key)),
    ...(isObject(spec)
      ? Object.keys(spec)
          .filter((key) => !known.includes(key))
          .map((key) => `spec.${key}`)
      : []),
  ]
  if (unknown.length === 0) return good({ body, warnings: [] })
  const complaints = unknown.map((field) => `unknown field "${field}"`)
  if (mode === 'Strict') {
    return refuse(
      badRequest(
        `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: strict decoding error: ${complaints.join(', ')}`,
      ),
    )
  }
  const clean = only(body, top)
  const cleanSpec: Json | undefined = isObject(spec) ? only(spec, known) : spec
  return good({
    body: cleanSpec === undefined ? clean : { ...clean, spec: cleanSpec },
    warnings: mode === 'Ignore' ? [] : complaints,
  })
}

function only(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => keys.includes(key)))
}
