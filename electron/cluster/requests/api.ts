import { ownManager } from '../../../shared/release/settle/own-hand.ts'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { Json, JsonObject } from '../../../shared/k8s/json.ts'
import { kindTable } from '../../../shared/k8s/kinds.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { readMeta } from '../../../shared/k8s/read-meta.ts'
import { asObject, flagAt, listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import { readObject } from '../dial/read-object.ts'
import { bounds, watchBounds, type Bounds, type WatchBounds } from './bounds.ts'
import type { ByteStream, Transport } from './transport.ts'

export type ListOptions = {
  readonly namespace?: string
  readonly limit?: number
  readonly continue?: string
  readonly resourceVersion?: string
  readonly fieldSelector?: string
}
export type Page<K extends KindName> = {
  readonly items: readonly Kinds[K][]
  readonly resourceVersion: string
  readonly continue: string
}
export type ObjectName = { readonly namespace: string; readonly name: string }
export type AccessQuestion = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly namespace: string
  readonly name?: string
}

export type Api = ReturnType<typeof createApi>

/** Of the longest, with the commit of a build in it, it is several times the length. */
const longestVersion = 200

/** The calls of the Kubernetes API that Tranche makes, over one connection. */
export function createApi(transport: Transport) {
  const { withheld } = transport
  /** Faults of the transport know no secrets any more; those that are made of its answers have to forget them here. */
  const told = <T>(reply: Reply<T>): Reply<T> =>
    reply.ok ? reply : { ok: false, fault: withheld.fault(reply.fault) }

  function pathOf(kind: KindName, namespace: string | undefined, name?: string): string {
    const { apiPath, plural, namespaced } = kindTable[kind]
    const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
    return `${apiPath}${scope}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`
  }

  async function one<K extends KindName>(
    kind: K,
    call: Parameters<Transport['request']>[0],
  ): Promise<Reply<Kinds[K]>> {
    const answer = await transport.request(call)
    if (!answer.ok) return answer
    return told(readObject(kind, answer.value.body))
  }

  const options = { fieldManager: ownManager, fieldValidation: 'Strict' }

  return {
    /** What the server says within a stream goes by no other exit. */
    withheld,

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

    /** Something that is looked at once and not watched. `metadataOnly`: the content of Secrets stays where it is. */
    async readRaw(
      path: string,
      query: Readonly<Record<string, string>> = {},
      metadataOnly = false,
    ): Promise<Reply<Json>> {
      const answer = await transport.request({
        method: 'GET',
        path,
        query,
        metadataOnly,
        bounds: bounds.list,
      })
      return answer.ok ? ok(answer.value.body) : answer
    },

    /** One page of something that is looked at once, item by item. Gives the token of the next page, if there is one. */
    async eachItem(
      path: string,
      query: Readonly<Record<string, string>>,
      see: (item: Json) => void,
    ): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'GET',
        path,
        query,
        eachItem: see,
        bounds: bounds.list,
      })
      if (!answer.ok) return answer
      listAt(answer.value.body, 'items').forEach(see)
      return ok(textAt(objectAt(answer.value.body, 'metadata'), 'continue'))
    },

    async list<K extends KindName>(kind: K, list: ListOptions): Promise<Reply<Page<K>>> {
      const items: Kinds[K][] = []
      let refused: Reply<never> | undefined
      const take = (raw: Json): void => {
        if (refused !== undefined) return
        const read = readObject(kind, raw)
        if (read.ok) items.push(read.value)
        else refused = read
      }
      const answer = await transport.request({
        method: 'GET',
        path: pathOf(kind, list.namespace),
        query: {
          ...(list.limit !== undefined && { limit: `${list.limit}` }),
          ...(list.continue !== undefined && { continue: list.continue }),
          ...(list.resourceVersion !== undefined && { resourceVersion: list.resourceVersion }),
          ...(list.fieldSelector !== undefined && { fieldSelector: list.fieldSelector }),
        },
        eachItem: take,
        bounds: bounds.list,
      })
      if (!answer.ok) return answer
      const { body } = answer.value
      const raws = asObject(body)['items']
      // An answer of another kind is no empty namespace. A server of old writes an empty list as null.
      if (raws !== null && !Array.isArray(raws))
        return failed('bad-answer', { kind: 'answer-no-list', of: kind })
      // Most often they are out by now.
      listAt(body, 'items').forEach(take)
      if (refused !== undefined) return told(refused)
      return ok({
        items,
        resourceVersion: textAt(objectAt(body, 'metadata'), 'resourceVersion'),
        continue: textAt(objectAt(body, 'metadata'), 'continue'),
      })
    },

    watch: (
      kind: KindName,
      watch: {
        readonly namespace?: string
        readonly query: Readonly<Record<string, string>>
        readonly signal: AbortSignal
        readonly lane: WatchBounds['lane']
      },
    ): Promise<Reply<ByteStream>> =>
      transport.stream({
        path: pathOf(kind, watch.namespace),
        query: { ...watch.query, watch: 'true', allowWatchBookmarks: 'true' },
        signal: watch.signal,
        bounds: watchBounds[watch.lane],
      }),

    /** A watched ReplicaSet holds no template: this one is asked for when it is needed. */
    async replicaSetTemplate(
      namespace: string,
      name: string,
    ): Promise<Reply<{ readonly owner: Uid | undefined; readonly template: JsonObject }>> {
      const answer = await transport.request({
        method: 'GET',
        path: pathOf('ReplicaSet', namespace, name),
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      const owner = readMeta(answer.value.body)?.controller?.uid
      return ok({ owner, template: objectAt(objectAt(answer.value.body, 'spec'), 'template') })
    },

    async accessReview(
      question: AccessQuestion,
    ): Promise<Reply<{ readonly allowed: boolean; readonly reason: string }>> {
      const answer = await transport.request({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { ...question } },
        },
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      const status = objectAt(answer.value.body, 'status')
      return ok({ allowed: flagAt(status, 'allowed'), reason: textAt(status, 'reason') })
    },

    /** The name that the server knows us by; servers before 1.28 can't say. */
    async whoAmI(): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      return ok(textAt(objectAt(objectAt(answer.value.body, 'status'), 'userInfo'), 'username'))
    },

    async version(limits: Bounds): Promise<Reply<string>> {
      const answer = await transport.request({ method: 'GET', path: '/version', bounds: limits })
      if (!answer.ok) return answer
      const version = asObject(answer.value.body)['gitVersion']
      return typeof version === 'string' && version.length <= longestVersion
        ? ok(withheld.text(version))
        : failed('bad-answer', { kind: 'answer-no-version' })
    },

    async podLog(
      namespace: string,
      pod: string,
      log: {
        readonly container?: string | undefined
        readonly previous: boolean
        readonly tailLines: number
      },
    ): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'GET',
        path: `${pathOf('Pod', namespace, pod)}/log`,
        query: {
          tailLines: `${log.tailLines}`,
          ...(log.container !== undefined && { container: log.container }),
          ...(log.previous && { previous: 'true' }),
        },
        text: true,
        bounds: bounds.log,
      })
      return answer.ok ? ok(answer.value.text) : answer
    },
  }
}

/** The lock has a way of its own; what a release writes goes before everything that is only looked at. */
function writeBounds(kind: KindName): Bounds {
  if (kind === 'Lease') return bounds.lease
  return kind === 'Deployment' ? bounds.write : bounds.record
}
