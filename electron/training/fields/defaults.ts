import {
  at,
  isObject,
  listAt,
  numberAt,
  objectAt,
  textAt,
  withoutNulls,
  type Json,
  type JsonObject,
} from '../objects/json.ts'
import { qosClassOf } from '../objects/qos-class.ts'
import type { Resource } from '../objects/resources.ts'

/** A probe's or a hook's way to the container. */
function handler(value: JsonObject): JsonObject {
  const get = value['httpGet']
  return isObject(get) ? { ...value, httpGet: { path: '/', scheme: 'HTTP', ...get } } : value
}

function lifecycle(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([hook, one]) => [hook, isObject(one) ? handler(one) : one]),
  )
}

function variable(value: Json): Json {
  const field = objectAt(value, 'valueFrom', 'fieldRef')
  if (!isObject(value) || Object.keys(field).length === 0) return value
  return {
    ...value,
    valueFrom: { ...objectAt(value, 'valueFrom'), fieldRef: { apiVersion: 'v1', ...field } },
  }
}

function volume(value: Json): Json {
  if (!isObject(value)) return value
  const { configMap, secret, hostPath } = value
  return {
    ...value,
    ...(isObject(configMap) ? { configMap: { defaultMode: 420, ...configMap } } : {}),
    ...(isObject(secret) ? { secret: { defaultMode: 420, ...secret } } : {}),
    ...(isObject(hostPath) ? { hostPath: { type: '', ...hostPath } } : {}),
  }
}

function probe(value: Json | undefined): JsonObject | undefined {
  if (!isObject(value)) return undefined
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...handler(value),
  }
}

/** Always for no tag and for latest, as the API server decides it. */
function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  const [tagged = '', digest] = last.split('@')
  if (tagged.endsWith(':latest')) return 'Always'
  return tagged.includes(':') || digest !== undefined ? 'IfNotPresent' : 'Always'
}

function container(value: Json): Json {
  if (!isObject(value)) return value
  const probes = ['readinessProbe', 'livenessProbe', 'startupProbe'].flatMap((name) => {
    const filled = probe(value[name])
    return filled === undefined ? [] : [[name, filled] as const]
  })
  const ports = listAt(value, 'ports').map((port) =>
    isObject(port) ? { ...port, protocol: textAt(port, 'protocol') ?? 'TCP' } : port,
  )
  return {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(textAt(value, 'image') ?? ''),
    ...value,
    ...(value['ports'] === undefined ? {} : { ports }),
    ...(value['env'] === undefined ? {} : { env: listAt(value, 'env').map(variable) }),
    ...(isObject(value['lifecycle']) ? { lifecycle: lifecycle(value['lifecycle']) } : {}),
    ...Object.fromEntries(probes),
  }
}

function podSpecDefaults(spec: JsonObject): JsonObject {
  const initContainers = listAt(spec, 'initContainers')
  return {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: 'default-scheduler',
    ...spec,
    ...(at(spec, 'containers') === undefined
      ? {}
      : { containers: listAt(spec, 'containers').map(container) }),
    ...(spec['volumes'] === undefined ? {} : { volumes: listAt(spec, 'volumes').map(volume) }),
    ...(initContainers.length === 0 ? {} : { initContainers: initContainers.map(container) }),
  }
}

function template(value: Json | undefined): JsonObject {
  const whole = isObject(value) ? value : {}
  return { ...whole, metadata: objectAt(whole, 'metadata'), spec: podSpecDefaults(objectAt(whole, 'spec')) }
}

function strategy(value: Json | undefined): JsonObject {
  const given = isObject(value) ? value : {}
  const type = textAt(given, 'type') ?? 'RollingUpdate'
  if (type !== 'RollingUpdate') return { ...given, type }
  return {
    ...given,
    type,
    rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%', ...objectAt(given, 'rollingUpdate') },
  }
}

/** Nothing, or zero, is the Service's own port. */
function targetOf(port: JsonObject): Json {
  const target = port['targetPort'] ?? 0
  return target === 0 || target === '' ? (numberAt(port, 'port') ?? 0) : target
}

function service(spec: JsonObject): JsonObject {
  const ports = listAt(spec, 'ports').map((port) =>
    isObject(port) ? { protocol: 'TCP', ...port, targetPort: targetOf(port) } : port,
  )
  return { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ...spec, ports }
}

/** A namespace carries its name as a label, for selectors. */
function named(metadata: JsonObject): JsonObject {
  const name = textAt(metadata, 'name')
  const labels = objectAt(metadata, 'labels')
  if (name === undefined) return metadata
  return { ...metadata, labels: { ...labels, 'kubernetes.io/metadata.name': name } }
}

/** Fills in what the API server fills in for the kinds that controllers work with. */
export function applyDefaults(resource: Resource, body: JsonObject): JsonObject {
  const clean = objectAt({ whole: withoutNulls(body) }, 'whole')
  const spec = objectAt(clean, 'spec')
  switch (resource.plural) {
    case 'deployments':
      return {
        ...clean,
        spec: {
          replicas: 1,
          revisionHistoryLimit: 10,
          progressDeadlineSeconds: 600,
          ...spec,
          strategy: strategy(spec['strategy']),
          template: template(spec['template']),
        },
        status: objectAt(clean, 'status'),
      }
    case 'replicasets':
      return {
        ...clean,
        spec: { replicas: 1, ...spec, template: template(spec['template']) },
        status: { replicas: 0, ...objectAt(clean, 'status') },
      }
    case 'pods':
      return {
        ...clean,
        spec: { enableServiceLinks: true, ...podSpecDefaults(spec) },
        status: { phase: 'Pending', qosClass: qosClassOf(spec), ...objectAt(clean, 'status') },
      }
    case 'services':
      return { ...clean, spec: service(spec), status: { loadBalancer: {} } }
    case 'namespaces':
      return {
        ...clean,
        metadata: named(objectAt(clean, 'metadata')),
        spec: { finalizers: ['kubernetes'], ...spec },
        status: { phase: 'Active', ...objectAt(clean, 'status') },
      }
    default:
      return clean
  }
}
