import type { Scenario } from '../../../electron/training/scenarios.ts'
import { namespaceManifest, nodeManifest } from '../../../electron/training/scenario-manifests.ts'
import { createTrainingCluster } from '../../../electron/training/training-cluster.ts'
import { createFakeTrainingClock } from '../../support/fake-training-clock.ts'
import { createKubeClient } from '../../support/kube-client.ts'
import type { World } from './world.ts'

const empty: Scenario = {
  name: 'empty',
  steps: [
    {
      agoMs: 60_000,
      manifests: [
        ...[1, 2, 3, 4, 5, 6].map((number) => nodeManifest(number, 110)),
        namespaceManifest('default'),
      ],
    },
  ],
}

const stepMs = 100
const longestMs = 300_000

/** A training cluster over a socket whose time passes only while a case waits for something. */
export async function openTrainingWorld(): Promise<{
  world(namespace: string): Promise<World>
  close(): Promise<void>
}> {
  const clock = createFakeTrainingClock()
  const cluster = createTrainingCluster({ clock, scenario: empty })
  const served = await cluster.listen({ port: 0 })
  const client = createKubeClient({ server: served.server, token: 'training-token' })

  async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
    for (let passed = 0; passed <= longestMs; passed += stepMs) {
      const found = await look()
      if (found !== undefined) return found
      clock.advance(stepMs)
    }
    throw new Error(`not within ${longestMs / 1000} s of the cluster's time: ${what}`)
  }

  return {
    async world(namespace) {
      const answer = await client.post('/api/v1/namespaces', namespaceManifest(namespace))
      if (answer.status !== 201) throw new Error(answer.text)
      return { target: 'training cluster', client, namespace, until }
    },
    async close() {
      await client.close()
      await served.stop()
      await cluster.stop()
    },
  }
}
