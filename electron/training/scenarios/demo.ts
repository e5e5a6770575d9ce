import type { JsonObject } from '../objects/json.ts'
import {
  configMapManifest,
  deploymentManifest,
  namespaceManifest,
  nodeManifest,
  serviceManifest,
} from './scenario-manifests.ts'

/** What a training cluster opens with: manifests, and how long ago they were applied. */
export type Scenario = {
  readonly name: string
  /** Oldest first. A manifest of an object that is there changes it, so that there is a history to go back to. */
  readonly steps: readonly { readonly agoMs: number; readonly manifests: readonly JsonObject[] }[]
}

type Application = {
  readonly app: string
  readonly names: readonly string[]
  readonly sizes: readonly number[]
  /** The image before and the one that runs now. */
  readonly images: readonly [old: string, now: string]
}

const day = 86_400_000
const registry = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud'

/** The Deployments of an application; before its first real release there is an empty revision of the old image. */
function deploymentsOf(application: Application, when: 'before' | 'now'): readonly JsonObject[] {
  const { app, names, sizes, images } = application
  const image = images[when === 'before' ? 0 : 1]
  return names.map((name, index) => {
    const replicas = when === 'before' ? 0 : (sizes[index] ?? 1)
    return deploymentManifest({ name, namespace: 'demo', app, replicas, image })
  })
}

const demo: Application = {
  app: 'demo-aone',
  names: ['demo-aone-1', 'demo-aone-2', 'demo-aone-3', 'demo-aone-4'],
  sizes: [1, 16, 16, 16],
  images: [`${registry}/demo:20181220093315`, `${registry}/demo:20190101191052`],
}
const hello: Application = {
  app: 'hello',
  names: ['hello'],
  sizes: [3],
  images: [`${registry}/hello:1.3.2`, `${registry}/hello:1.4.0`],
}
const shop: Application = {
  app: 'shop',
  names: ['shop-1', 'shop-2', 'shop-3'],
  sizes: [2, 6, 6],
  images: [`${registry}/shop:2.7.0`, `${registry}/shop:2.8.1`],
}

/** The application of the manifests: a canary and three batches of 16 behind one NodePort, and a few neighbours. */
export const demoScenario: Scenario = {
  name: 'demo',
  steps: [
    {
      agoMs: 40 * day,
      manifests: [
        ...[1, 2, 3, 4, 5, 6].map((number) => nodeManifest(number, 40)),
        ...['default', 'kube-system', 'demo'].map(namespaceManifest),
        configMapManifest('kube-root-ca.crt', 'demo', { 'ca.crt': '' }),
      ],
    },
    {
      agoMs: 12 * day,
      manifests: [
        serviceManifest({ name: 'demo-http', namespace: 'demo', app: 'demo-aone', nodePort: 32168 }),
        serviceManifest({ name: 'hello-http', namespace: 'demo', app: 'hello' }),
        serviceManifest({ name: 'shop-http', namespace: 'demo', app: 'shop', nodePort: 32170 }),
        serviceManifest({ name: 'legacy-http', namespace: 'demo', app: 'legacy' }),
        ...[demo, hello, shop].flatMap((one) => deploymentsOf(one, 'before')),
      ],
    },
    {
      agoMs: 3 * day + 5 * 3_600_000,
      manifests: [demo, hello, shop].flatMap((one) => deploymentsOf(one, 'now')),
    },
  ],
}
