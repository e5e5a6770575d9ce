import { ownManager } from '../../../shared/release/settle/own-hand.ts'
import { ok, type Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import { readObject } from '../dial/read-object.ts'
import { pathOf, type ObjectName } from './api-path.ts'
import { bounds, type Bounds } from './bounds.ts'
import { told } from './told.ts'
import type { Transport } from './transport.ts'

const options = { fieldManager: ownManager, fieldValidation: 'Strict' }

/** Reads and writes one object. */
export function objectCalls(transport: Transport) {
  const one = readerOf(transport)
  return {
    get: <K extends KindName>(
      kind: K,
      { namespace, name }: ObjectName,
      limits: Bounds,
    ): Promise<Reply<Kinds[K]>> =>
      one(kind, { method: 'GET', path: pathOf(kind, namespace, name), bounds: limits }),

    create: <K extends KindName>(kind: K, namespace: string, body: Json): Promise<Reply<Kinds[K]>> =>
      one(kind, {
        method: 'POST',
        path: pathOf(kind, namespace),
        query: options,
        body,
        bounds: writeBounds(kind),
        changes: `${kind} ${namespace}/${textAt(objectAt(body, 'metadata'), 'name')}`,
      }),

    replace: <K extends KindName>(
      kind: K,
      { namespace, name }: ObjectName,
      body: Json,
    ): Promise<Reply<Kinds[K]>> =>
      one(kind, {
        method: 'PUT',
        path: pathOf(kind, namespace, name),
        query: options,
        body,
        bounds: writeBounds(kind),
        changes: `${kind} ${namespace}/${name}`,
      }),

    jsonPatch: <K extends KindName>(
      kind: K,
      { namespace, name }: ObjectName,
      patch: { readonly operations: Json; readonly dryRun: boolean; readonly signal?: AbortSignal },
    ): Promise<Reply<Kinds[K]>> =>
      one(kind, {
        method: 'PATCH',
        path: pathOf(kind, namespace, name),
        query: { ...options, ...(patch.dryRun && { dryRun: 'All' }) },
        body: patch.operations,
        contentType: 'application/json-patch+json',
        bounds: writeBounds(kind),
        ...(!patch.dryRun && { changes: `${kind} ${namespace}/${name}` }),
        ...(patch.signal !== undefined && { signal: patch.signal }),
      }),
  }
}

/** What the server would make of a write. Nothing is written. */
export function trialCalls(transport: Transport) {
  const one = readerOf(transport)
  return {
    /** A whole object tried with dryRun=All, to be created, or, with a name, to be replaced. Nothing is written. */
    tryObject: <K extends KindName>(
      kind: K,
      { namespace, name }: { readonly namespace: string; readonly name?: string },
      body: Json,
    ): Promise<Reply<Kinds[K]>> =>
      one(kind, {
        method: name === undefined ? 'POST' : 'PUT',
        path: pathOf(kind, namespace, name),
        query: { ...options, dryRun: 'All' },
        body,
        bounds: bounds.trial,
      }),

    /** What the server would make of a patch, with its warnings. Nothing is written. */
    async tryPatch(
      kind: KindName,
      { namespace, name }: ObjectName,
      operations: Json,
    ): Promise<Reply<{ readonly object: Json; readonly warnings: readonly string[] }>> {
      const answer = await transport.request({
        method: 'PATCH',
        path: pathOf(kind, namespace, name),
        query: { ...options, dryRun: 'All' },
        body: operations,
        contentType: 'application/json-patch+json',
        bounds: bounds.trial,
      })
      return answer.ok ? ok({ object: answer.value.body, warnings: answer.value.warnings }) : answer
    },
  }
}

/** One call whose answer is one object. */
function readerOf(transport: Transport) {
  return async <K extends KindName>(
    kind: K,
    call: Parameters<Transport['request']>[0],
  ): Promise<Reply<Kinds[K]>> => {
    const answer = await transport.request(call)
    if (!answer.ok) return answer
    return told(transport, readObject(kind, answer.value.body))
  }
}

/** The lock has a way of its own; what a release writes goes before everything that is only looked at. */
function writeBounds(kind: KindName): Bounds {
  if (kind === 'Lease') return bounds.lease
  return kind === 'Deployment' ? bounds.write : bounds.record
}
