import { uid } from '../../shared/ids.ts'
import type { JsonObject } from '../../shared/k8s/json.ts'
import type { Batch, BatchSet } from '../../shared/model/batch-set.ts'
import { templateDigest } from '../../shared/k8s/template-digest.ts'

export const oldImage = 'registry.example/app-cloud/demo:20190101191052'
export const newImage = 'registry.example/app-cloud/demo:20190215093000'

export function buildTemplate(image: string, more: JsonObject = {}): JsonObject {
  return {
    metadata: { labels: { app: 'demo-aone' } },
    spec: { containers: [{ name: 'demo-aone', image, ...more }] },
  }
}

/** A healthy batch at rest; what a test is about it says itself. */
export function buildBatch(number: number, parts: Partial<Batch> & { readonly image?: string } = {}): Batch {
  const { image = oldImage, ...rest } = parts
  const desired = rest.desired ?? (number === 1 ? 1 : 16)
  const template = rest.template ?? buildTemplate(image)
  return {
    uid: uid(`batch-${number}`),
    name: `demo-aone-${number}`,
    number,
    desired,
    generation: 1,
    observedGeneration: 1,
    paused: false,
    deleting: false,
    template,
    templateDigest: templateDigest(template),
    containers: [
      { name: 'demo-aone', image, init: false, hasReadinessProbe: true, imagePullPolicy: 'IfNotPresent' },
    ],
    strategy: { type: 'RollingUpdate', maxSurge: 4, maxUnavailable: 4, surge: 4, unavailable: 4 },
    minReadySeconds: 0,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    newReplicaSet: { uid: uid(`rs-${number}`), name: `demo-aone-${number}-abc`, revision: 1 },
    updated: desired,
    ready: desired,
    available: desired,
    total: desired,
    old: 0,
    terminating: 0,
    servingNew: desired,
    servingOld: 0,
    restarts: 0,
    writers: [{ field: 'image', manager: 'kubectl-set', at: 5 }],
    pods: [],
    ...rest,
  }
}

export function buildBatchSet(batches: readonly Batch[]): BatchSet {
  return {
    service: {
      meta: {
        name: 'demo-http',
        namespace: 'demo',
        uid: uid('service'),
        resourceVersion: '1',
        generation: 0,
        labels: {},
        annotations: {},
        createdAt: 0,
      },
      type: 'NodePort',
      selector: { app: 'demo-aone' },
      headless: false,
      publishesNotReady: false,
      externalName: '',
      ports: [{ port: 80, targetPort: '7001', nodePort: 32168 }],
    },
    batches,
    foreignPods: 0,
    others: { ready: 0, all: 0, owners: [] },
    sharedSelector: true,
    movedTags: [],
  }
}
