import { textAt, type JsonObject } from '../../electron/training/objects/json.ts'
import type { Deployment } from '../../electron/training/objects/objects.ts'
import { findKind, groupVersion } from '../../electron/training/objects/resources.ts'
import type { Scenario } from '../../electron/training/scenarios/demo.ts'
import { eventually } from './eventually.ts'
import type { KubeClient } from './kube-client.ts'

function pathOf(manifest: JsonObject): string {
  const resource = findKind(textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'kind') ?? '')
  if (resource === undefined) throw new Error(`no such kind: ${textAt(manifest, 'kind') ?? ''}`)
  const base = resource.group === '' ? '/api/v1' : `/apis/${groupVersion(resource)}`
  const namespace = textAt(manifest, 'metadata', 'namespace')
  return `${base}${namespace === undefined ? '' : `/namespaces/${namespace}`}/${resource.plural}`
}

function isRolledOut({ metadata, spec, status = {} }: Deployment): boolean {
  const { updatedReplicas = 0, replicas = 0, availableReplicas = 0, observedGeneration = 0 } = status
  const counts = [updatedReplicas, replicas, availableReplicas]
  return observedGeneration >= (metadata.generation ?? 0) && counts.every((count) => count === spec.replicas)
}

/** Brings a cluster to where the training cluster opens with this scenario, step by step, by its API alone. */
export async function applyScenario(client: KubeClient, scenario: Scenario): Promise<void> {
  for (const { manifests } of scenario.steps) {
    // The nodes are the kubelet's.
    const wanted = manifests.filter((manifest) => textAt(manifest, 'kind') !== 'Node')
    for (const manifest of wanted) {
      const path = pathOf(manifest)
      const made = await client.post(path, manifest)
      if (made.status === 201) continue
      if (made.status !== 409) throw new Error(made.text)
      const name = textAt(manifest, 'metadata', 'name') ?? ''
      const changed = await client.patch(`${path}/${name}`, 'strategic', manifest)
      if (changed.status !== 200) throw new Error(changed.text)
    }
    for (const manifest of wanted.filter((one) => textAt(one, 'kind') === 'Deployment')) {
      const path = `${pathOf(manifest)}/${textAt(manifest, 'metadata', 'name') ?? ''}`
      await eventually(
        async () => (isRolledOut((await client.get(path)).body as unknown as Deployment) ? true : undefined),
        { what: `${path} is rolled out`, atMostMs: 90_000 },
      )
    }
  }
}
