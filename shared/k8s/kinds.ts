import type { Json } from './json.ts'
import type { KindName, Kinds } from './objects.ts'
import {
  readConfigMap,
  readEndpointSlice,
  readEvent,
  readLease,
  readNamespace,
  readPod,
  readService,
} from './read-others.ts'
import { readDeployment, readReplicaSet } from './read-workloads.ts'

/** Where a kind is served and how it is read. */
export type KindEntry<K extends KindName> = {
  readonly apiPath: string
  readonly group: string
  readonly plural: string
  readonly namespaced: boolean
  readonly read: (raw: Json) => Kinds[K] | undefined
}

const core = { apiPath: '/api/v1', group: '' }
const apps = { apiPath: '/apis/apps/v1', group: 'apps' }

export const kindTable: { readonly [K in KindName]: KindEntry<K> } = {
  Namespace: { ...core, plural: 'namespaces', namespaced: false, read: readNamespace },
  Service: { ...core, plural: 'services', namespaced: true, read: readService },
  ConfigMap: { ...core, plural: 'configmaps', namespaced: true, read: readConfigMap },
  Pod: { ...core, plural: 'pods', namespaced: true, read: readPod },
  Event: { ...core, plural: 'events', namespaced: true, read: readEvent },
  Deployment: { ...apps, plural: 'deployments', namespaced: true, read: readDeployment },
  ReplicaSet: { ...apps, plural: 'replicasets', namespaced: true, read: readReplicaSet },
  EndpointSlice: {
    apiPath: '/apis/discovery.k8s.io/v1',
    group: 'discovery.k8s.io',
    plural: 'endpointslices',
    namespaced: true,
    read: readEndpointSlice,
  },
  Lease: {
    apiPath: '/apis/coordination.k8s.io/v1',
    group: 'coordination.k8s.io',
    plural: 'leases',
    namespaced: true,
    read: readLease,
  },
}
