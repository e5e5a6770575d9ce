import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { deploymentManifest, serviceManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'

/** How a server gives what it has: as servers since 1.32 do, or in pages. */
export type Listing = 'streaming' | 'pages'

export type PlainServer = { readonly url: string; close(): Promise<void> }

const batches = 12
const app = 'demo-aone'

/** As large as pods of a real cluster are: most of it is what the server notes about who has set which field. */
const managedFields = [
  { manager: 'kube-controller-manager', operation: 'Update', fieldsType: 'FieldsV1', fieldsV1: fieldsOf(80) },
  {
    manager: 'kubelet',
    operation: 'Update',
    subresource: 'status',
    fieldsType: 'FieldsV1',
    fieldsV1: fieldsOf(150),
  },
]

function fieldsOf(count: number): JsonObject {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `k:{"name":"a-field-${at}"}`,
      { '.': {}, 'f:name': {}, 'f:value': {} },
    ]),
  )
}

type Written = ReturnType<typeof deploymentManifest>
const metadataOf = (name: string, more: JsonObject = {}): JsonObject => ({
  name,
  namespace: 'demo',
  uid: `uid-${name}`,
  resourceVersion: '5',
  generation: 1,
  creationTimestamp: '2026-11-01T00:00:00Z',
  labels: { app },
  ...more,
})
const ownedBy = (kind: string, name: string): JsonObject => ({
  ownerReferences: [{ kind, name, uid: `uid-${name}`, controller: true }],
})

/** One Service with 12 batches and so many pods, all of them ready: by plural. */
function objectsOf(pods: number): Readonly<Record<string, readonly JsonObject[]>> {
  const sizes = Array.from(
    { length: batches },
    (_, at) => Math.floor(pods / batches) + (at < pods % batches ? 1 : 0),
  )
  const written = sizes.map((replicas, at) =>
    deploymentManifest({
      name: `${app}-${at + 1}`,
      namespace: 'demo',
      app,
      replicas,
      image: 'registry.example/demo:1',
    }),
  ) as unknown as readonly (Written & { spec: { replicas: number; template: JsonObject } })[]
  const counts = (replicas: number): JsonObject => ({
    observedGeneration: 1,
    ...{ replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas },
  })
  const names = sizes.flatMap((size, batch) =>
    Array.from({ length: size }, (_, at) => ({ batch: batch + 1, at })),
  )
  return {
    services: [
      {
        ...serviceManifest({ name: 'demo-http', namespace: 'demo', app }),
        metadata: metadataOf('demo-http'),
      },
    ],
    deployments: written.map(({ spec }, at) => ({
      metadata: metadataOf(`${app}-${at + 1}`),
      spec,
      status: counts(spec.replicas),
    })),
    replicasets: written.map(({ spec }, at) => ({
      metadata: metadataOf(`${app}-${at + 1}-abc`, ownedBy('Deployment', `${app}-${at + 1}`)),
      spec,
      status: counts(spec.replicas),
    })),
    pods: names.map(({ batch, at }) => podOf(batch, at, written[batch - 1]?.spec.template ?? {})),
    endpointslices: Array.from({ length: Math.ceil(names.length / 100) }, (_, slice) => ({
      metadata: metadataOf(`demo-http-${slice}`, { labels: { 'kubernetes.io/service-name': 'demo-http' } }),
      addressType: 'IPv4',
      endpoints: names.slice(slice * 100, slice * 100 + 100).map(({ batch, at }) => ({
        addresses: [`10.1.${batch}.${at}`],
        conditions: { ready: true, serving: true, terminating: false },
        targetRef: { kind: 'Pod', uid: `uid-${app}-${batch}-abc-${at}` },
      })),
    })),
  }
}

function podOf(batch: number, at: number, template: JsonObject): JsonObject {
  const set = `${app}-${batch}-abc`
  const state = { running: { startedAt: '2026-11-01T00:00:10Z' } }
  const since = '2026-11-01T00:00:12Z'
  return {
    metadata: metadataOf(`${set}-${at}`, { ...ownedBy('ReplicaSet', set), managedFields }),
    spec: { ...(template['spec'] as JsonObject), nodeName: `node-${at % 60}` },
    status: {
      phase: 'Running',
      podIP: `10.1.${batch}.${at}`,
      conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        ...{ type, status: 'True', lastTransitionTime: since },
      })),
      containerStatuses: [
        {
          name: app,
          image: 'registry.example/demo:1',
          imageID: 'sha256:1',
          ready: true,
          restartCount: 0,
          state,
        },
      ],
    },
  }
}

/** A server that only shows what it has; who asks for more gets nothing. `pods`: how many. */
export async function startPlainNamespace(pods: number, listing: Listing): Promise<PlainServer> {
  const texts = new Map(
    Object.entries(objectsOf(pods)).map(([plural, objects]) => [
      plural,
      objects.map((one) => JSON.stringify(one)),
    ]),
  )
  return await startAnswering((request, response) => {
    const url = new URL(request.url ?? '', 'http://x')
    if (url.pathname === '/version') return void response.end('{"gitVersion":"v1.36.0"}')
    const items = texts.get(url.pathname.split('/').at(-1) ?? '') ?? []
    if (url.searchParams.get('watch') !== 'true') {
      page(items, url, response)
      return
    }
    const initial = url.searchParams.get('sendInitialEvents') === 'true'
    if (initial && listing === 'pages')
      return void response.writeHead(422).end('{"kind":"Status","code":422}')
    response.flushHeaders()
    if (initial) for (const item of items) response.write(`{"type":"ADDED","object":${item}}\n`)
    const annotations = initial ? { 'k8s.io/initial-events-end': 'true' } : {}
    response.write(
      `${JSON.stringify({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '5', annotations } } })}\n`,
    )
  })
}

function page(items: readonly string[], { searchParams }: URL, response: ServerResponse): void {
  const limit = Number(searchParams.get('limit') ?? items.length)
  const from = Number(searchParams.get('continue') ?? 0)
  const metadata = {
    resourceVersion: '5',
    ...(from + limit < items.length && { continue: `${from + limit}` }),
  }
  response.end(
    `{"metadata":${JSON.stringify(metadata)},"items":[${items.slice(from, from + limit).join(',')}]}`,
  )
}

export async function startAnswering(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<PlainServer> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
