import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRealClock, type TrainingClock } from '../../../electron/training/clock/clock.ts'
import { namespaceManifest, nodeManifest } from '../../../electron/training/scenarios/scenario-manifests.ts'
import type { Scenario } from '../../../electron/training/scenarios/demo.ts'
import { createTrainingCluster } from '../../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../../electron/training/training-kubeconfig.ts'
import { createKubeClient, type KubeClient } from '../../support/kube-client.ts'
import type { Target, TargetOptions, UserName } from './target.ts'

const tokens: Readonly<Record<UserName, string>> = {
  admin: 'training-token',
  viewer: 'viewer-token',
  partial: 'partial-token',
}

function emptyScenario(nodes: number): Scenario {
  const numbers = Array.from({ length: nodes }, (_, index) => index + 1)
  const manifests = [
    ...['default', 'kube-system', 'demo'].map(namespaceManifest),
    ...numbers.map((number) => nodeManifest(number, 40)),
  ]
  return { name: 'conformance', steps: [{ agoMs: 1000, manifests }] }
}

/** A training cluster with nothing in it but the namespace `demo`. */
export async function startTrainingTarget(
  options: TargetOptions & {
    readonly clock?: TrainingClock
    readonly seed?: number
    readonly nodes?: number
  } = {},
): Promise<Target> {
  const { podSpeed, seed = 1, nodes = 6, clock = createRealClock(podSpeed ?? 1) } = options
  const cluster = createTrainingCluster({
    clock,
    seed,
    scenario: emptyScenario(podSpeed === undefined ? 0 : nodes),
    bookmarkIntervalMs: 60_000,
  })
  const served = await cluster.listen({ port: 0 })
  const { server } = served
  const directory = mkdtempSync(join(tmpdir(), 'tranche-conformance-'))
  const kubeconfigPath = join(directory, 'kubeconfig')
  writeFileSync(kubeconfigPath, trainingKubeconfig(server), { mode: 0o600 })
  const clients = new Map<UserName, KubeClient>()

  return {
    kind: 'training',
    server,
    kubeconfigPath,
    client(user) {
      const client = clients.get(user) ?? createKubeClient({ server, token: tokens[user] })
      clients.set(user, client)
      return client
    },
    compact() {
      cluster.hooks.compact()
      return Promise.resolve()
    },
    forgetWatches() {
      cluster.hooks.compact()
      cluster.hooks.cutWatches()
      return Promise.resolve()
    },
    async stop() {
      for (const client of clients.values()) await client.close()
      await served.stop()
      await cluster.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
