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
} from './json.ts'
import { qosClassOf } from './qos-class.ts'
import type { Resource } from './resources.ts'

function probe(value: Json | undefined): JsonObject | undefined {
  if (!isObject(value)) return undefined
  const httpGet = isObject(value['httpGet']) ? { httpGet: { scheme: 'HTTP', ...value['httpGet'] } } : {}
  return {
    timeoutSeconds: 1,
    periodSeconds: 10,
    successThreshold: 1,
    failureThreshold: 3,
    ...value,
    ...httpGet,
  }
}

/** Always for no tag and for latest, as the API server decides it. */
function pullPolicy(image: string): string {
  const last = image.slice(image.lastIndexOf('/') + 1)
  if (last.includes('@')) return 'IfNotPresent'
  return !last.includes(':') || last.endsWith(':latest') ? 'Always' : 'IfNotPresent'
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
    ...Object.fromEntries(probes),
  }
}

export function podSpecDefaults(spec: JsonObject): JsonObject {
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

function service(spec: JsonObject): JsonObject {
  const ports = listAt(spec, 'ports').map((port) =>
    isObject(port) ? { protocol: 'TCP', targetPort: numberAt(port, 'port') ?? 0, ...port } : port,
  )
  return { type: 'ClusterIP', sessionAffinity: 'None', internalTrafficPolicy: 'Cluster', ...spec, ports }
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
        spec: podSpecDefaults(spec),
        status: { phase: 'Pending', qosClass: qosClassOf(spec), ...objectAt(clean, 'status') },
      }
    case 'services':
      return { ...clean, spec: service(spec), status: { loadBalancer: {} } }
    case 'namespaces':
      return {
        ...clean,
        spec: { finalizers: ['kubernetes'] },
        status: { phase: 'Active', ...objectAt(clean, 'status') },
      }
    default:
      return clean
  }
}
