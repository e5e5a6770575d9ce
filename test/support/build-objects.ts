import type { Json, JsonObject } from '../../shared/k8s/json.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'

// Objects as an API server sends them, read by the application's own readers.

export type MetaParts = {
  readonly uid?: string
  readonly owner?: string
  readonly labels?: JsonObject
  readonly annotations?: JsonObject
  readonly createdAt?: string
  readonly deleting?: boolean
}

function read<K extends KindName>(
  kind: K,
  [name, parts]: readonly [string, MetaParts],
  rest: JsonObject,
): Kinds[K] {
  const raw: JsonObject = {
    metadata: {
      name,
      namespace: 'demo',
      uid: parts.uid ?? `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      labels: parts.labels ?? {},
      annotations: parts.annotations ?? {},
      creationTimestamp: parts.createdAt ?? '2026-01-01T00:00:00Z',
      ...(parts.deleting === true && { deletionTimestamp: '2026-01-01T00:10:00Z' }),
      ...(parts.owner !== undefined && {
        ownerReferences: [{ kind: 'Owner', name: 'somebody', uid: parts.owner, controller: true }],
      }),
    },
    ...rest,
  }
  const object = kindTable[kind].read(raw)
  if (object === undefined) throw new Error(`${kind} ${name} is not readable`)
  return object
}

export const app = { app: 'demo-aone' }

export function template(tag: string, labels: JsonObject = app): JsonObject {
  return { metadata: { labels }, spec: { containers: [{ name: 'demo-aone', image: `demo:${tag}` }] } }
}

export function service(name: string, selector: JsonObject = app): Kinds['Service'] {
  return read('Service', [name, {}], { spec: { selector, ports: [{ port: 80, targetPort: 7001 }] } })
}

export function deployment(
  name: string,
  parts: MetaParts & {
    readonly template?: JsonObject
    readonly selector?: JsonObject
    readonly replicas?: number
    readonly status?: JsonObject
  } = {},
): Kinds['Deployment'] {
  return read('Deployment', [name, parts], {
    spec: {
      replicas: parts.replicas ?? 2,
      selector: { matchLabels: parts.selector ?? app },
      template: parts.template ?? template('1'),
    },
    status: parts.status ?? {},
  })
}

export function replicaSet(
  name: string,
  parts: MetaParts & {
    readonly template?: JsonObject
    readonly hash?: string
    readonly replicas?: number
    readonly conditions?: Json
  } = {},
): Kinds['ReplicaSet'] {
  const own = parts.template ?? template('1')
  const { metadata, ...spec } = own as { readonly metadata: { readonly labels: JsonObject } }
  const labels = { ...metadata.labels, 'pod-template-hash': parts.hash ?? 'abc' }
  return read('ReplicaSet', [name, parts], {
    spec: { replicas: parts.replicas ?? 0, template: { ...spec, metadata: { ...metadata, labels } } },
    status: { replicas: parts.replicas ?? 0, conditions: parts.conditions ?? [] },
  })
}

export function pod(
  name: string,
  parts: MetaParts & {
    readonly ready?: boolean
    readonly status?: JsonObject
    readonly spec?: JsonObject
  } = {},
): Kinds['Pod'] {
  const ready = { type: 'Ready', status: parts.ready === false ? 'False' : 'True' }
  const { conditions = [], ...status } = parts.status ?? {}
  return read('Pod', [name, { labels: app, ...parts }], {
    spec: { nodeName: 'node-1', ...parts.spec },
    status: { phase: 'Running', ...status, conditions: [ready, ...(conditions as readonly Json[])] },
  })
}

/** One container's status while it waits or has ended. */
export function container(state: JsonObject, more: JsonObject = {}): JsonObject {
  return { name: 'demo-aone', restartCount: 0, state, ...more }
}

export function slice(
  serviceName: string,
  ...endpoints: readonly { readonly pod: string; readonly ready?: boolean; readonly terminating?: boolean }[]
): Kinds['EndpointSlice'] {
  return read(
    'EndpointSlice',
    [`${serviceName}-x`, { labels: { 'kubernetes.io/service-name': serviceName } }],
    {
      endpoints: endpoints.map((one) => ({
        targetRef: { kind: 'Pod', uid: `uid-${one.pod}` },
        // A real one never says that what is terminating is ready, unless the Service publishes such.
        conditions: { ready: one.ready ?? one.terminating !== true, terminating: one.terminating ?? false },
      })),
    },
  )
}
