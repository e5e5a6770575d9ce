import type { JsonObject } from '../../electron/training/json.ts'
import type { Move } from './move.ts'
import type { SimulatedCluster } from './simulated-cluster.ts'
import { batchNames, repository } from './simulated-scenario.ts'

export const mergePatch = 'application/merge-patch+json'
const strategic = 'application/strategic-merge-patch+json'

/** Somebody with kubectl and all rights, who knows nothing of a release. */
export function actAsStranger(
  cluster: SimulatedCluster,
  { act, batch, number }: Extract<Move, { kind: 'strange' }>,
): void {
  const name = batchNames[batch] ?? batchNames[0]
  const path = `/apis/apps/v1/namespaces/demo/deployments/${name}`
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
    case 'recreate': {
      const found = cluster.ask('GET', path)
      if (found.code !== 200) return
      const { spec } = found.body
      cluster.ask('DELETE', path)
      const body = {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: 'demo', labels: { app: 'web' } },
        spec,
      }
      cluster.ask('POST', '/apis/apps/v1/namespaces/demo/deployments', { body })
      return
    }
    case 'selector':
      cluster.ask('PATCH', '/api/v1/namespaces/demo/services/web', {
        body: { spec: { selector: { app: number === 0 ? 'nothing' : 'web' } } },
        contentType: mergePatch,
      })
      return
    case 'kill-pods': {
      const pods = cluster.ask('GET', '/api/v1/namespaces/demo/pods?labelSelector=app%3Dweb')
      const items = (pods.body['items'] ?? []) as readonly { readonly metadata: { readonly name: string } }[]
      for (const pod of items.slice(0, number))
        cluster.ask('DELETE', `/api/v1/namespaces/demo/pods/${pod.metadata.name}`)
    }
  }
}
