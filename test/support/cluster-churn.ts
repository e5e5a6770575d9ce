import type { Random } from '../../electron/training/clock/random.ts'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { KubeClient } from './kube-client.ts'

/** Makes and changes and removes objects of every kind that is watched, names used again among them. */
export type Churn = {
  /** So many changes that the server has accepted, a few at a time; `onChange` is told after each. */
  change(count: number, onChange?: () => void): Promise<void>
  /** A change of one Lease that is there from the beginning: whoever has seen it has seen all before. */
  mark(number: number): Promise<void>
}

const namespace = 'demo'
const writers = 8
const namesEach = 24
/** Of ReplicaSets alone: pods that fit them would be theirs, and gone. */
const setLabels = { app: 'churn-sets' }
const container = { name: 'churn', image: 'registry.example/churn:1' }
export const markName = 'churn-mark'

/** What may stand in an object of each kind beside its name. Replicas are 0: no controller adds more than a little. */
const manifests = {
  Pod: { spec: { containers: [container] } },
  Service: { spec: { clusterIP: 'None', ports: [{ port: 80 }] } },
  Lease: { spec: { holderIdentity: 'churn' } },
  EndpointSlice: { addressType: 'IPv4', endpoints: [], ports: [] },
  ReplicaSet: {
    spec: {
      replicas: 0,
      selector: { matchLabels: setLabels },
      template: { metadata: { labels: setLabels }, spec: { containers: [container] } },
    },
  },
  Deployment: {
    spec: deploymentManifest({
      name: '',
      namespace,
      app: 'churn-batch',
      replicas: 0,
      image: container.image,
    })['spec'],
  },
  Event: { type: 'Warning', reason: 'Churn', involvedObject: { kind: 'Pod', name: 'churn', namespace } },
} as const
type ChurnedKind = keyof typeof manifests
/** Pods are what changes most in a cluster. */
const kinds: readonly ChurnedKind[] = [
  ...Array.from({ length: 8 }, () => 'Pod' as const),
  ...(Object.keys(manifests) as ChurnedKind[]),
]

export async function createChurn(client: KubeClient, random: Random): Promise<Churn> {
  const there = new Set<string>()
  const busy = new Set<string>()
  const marked = await client.post(pathOf('Lease'), manifestOf('Lease', markName))
  if (marked.status !== 201) throw new Error(marked.text)

  async function one(): Promise<void> {
    const kind = random.pick(kinds) ?? 'Pod'
    const name = `churn-${Math.floor(random.next() * namesEach)}`
    const path = `${pathOf(kind)}/${name}`
    if (busy.has(path)) {
      await one()
      return
    }
    busy.add(path)
    try {
      const { status, text } = await written(kind, name, there.has(path))
      if (status !== 200 && status !== 201) throw new Error(`${path}: ${status} ${text}`)
    } finally {
      busy.delete(path)
    }
  }

  async function written(kind: ChurnedKind, name: string, exists: boolean) {
    const path = `${pathOf(kind)}/${name}`
    if (!exists) {
      there.add(path)
      return await client.post(pathOf(kind), manifestOf(kind, name))
    }
    if (random.next() < 0.75)
      return await client.patch(path, 'merge', { metadata: { annotations: { churn: random.hex(8) } } })
    there.delete(path)
    // Of a pod that never ran nothing is left to wait for.
    return await client.remove(path, { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 })
  }

  return {
    async change(count, onChange = () => undefined) {
      let left = count
      const write = async (): Promise<void> => {
        while (left-- > 0) {
          await one()
          onChange()
        }
      }
      await Promise.all(Array.from({ length: writers }, write))
    },
    async mark(number) {
      const annotations = { churn: `${number}` }
      const { status, text } = await client.patch(`${pathOf('Lease')}/${markName}`, 'merge', {
        metadata: { annotations },
      })
      if (status !== 200) throw new Error(text)
    },
  }
}

function pathOf(kind: ChurnedKind): string {
  return `${kindTable[kind].apiPath}/namespaces/${namespace}/${kindTable[kind].plural}`
}

function manifestOf(kind: ChurnedKind, name: string): object {
  const apiVersion = kindTable[kind].apiPath.replace(/^\/apis?\//, '')
  return { apiVersion, kind, metadata: { name, namespace }, ...manifests[kind] }
}
