import type { JsonObject } from '../../../electron/training/objects/json.ts'

export function configMap(name: string, more: { labels?: JsonObject; data?: JsonObject } = {}): JsonObject {
  const { labels, data = { key: 'value' } } = more
  const metadata = { name, ...(labels === undefined ? {} : { labels }) }
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
}

/** Paused and without pods, so that its controller changes nothing but its status. */
export function deployment(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 0,
      paused: true,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            { name: 'main', image: 'registry.example/demo:1' },
            { name: 'sidecar', image: 'registry.example/sidecar:1' },
          ],
        },
      },
      ...spec,
    },
  }
}

export function lease(name: string, spec: JsonObject = {}): JsonObject {
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name },
    spec: { holderIdentity: 'me', leaseDurationSeconds: 60, ...spec },
  }
}

/** A pod that no node runs. */
export function pod(name: string, more: { metadata?: JsonObject; spec?: JsonObject } = {}): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...more.metadata },
    spec: { containers: [{ name: 'main', image: 'registry.example/demo:1' }], ...more.spec },
  }
}
