import { randomUUID } from 'node:crypto'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { deployments, repository, sizes, startBenchCluster, type BenchCluster } from './bench-cluster.ts'
import { kubectlFor } from './kubectl.ts'
import { ended, start } from './released.ts'
import { percentile, rounded } from './statistics.ts'
import { wordsOf } from '../support/spoken.ts'

/** Pods live for a random time: one round may be 0.3 s off, which is 3 % of it. */
const rounds = 7
const whole = 'one-of-49'
const batches = sizes.map((_, index) => `demo-aone-${index + 1}`)
/** As fast as pods really live: the ratio grows with faster ones (1.46 at 4), where the controllers take most of the time. */
const podSpeed = 1

/**
 * All four batches back at once, turn by turn against `kubectl rollout undo` of one Deployment of as many pods (`ratio`)
 * and against kubectl undoing the same four side by side (`ratio_same_four`).
 */
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
    const fours: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await backAtOnce(cluster, round))
      undos.push(await undo(cluster, [whole], `u${round}`))
      fours.push(await undo(cluster, batches, `f${round}`))
    }
    const [back = 0, kubectl = 0, four = 0] = [ours, undos, fours].map((one) => percentile(one, 0.5))
    return {
      bench: 'rollback',
      rounds,
      ratio: rounded(back / kubectl, 3),
      rollback_ms: rounded(back, 0),
      undo_ms: rounded(kubectl, 0),
      ratio_same_four: rounded(back / four, 3),
      undo_same_four_ms: rounded(four, 0),
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
  if (!reply.ok) throw new Error(wordsOf(reply.fault))
  await desk.picture('demo-http', (one) => one.release?.outcome === 'rolled-back')
  const took = performance.now() - began
  await app.close()
  await proxy.stop()
  return took
}

async function undo(cluster: BenchCluster, names: readonly string[], tag: string): Promise<number> {
  const kubectl = kubectlFor(cluster.plane.kubeconfigPath)
  const each = (args: (name: string) => readonly string[]) =>
    Promise.all(names.map((name) => kubectl('rollout', ...args(`deploy/${name}`))))
  for (const name of names) await kubectl('set', 'image', `deploy/${name}`, `*=${repository}:${tag}`)
  await each((name) => ['status', name])
  const began = performance.now()
  await each((name) => ['undo', name])
  await each((name) => ['status', name])
  return performance.now() - began
}
