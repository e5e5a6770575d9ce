import { assertNever } from '../../shared/assert-never.ts'
import { serviceManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { Move } from './move.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import { batchNames, repository } from './simulated-scenario.ts'

export const mergePatch = 'application/merge-patch+json'
const deployments = '/apis/apps/v1/namespaces/demo/deployments'
const pods = '/api/v1/namespaces/demo/pods'
const quotas = '/api/v1/namespaces/demo/resourcequotas'
const service = '/api/v1/namespaces/demo/services/web'
const strategic = 'application/strategic-merge-patch+json'

/** Somebody with kubectl and all rights, who knows nothing of a release. */
export function actAsStranger(
  cluster: SimulatedCluster,
  { act, batch, number }: Extract<Move, { kind: 'strange' }>,
): void {
  const name = batchNames[batch] ?? batchNames[0]
  const path = `${deployments}/${name}`
  const patch = (body: unknown, contentType = mergePatch): void =>
    void cluster.ask('PATCH', `${path}?fieldManager=kubectl-edit`, { body, contentType })
  const container = (change: JsonObject): JsonObject => ({
    spec: { template: { spec: { containers: [{ name: 'web', ...change }] } } },
  })
  switch (act) {
    case 'image':
      patch(container({ image: `${repository}:x${number}` }), strategic)
      return
    case 'template':
      patch(container({ env: [{ name: 'LEVEL', value: String(number) }] }), strategic)
      return
    case 'scale':
      patch({ spec: { replicas: number } })
      return
    case 'pause':
      patch({ spec: { paused: true } })
      return
    case 'unpause':
      patch({ spec: { paused: null } })
      return
    case 'annotate':
      patch({ metadata: { annotations: { note: String(number) } } })
      return
    case 'delete':
      cluster.ask('DELETE', path)
      return
    case 'recreate':
      copyBatch(cluster, path, name)
      return
    case 'selector':
      cluster.ask('PATCH', service, {
        body: { spec: { selector: { app: number < 2 ? 'nothing' : 'web' } } },
        contentType: mergePatch,
      })
      return
    case 'kill-pods':
      for (const pod of somePods(cluster, number)) cluster.ask('DELETE', `${pods}/${pod}`)
      return
    case 'evict-pods':
      for (const pod of somePods(cluster, number)) {
        const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: pod, namespace: 'demo' } }
        cluster.ask('POST', `${pods}/${pod}/eviction`, { body })
      }
      return
    case 'restart':
      patch({
        spec: {
          template: {
            metadata: {
              annotations: { 'kubectl.kubernetes.io/restartedAt': `2026-11-24T09:0${number}:00Z` },
            },
          },
        },
      })
      return
    case 'undo':
      patch(container({ image: `${repository}:v1`, env: null }), strategic)
      return
    case 'add-batch':
      copyBatch(cluster, path, 'web-4')
      return
    case 'remove-batch':
      cluster.ask('DELETE', `${deployments}/web-4`)
      return
    case 'service-delete':
      cluster.ask('DELETE', service)
      return
    case 'service-recreate':
      cluster.ask('DELETE', service)
      createService(cluster)
      return
    case 'quota':
      cluster.ask('DELETE', `${quotas}/tight`)
      cluster.ask('POST', quotas, {
        body: {
          apiVersion: 'v1',
          kind: 'ResourceQuota',
          metadata: { name: 'tight', namespace: 'demo' },
          spec: { hard: { pods: String(5 + number) } },
        },
      })
      return
    case 'no-quota':
      cluster.ask('DELETE', `${quotas}/tight`)
      return
    case 'autoscale':
      cluster.ask('PATCH', `${path}/scale?fieldManager=kube-controller-manager`, {
        body: { spec: { replicas: 1 + number } },
        contentType: mergePatch,
      })
      return
    default:
      assertNever(act)
  }
}

/** What a stranger has taken away or narrowed is there again; what was written to batches stays. */
export function putWorldRight(cluster: SimulatedCluster): void {
  cluster.ask('DELETE', `${quotas}/tight`)
  createService(cluster)
  cluster.ask('PATCH', service, { body: { spec: { selector: { app: 'web' } } }, contentType: mergePatch })
}

function createService(cluster: SimulatedCluster): void {
  const body = serviceManifest({ name: 'web', namespace: 'demo', app: 'web' })
  cluster.ask('POST', '/api/v1/namespaces/demo/services', { body })
}

function somePods(cluster: SimulatedCluster, count: number): readonly string[] {
  const { body } = cluster.ask('GET', `${pods}?labelSelector=app%3Dweb`)
  const items = (body['items'] ?? []) as readonly { readonly metadata: { readonly name: string } }[]
  return items.slice(0, count).map((pod) => pod.metadata.name)
}

/** Made anew from what is at `path`, perhaps under another name. */
function copyBatch(cluster: SimulatedCluster, path: string, name: string): void {
  const { code, body } = cluster.ask('GET', path)
  if (code !== 200) return
  cluster.ask('DELETE', `${deployments}/${name}`)
  cluster.ask('POST', deployments, {
    body: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: 'demo', labels: { app: 'web' } },
      spec: body['spec'],
    },
  })
}
