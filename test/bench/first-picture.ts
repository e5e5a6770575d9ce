import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { FeedPayload } from '../../shared/contract.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { controlPlaneProgram } from '../controlplane/build-control-plane.ts'
import { startControlPlane } from '../controlplane/start-control-plane.ts'
import { startApiProxy } from '../support/api-proxy.ts'
import { createKubeClient } from '../support/kube-client.ts'
import { connectApp, startAppProcess, type AppProcess } from './app-process.ts'
import { kubeconfigFor } from './bench-cluster.ts'
import { fillNamespace } from './large-namespace.ts'
import { percentile, rounded } from './statistics.ts'

const rounds = 7
const pods = 2000

type Round = {
  /** From the click on "connect" to the first whole picture; and the same from the start of the process. */
  readonly pictureMs: number
  readonly withStartMs: number
  readonly rss: number
  readonly peak: number
}

/** The first whole picture of 12 batches with 2,000 pods, against kubectl that prints the same objects, turn by turn. */
export async function firstPicture(): Promise<JsonObject> {
  const plane = await startControlPlane()
  const folder = mkdtempSync(join(tmpdir(), 'tranche-first-picture-'))
  const upstream = { server: plane.server, token: plane.tokens.admin, ca: plane.ca }
  const client = createKubeClient(upstream)
  try {
    await fillNamespace(client, pods)
    const ours: Round[] = []
    const theirs: number[] = []
    const starts: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await oneRound(plane.kubeconfigPath, join(folder, `home-${round}`)))
      theirs.push(await kubectl(plane.kubeconfigPath, 'get', 'deploy,rs,pods', '-o', 'json'))
      starts.push(await kubectl(plane.kubeconfigPath, 'version', '--client'))
    }
    const paths: string[] = []
    const proxy = await startApiProxy({ upstream, onRequest: ({ path }) => paths.push(path) })
    const kubeconfig = join(folder, 'counted.kubeconfig')
    writeFileSync(kubeconfig, kubeconfigFor(proxy.server))
    await oneRound(kubeconfig, join(folder, 'home-counted'))
    const connections = proxy.connections()
    await proxy.stop()
    const picture = percentile(
      ours.map((one) => one.pictureMs),
      0.5,
    )
    const withStart = percentile(
      ours.map((one) => one.withStartMs),
      0.5,
    )
    const get = percentile(theirs, 0.5)
    return {
      bench: 'first-picture',
      rounds,
      pods,
      ratio: rounded(picture / get, 3),
      ratio_with_start: rounded(withStart / get, 3),
      picture_ms: rounded(picture, 0),
      with_start_ms: rounded(withStart, 0),
      kubectl_ms: rounded(get, 0),
      kubectl_start_ms: rounded(percentile(starts, 0.5), 0),
      rss_mb: rounded(
        percentile(
          ours.map((one) => one.rss),
          0.5,
        ),
        0,
      ),
      rss_worst_mb: rounded(Math.max(...ours.map((one) => one.peak)), 0),
      requests: paths.length,
      connections,
    }
  } finally {
    await client.close()
    await plane.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function oneRound(kubeconfig: string, home: string): Promise<Round> {
  const began = performance.now()
  const app = await startAppProcess({ kubeconfig, home })
  try {
    const clicked = performance.now()
    await wholePicture(app, await connectApp(app))
    const seen = performance.now()
    return { pictureMs: seen - clicked, withStartMs: seen - began, ...app.memory() }
  } finally {
    await app.stop()
  }
}

/** With the list of services beside it, as the page has it. */
function wholePicture({ client }: AppProcess, connection: ConnectionId): Promise<void> {
  client.subscribe('services', { connection, namespace: 'demo' }, () => undefined)
  return new Promise((resolve) => {
    const target = { connection, namespace: 'demo', service: 'demo-http' }
    client.subscribe('pipeline', target, (payload) => {
      if (isWhole(payload)) resolve()
    })
  })
}

function isWhole(payload: FeedPayload<'pipeline'>): boolean {
  if (payload.kind !== 'view') return false
  const { batches, endpoints, freshness } = payload.view
  const drawn = batches.reduce((sum, batch) => sum + batch.pods.length, 0)
  return freshness.kind === 'live' && batches.length === 12 && drawn === pods && endpoints.ready === pods
}

/** How long it takes, what it says going nowhere. */
async function kubectl(kubeconfig: string, ...args: readonly string[]): Promise<number> {
  const began = performance.now()
  const flags = ['kubectl', '--kubeconfig', kubeconfig, '-n', 'demo']
  const child = spawn(controlPlaneProgram(), [...flags, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')} ended with ${String(code)}`)
  return performance.now() - began
}
