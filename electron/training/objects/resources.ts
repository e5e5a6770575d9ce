import type {
  ClusterNode,
  Deployment,
  DisruptionBudget,
  EndpointSlice,
  EventObject,
  KubeObject,
  Pod,
  ReplicaSet,
  ResourceQuota,
  Service,
} from './objects.ts'

/** One kind that the API serves. `T` is what the store holds for it. */
export type Resource<T extends KubeObject = KubeObject> = {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly shortNames: readonly string[]
  readonly inAll: boolean
  readonly namespaced: boolean
  readonly subresources: readonly string[]
  /** Paths, besides metadata.name and metadata.namespace, that a field selector may name. */
  readonly fields: readonly string[]
  /** Carries the type only; never set. */
  readonly holds?: T
}

type Extra = Partial<Pick<Resource, 'shortNames' | 'inAll' | 'namespaced' | 'subresources' | 'fields'>>

function define<T extends KubeObject>(
  path: `${string}/${string}` | 'v1',
  [plural, kind]: readonly [string, string],
  extra: Extra = {},
): Resource<T> {
  const [group, version] =
    path === 'v1' ? ['', 'v1'] : [path.slice(0, path.indexOf('/')), path.slice(path.indexOf('/') + 1)]
  return {
    group,
    version,
    plural,
    kind,
    singular: kind.toLowerCase(),
    shortNames: [],
    inAll: false,
    namespaced: true,
    subresources: [],
    fields: [],
    ...extra,
  }
}

export const namespaces = define('v1', ['namespaces', 'Namespace'], {
  namespaced: false,
  shortNames: ['ns'],
  subresources: ['status'],
  fields: ['status.phase'],
})
export const nodes = define<ClusterNode>('v1', ['nodes', 'Node'], {
  namespaced: false,
  shortNames: ['no'],
  subresources: ['status'],
  fields: ['spec.unschedulable'],
})
export const services = define<Service>('v1', ['services', 'Service'], {
  shortNames: ['svc'],
  inAll: true,
  subresources: ['status'],
  fields: ['spec.clusterIP', 'spec.type'],
})
export const pods = define<Pod>('v1', ['pods', 'Pod'], {
  shortNames: ['po'],
  inAll: true,
  subresources: ['status', 'log', 'eviction', 'binding', 'portforward'],
  fields: [
    'status.phase',
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.podIP',
  ],
})
export const events = define<EventObject>('v1', ['events', 'Event'], {
  shortNames: ['ev'],
  fields: [
    ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'fieldPath'].map(
      (field) => `involvedObject.${field}`,
    ),
    'reason',
    'type',
  ],
})
const configMaps = define('v1', ['configmaps', 'ConfigMap'], { shortNames: ['cm'] })
const serviceAccounts = define('v1', ['serviceaccounts', 'ServiceAccount'], { shortNames: ['sa'] })
export const resourceQuotas = define<ResourceQuota>('v1', ['resourcequotas', 'ResourceQuota'], {
  shortNames: ['quota'],
  subresources: ['status'],
})
export const limitRanges = define('v1', ['limitranges', 'LimitRange'], { shortNames: ['limits'] })
export const deployments = define<Deployment>('apps/v1', ['deployments', 'Deployment'], {
  shortNames: ['deploy'],
  inAll: true,
  subresources: ['status', 'scale'],
})
export const replicaSets = define<ReplicaSet>('apps/v1', ['replicasets', 'ReplicaSet'], {
  shortNames: ['rs'],
  inAll: true,
  subresources: ['status', 'scale'],
})
export const endpointSlices = define<EndpointSlice>('discovery.k8s.io/v1', [
  'endpointslices',
  'EndpointSlice',
])
const leases = define('coordination.k8s.io/v1', ['leases', 'Lease'])
export const autoscalers = define('autoscaling/v2', ['horizontalpodautoscalers', 'HorizontalPodAutoscaler'], {
  shortNames: ['hpa'],
  inAll: true,
  subresources: ['status'],
})
export const disruptionBudgets = define<DisruptionBudget>(
  'policy/v1',
  ['poddisruptionbudgets', 'PodDisruptionBudget'],
  {
    shortNames: ['pdb'],
    subresources: ['status'],
  },
)

/** Every kind that is stored, in the order of discovery. */
export const allResources: readonly Resource[] = [
  namespaces,
  nodes,
  services,
  pods,
  events,
  configMaps,
  serviceAccounts,
  resourceQuotas,
  limitRanges,
  deployments,
  replicaSets,
  endpointSlices,
  leases,
  autoscalers,
  disruptionBudgets,
]

export function groupVersion(resource: Resource): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`
}

/** `deployments.apps`, or just `pods` in the core group: the name used in messages. */
export function groupResource(resource: Resource): string {
  return resource.group === '' ? resource.plural : `${resource.plural}.${resource.group}`
}

export function findResource(group: string, version: string, plural: string): Resource | undefined {
  return allResources.find(
    (resource) => resource.group === group && resource.version === version && resource.plural === plural,
  )
}

export function findKind(apiVersion: string, kind: string): Resource | undefined {
  return allResources.find((resource) => groupVersion(resource) === apiVersion && resource.kind === kind)
}
