import {
  configMapManifest,
  deploymentManifest,
  namespaceManifest,
  nodeManifest,
  serviceManifest,
} from '../../electron/training/scenarios/scenario-manifests.ts'
import type { Scenario } from '../../electron/training/scenarios/demo.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'

export const services = ['web', 'web-headless', 'side'] as const
export const batchNames = ['web-1', 'web-2', 'web-3'] as const
export const repository = 'registry.example/team/web'

function deployments(tag: string, sizes: readonly number[]): readonly JsonObject[] {
  const batches = batchNames.map((name, index) =>
    deploymentManifest({
      name,
      namespace: 'demo',
      app: 'web',
      replicas: sizes[index] ?? 1,
      image: `${repository}:${tag}`,
    }),
  )
  const side = deploymentManifest({
    name: 'side-1',
    namespace: 'demo',
    app: 'side',
    replicas: sizes[0] ?? 1,
    image: `registry.example/team/side:${tag}`,
  })
  return [...batches, side]
}

/** Small enough for thousands of histories: one application behind two Services, and a neighbour. */
export const simulatedScenario: Scenario = {
  name: 'simulated',
  steps: [
    {
      agoMs: 3 * 86_400_000,
      manifests: [
        ...[1, 2].map((number) => nodeManifest(number, 30)),
        ...['default', 'kube-system', 'demo'].map(namespaceManifest),
        configMapManifest('kube-root-ca.crt', 'demo', { 'ca.crt': '' }),
        serviceManifest({ name: 'web', namespace: 'demo', app: 'web' }),
        serviceManifest({ name: 'web-headless', namespace: 'demo', app: 'web' }),
        serviceManifest({ name: 'side', namespace: 'demo', app: 'side' }),
        ...deployments('v0', [0, 0, 0]),
      ],
    },
    { agoMs: 86_400_000, manifests: deployments('v1', [1, 2, 3]) },
  ],
}
