import type { Snapshot } from '../../electron/cluster/watch/watch-set.ts'
import type { Json } from '../../shared/k8s/json.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'
import type { KubeClient } from './kube-client.ts'

export type Lists = Omit<Snapshot, 'freshness'>

/** What a namespace has, from the server itself, past all of the application's own lists and watches. */
export async function freshLists(client: KubeClient, namespace: string): Promise<Lists> {
  async function list<K extends KindName>(kind: K, query = ''): Promise<readonly Kinds[K][]> {
    const { apiPath, plural, read } = kindTable[kind]
    const { body } = await client.get(`${apiPath}/namespaces/${namespace}/${plural}${query}`)
    return (body as { readonly items: readonly Json[] }).items.flatMap((raw) => read(raw) ?? [])
  }
  return {
    services: await list('Service'),
    deployments: await list('Deployment'),
    replicaSets: await list('ReplicaSet'),
    pods: await list('Pod'),
    slices: await list('EndpointSlice'),
    leases: await list('Lease'),
    events: await list('Event', '?fieldSelector=type%3DWarning'),
  }
}
