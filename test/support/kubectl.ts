import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { Deployment, Pod, ReplicaSet } from '../../electron/training/objects/objects.ts'
import type { KubeAnswer, KubeClient } from './kube-client.ts'
import { itemsOf } from './watched-objects.ts'

/** What other people and machines do in the namespace of a test, as themselves. */
export type Kubectl = {
  deployment(name: string): Promise<Deployment>
  /** Image of the first container. */
  image(name: string): Promise<string>
  pods(selector?: string): Promise<readonly Pod[]>
  setImage(name: string, image: string, manager?: string): Promise<void>
  /** As `kubectl rollout undo` to the revision with this image: its template, and the annotations of its ReplicaSet. */
  undo(name: string, image: string): Promise<void>
  scale(name: string, replicas: number, manager?: string): Promise<void>
  /** A strategic merge patch. */
  patch(name: string, body: unknown, manager?: string): Promise<void>
  create(plural: string, manifest: unknown): Promise<JsonObject>
  remove(plural: string, name: string, body?: unknown): Promise<void>
  get(plural: string, name: string): Promise<JsonObject>
  replicaSets(): Promise<readonly JsonObject[]>
  /** No node of the whole cluster takes new pods meanwhile. */
  whileCordoned(meanwhile: () => Promise<void>): Promise<void>
  /** As the kubelet would tell: the pod runs, and its probe fails, or succeeds again. */
  setReady(pod: string, ready: boolean): Promise<void>
  /** As if the tag had meant something else when this pod was started. */
  setDigest(pod: string, digest: string): Promise<void>
  /** No more pods than so many, by a ResourceQuota of the name `tight`. */
  quota(pods: number): Promise<void>
}

const groups: Readonly<Record<string, string>> = {
  deployments: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
  leases: '/apis/coordination.k8s.io/v1',
}

export function createKubectl(client: KubeClient, namespace: string, now: () => string): Kubectl {
  const path = (plural: string, name?: string): string =>
    `${groups[plural] ?? '/api/v1'}/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`

  async function patch(name: string, body: unknown, manager = 'kubectl-edit'): Promise<void> {
    done(await client.patch(`${path('deployments', name)}?fieldManager=${manager}`, 'strategic', body))
  }

  async function deployment(name: string): Promise<Deployment> {
    return done(await client.get(path('deployments', name))) as unknown as Deployment
  }

  async function cordon(unschedulable: boolean): Promise<void> {
    for (const { metadata } of itemsOf(done(await client.get('/api/v1/nodes'))) as unknown as readonly Pod[])
      done(await client.patch(`/api/v1/nodes/${metadata.name}`, 'strategic', { spec: { unschedulable } }))
  }

  return {
    deployment,
    image: async (name) => (await deployment(name)).spec.template.spec.containers[0]?.image ?? '',
    async pods(selector) {
      const query = selector === undefined ? '' : `?labelSelector=${encodeURIComponent(selector)}`
      return itemsOf(done(await client.get(`${path('pods')}${query}`))) as unknown as readonly Pod[]
    },
    async setImage(name, image, manager = 'kubectl-set') {
      const { containers } = (await deployment(name)).spec.template.spec
      const container = containers[0]?.name
      await patch(
        name,
        { spec: { template: { spec: { containers: [{ name: container, image }] } } } },
        manager,
      )
    },
    async undo(name, image) {
      const sets = itemsOf(done(await client.get(path('replicasets')))) as unknown as readonly ReplicaSet[]
      const set = sets.find(
        ({ metadata, spec }) =>
          metadata.ownerReferences?.some((owner) => owner.name === name) === true &&
          spec.template.spec.containers[0]?.image === image,
      )
      if (set === undefined) throw new Error(`${name} never ran ${image}`)
      const { metadata, spec } = set.spec.template
      const { 'pod-template-hash': _hash, ...labels } = metadata?.labels ?? {}
      const { 'deployment.kubernetes.io/revision': _own, ...annotations } = set.metadata.annotations ?? {}
      const template = { $patch: 'replace', metadata: { ...metadata, labels }, spec }
      await patch(name, { metadata: { annotations }, spec: { template } }, 'kubectl-rollout')
    },
    scale: (name, replicas, manager = 'kubectl-scale') => patch(name, { spec: { replicas } }, manager),
    patch,
    create: async (plural, manifest) => done(await client.post(path(plural), manifest)),
    async remove(plural, name, body) {
      done(await client.remove(path(plural, name), body))
    },
    get: async (plural, name) => done(await client.get(path(plural, name))),
    replicaSets: async () => itemsOf(done(await client.get(path('replicasets')))),
    async whileCordoned(meanwhile) {
      await cordon(true)
      try {
        await meanwhile()
      } finally {
        await cordon(false)
      }
    },
    async setReady(pod, ready) {
      const found = done(await client.get(path('pods', pod))) as unknown as Pod
      const word = ready ? 'True' : 'False'
      const condition = { status: word, lastTransitionTime: now() }
      const status = {
        conditions: [
          { type: 'Ready', ...condition },
          { type: 'ContainersReady', ...condition },
        ],
        containerStatuses: found.status?.containerStatuses?.map((one) => ({ ...one, ready })),
      }
      done(await client.patch(`${path('pods', pod)}/status`, 'strategic', { status }))
    },
    async setDigest(pod, digest) {
      const found = done(await client.get(path('pods', pod))) as unknown as Pod
      const containerStatuses = found.status?.containerStatuses?.map((one) => ({
        ...one,
        imageID: one.imageID.replace(/@.*$/, `@${digest}`),
      }))
      done(await client.patch(`${path('pods', pod)}/status`, 'strategic', { status: { containerStatuses } }))
    },
    async quota(pods) {
      const spec = { hard: { pods: `${pods}` } }
      const metadata = { name: 'tight' }
      done(
        await client.post(path('resourcequotas'), {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata,
          spec,
        }),
      )
    },
  }
}

function done(answer: KubeAnswer): JsonObject {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`)
  return answer.body
}
