import type { Json } from './json.ts'
import type { Deployment, ReplicaSet } from './objects.ts'
import { asObject, flagAt, numberAt, objectAt, textAt } from './read-json.ts'
import { readConditions, readContainers, readMeta, readSelector, readWriters } from './read-meta.ts'
import { contentDigest, templateDigest } from './template-digest.ts'

export function readDeployment(raw: Json): Deployment | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const spec = objectAt(raw, 'spec')
  const status = objectAt(raw, 'status')
  const template = objectAt(spec, 'template')
  const rolling = objectAt(objectAt(spec, 'strategy'), 'rollingUpdate')
  return {
    meta,
    replicas: numberAt(spec, 'replicas', 1),
    selector: readSelector(spec['selector']),
    paused: flagAt(spec, 'paused'),
    strategy: {
      type: textAt(objectAt(spec, 'strategy'), 'type', 'RollingUpdate'),
      maxSurge: intOrPercent(rolling['maxSurge']),
      maxUnavailable: intOrPercent(rolling['maxUnavailable']),
    },
    minReadySeconds: numberAt(spec, 'minReadySeconds'),
    progressDeadlineSeconds: numberAt(spec, 'progressDeadlineSeconds', 600),
    revisionHistoryLimit: numberAt(spec, 'revisionHistoryLimit', 10),
    template,
    templateDigest: templateDigest(template),
    containers: readContainers(template),
    writers: readWriters(raw),
    status: {
      observedGeneration: numberAt(status, 'observedGeneration'),
      replicas: numberAt(status, 'replicas'),
      updated: numberAt(status, 'updatedReplicas'),
      ready: numberAt(status, 'readyReplicas'),
      available: numberAt(status, 'availableReplicas'),
      ...('terminatingReplicas' in status && { terminating: numberAt(status, 'terminatingReplicas') }),
      conditions: readConditions(status),
    },
  }
}

export function readReplicaSet(raw: Json): ReplicaSet | undefined {
  const meta = readMeta(raw)
  if (meta === undefined) return undefined
  const spec = objectAt(raw, 'spec')
  const status = objectAt(raw, 'status')
  const template = asObject(spec['template'])
  const digest = templateDigest(template)
  return {
    meta,
    replicas: numberAt(spec, 'replicas'),
    revision: Number(meta.annotations['deployment.kubernetes.io/revision'] ?? 0) || 0,
    templateDigest: digest,
    contentDigest: contentDigest(template, digest),
    containers: readContainers(template),
    status: {
      observedGeneration: numberAt(status, 'observedGeneration'),
      replicas: numberAt(status, 'replicas'),
      ready: numberAt(status, 'readyReplicas'),
      available: numberAt(status, 'availableReplicas'),
      conditions: readConditions(status),
    },
  }
}

function intOrPercent(value: Json | undefined): number | string {
  return typeof value === 'number' || typeof value === 'string' ? value : '25%'
}
