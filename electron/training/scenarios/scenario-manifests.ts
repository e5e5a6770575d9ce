import type { JsonObject } from '../objects/json.ts'

export function namespaceManifest(name: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  }
}

export function configMapManifest(name: string, namespace: string, data: JsonObject): JsonObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data }
}

/** A worker with room for so many pods. */
export function nodeManifest(number: number, pods: number): JsonObject {
  const name = `training-w${number}`
  const room = { cpu: '64', memory: '262144Mi', pods: String(pods) }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux' } },
    spec: {},
    status: {
      capacity: room,
      allocatable: room,
      addresses: [
        { type: 'InternalIP', address: `10.0.0.${10 + number}` },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
      ],
      nodeInfo: {
        kubeletVersion: 'v1.36.2',
        containerRuntimeVersion: 'containerd://2.1.0',
        operatingSystem: 'linux',
        architecture: 'amd64',
      },
    },
  }
}

export function serviceManifest(service: {
  readonly name: string
  readonly namespace: string
  readonly app: string
  readonly nodePort?: number
}): JsonObject {
  const { name, namespace, app, nodePort } = service
  const port = { port: 80, targetPort: 7001, ...(nodePort === undefined ? {} : { nodePort }) }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { type: nodePort === undefined ? 'ClusterIP' : 'NodePort', selector: { app }, ports: [port] },
  }
}

/** A batch of an application as its team would write it today: apps/v1, strategy under spec, a probe that exists. */
export function deploymentManifest(batch: {
  readonly name: string
  readonly namespace: string
  readonly app: string
  readonly replicas: number
  readonly image: string
}): JsonObject {
  const { name, namespace, app, replicas, image } = batch
  const container = {
    name: app,
    image,
    imagePullPolicy: 'Always',
    ports: [{ containerPort: 7001 }],
    readinessProbe: { tcpSocket: { port: 7001 }, initialDelaySeconds: 1, periodSeconds: 1 },
    resources: { limits: { cpu: '4', memory: '8192Mi' }, requests: { cpu: '4', memory: '8192Mi' } },
  }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app } },
    spec: {
      replicas,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: { app } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      template: {
        metadata: { labels: { app } },
        spec: { terminationGracePeriodSeconds: 30, containers: [container] },
      },
    },
  }
}
