import type { Deployment } from '../../electron/training/objects/objects.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { eventually } from '../support/eventually.ts'
import { isComplete, repository, sizes, startBenchCluster, type BenchCluster } from './bench-cluster.ts'
import { kubectlFor } from './kubectl.ts'
import { ended, start } from './released.ts'
import { percentile, rounded } from './statistics.ts'

const names = sizes.map((_, index) => `demo-aone-${index + 1}`)
const rounds = 8

type Span = { readonly from: number; readonly to: number }

/**
 * What a release costs beside what the Deployment controller takes: from the status event that completes a batch to
 * the next patch on the wire, and the whole against the sum of the controller's own times. Beside it, in the same
 * run: kubectl in a shell's loop, and one StatefulSet of as many pods.
 */
export async function releaseOverhead(): Promise<JsonObject> {
  const cluster = await startBenchCluster()
  try {
    const gaps: number[] = []
    const ratios: number[] = []
    const wholes: number[] = []
    for (let round = 0; round < rounds; round++) {
      const spans = await oneRelease(cluster, round)
      const whole = (spans.at(-1)?.to ?? 0) - (spans[0]?.from ?? 0)
      const own = spans.reduce((sum, span) => sum + span.to - span.from, 0)
      wholes.push(whole)
      ratios.push(whole / own)
      for (let next = 1; next < spans.length; next++)
        gaps.push((spans[next]?.from ?? 0) - (spans[next - 1]?.to ?? 0))
    }
    const loop = await shellLoop(cluster)
    const statefulSet = await statefulSetOf49(cluster)
    return {
      bench: 'release-overhead',
      releases: rounds,
      p50_ms: rounded(percentile(gaps, 0.5)),
      p95_ms: rounded(percentile(gaps, 0.95)),
      ratio: rounded(percentile(ratios, 0.5), 3),
      ratio_worst: rounded(Math.max(...ratios), 3),
      release_ms: rounded(percentile(wholes, 0.5), 0),
      kubectl_loop_ms: rounded(loop, 0),
      kubectl_loop_to_release: rounded(loop / percentile(wholes, 0.5), 2),
      statefulset_ms: rounded(statefulSet, 0),
      statefulset_to_release: rounded(statefulSet / percentile(wholes, 0.5), 2),
    }
  } finally {
    await cluster.stop()
  }
}

/** When each batch was patched, and when the event passed that says it is complete: both seen on the wire. */
async function oneRelease(cluster: BenchCluster, round: number): Promise<readonly Span[]> {
  const image = `${repository}:r${round}`
  const patched = new Map<string, number>()
  const complete = new Map<string, number>()
  const { desk, app, proxy } = await cluster.open(`round-${round}`, 1, {
    onRequest({ method, path, at }) {
      const name = /\/deployments\/([^?/]+)/.exec(path)?.[1]
      if (method === 'PATCH' && name !== undefined && !path.includes('dryRun')) patched.set(name, at)
    },
    onLine(path, line, at) {
      if (!path.includes('/deployments')) return
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: Deployment }
      if (type !== 'ADDED' && type !== 'MODIFIED') return
      const { name } = object.metadata
      const isNew = object.spec.template.spec.containers[0]?.image === image
      if (isNew && isComplete(object) && !complete.has(name)) complete.set(name, at)
    },
  })
  await ended(desk, await start(desk, `r${round}`))
  await app.close()
  await proxy.stop()
  return names.map((name) => ({
    from: patched.get(name) ?? Number.NaN,
    to: complete.get(name) ?? Number.NaN,
  }))
}

async function shellLoop(cluster: BenchCluster): Promise<number> {
  const kubectl = kubectlFor(cluster.plane.kubeconfigPath)
  const began = performance.now()
  for (const name of names) {
    await kubectl('set', 'image', `deploy/${name}`, `demo-aone=${repository}:loop`)
    await kubectl('rollout', 'status', `deploy/${name}`)
  }
  return performance.now() - began
}

async function statefulSetOf49({ client }: BenchCluster): Promise<number> {
  const path = '/apis/apps/v1/namespaces/demo/statefulsets'
  const labels = { app: 'one-by-one' }
  const container = {
    name: 'demo',
    image: `${repository}:1`,
    readinessProbe: { tcpSocket: { port: 7001 }, initialDelaySeconds: 1, periodSeconds: 1 },
  }
  await client.post(path, {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name: 'one-by-one', namespace: 'demo' },
    spec: {
      replicas: 49,
      serviceName: 'one-by-one',
      podManagementPolicy: 'Parallel',
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { terminationGracePeriodSeconds: 30, containers: [container] },
      },
    },
  })
  const until = (what: string, fits: (status: Readonly<Record<string, number | string>>) => boolean) =>
    eventually(
      async () => {
        const { status = {} } = (await client.get(`${path}/one-by-one`)).body as {
          readonly status?: Readonly<Record<string, number | string>>
        }
        return fits(status) ? true : undefined
      },
      { what, atMostMs: 600_000 },
    )
  await until('the StatefulSet is there', (status) => status['readyReplicas'] === 49)
  const began = performance.now()
  await client.patch(`${path}/one-by-one`, 'strategic', {
    spec: { template: { spec: { containers: [{ name: 'demo', image: `${repository}:2` }] } } },
  })
  await until(
    'the StatefulSet runs its new image',
    (status) =>
      Number(status['observedGeneration'] ?? 0) >= 2 &&
      status['updatedReplicas'] === 49 &&
      status['readyReplicas'] === 49 &&
      status['currentRevision'] === status['updateRevision'],
  )
  return performance.now() - began
}
