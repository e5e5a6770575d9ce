import { randomUUID } from 'node:crypto'
import { deploymentManifest } from '../../electron/training/scenario-manifests.ts'
import type { JsonObject } from '../../electron/training/json.ts'
import { deployments, repository, sizes, startBenchCluster, type BenchCluster } from './bench-cluster.ts'
import { kubectlFor } from './kubectl.ts'
import { ended, start } from './released.ts'
import { percentile, rounded } from './statistics.ts'

const rounds = 5
const whole = 'one-of-49'
/** With pods much faster than that, 49 at once measure the processor that the control plane has to share. */
const podSpeed = 4

/** All four batches back at once, against `kubectl rollout undo` of one Deployment of as many pods, turn by turn. */
export async function rollback(): Promise<JsonObject> {
  const cluster = await startBenchCluster({ podSpeed })
  try {
    const manifest = deploymentManifest({
      name: whole,
      namespace: 'demo',
      app: whole,
      replicas: sizes.reduce((sum, size) => sum + size, 0),
      image: `${repository}:1`,
    })
    await cluster.client.post(deployments, manifest)
    await cluster.rolled(whole)
    const ours: number[] = []
    const undos: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await backAtOnce(cluster, round))
      undos.push(await undo(cluster, round))
    }
    const [back, kubectl] = [percentile(ours, 0.5), percentile(undos, 0.5)]
    return {
      bench: 'rollback',
      rounds,
      ratio: rounded(back / kubectl, 3),
      rollback_ms: rounded(back, 0),
      undo_ms: rounded(kubectl, 0),
    }
  } finally {
    await cluster.stop()
  }
}

async function backAtOnce(cluster: BenchCluster, round: number): Promise<number> {
  const { desk, app, proxy } = await cluster.open(`back-${round}`, 1)
  const release = await start(desk, `b${round}`)
  const view = await ended(desk, release)
  const began = performance.now()
  const reply = await desk.client.call('release/roll-back', {
    request: randomUUID(),
    target: desk.target('demo-http'),
    release,
    mode: 'at-once',
    batches: view.batches.map((batch) => batch.uid),
  })
  if (!reply.ok) throw new Error(reply.fault.message)
  await desk.picture('demo-http', (one) => one.release?.outcome === 'rolled-back')
  const took = performance.now() - began
  await app.close()
  await proxy.stop()
  return took
}

async function undo(cluster: BenchCluster, round: number): Promise<number> {
  const kubectl = kubectlFor(cluster.plane.kubeconfigPath)
  await kubectl('set', 'image', `deploy/${whole}`, `${whole}=${repository}:b${round}`)
  await kubectl('rollout', 'status', `deploy/${whole}`)
  const began = performance.now()
  await kubectl('rollout', 'undo', `deploy/${whole}`)
  await kubectl('rollout', 'status', `deploy/${whole}`)
  return performance.now() - began
}
