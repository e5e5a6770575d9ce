import type { JsonObject } from './json.ts'

/** What a training cluster opens with: manifests, applied in order. */
export type Scenario = {
  readonly name: string
  readonly nodes: number
  readonly manifests: readonly JsonObject[]
}

type Batch = { readonly name: string; readonly replicas: number }

function namespace(name: string): JsonObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
}

function service(name: string, app: string, ports: JsonObject): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'demo' },
    spec: { selector: { app }, ...ports },
  }
}

function nodePort(nodePortNumber: number): JsonObject {
  return { type: 'NodePort', ports: [{ port: 80, targetPort: 7001, nodePort: nodePortNumber }] }
}

function deployment(batch: Batch, app: string, image: string): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: batch.name, namespace: 'demo', labels: { app } },
    spec: {
      replicas: batch.replicas,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { app } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        metadata: { labels: { app } },
        spec: {
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              name: app,
              image,
              imagePullPolicy: 'Always',
              ports: [{ containerPort: 7001 }],
              readinessProbe: { tcpSocket: { port: 7001 }, periodSeconds: 10 },
              resources: { limits: { cpu: '4', memory: '8192Mi' }, requests: { cpu: '4', memory: '8192Mi' } },
            },
          ],
        },
      },
    },
  }
}

function batches(app: string, sizes: readonly number[]): readonly Batch[] {
  return sizes.map((replicas, index) => ({ name: `${app}-${index + 1}`, replicas }))
}

const registry = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud'

/** The application of the manifests: a canary and three batches of 16 behind one NodePort, and a few neighbours. */
export const demoScenario: Scenario = {
  name: 'demo',
  nodes: 6,
  manifests: [
    ...['default', 'kube-system', 'demo'].map(namespace),
    service('demo-http', 'demo-aone', nodePort(32168)),
    ...batches('demo-aone', [1, 16, 16, 16]).map((one) =>
      deployment(one, 'demo-aone', `${registry}/demo:20190101191052`),
    ),
    service('hello-http', 'hello', { ports: [{ port: 80, targetPort: 7001 }] }),
    deployment({ name: 'hello', replicas: 3 }, 'hello', `${registry}/hello:1.4.0`),
    service('shop-http', 'shop', nodePort(32170)),
    ...batches('shop', [2, 6, 6]).map((one) => deployment(one, 'shop', `${registry}/shop:2.8.1`)),
    service('legacy-http', 'legacy', { ports: [{ port: 80, targetPort: 7001 }] }),
  ],
}
