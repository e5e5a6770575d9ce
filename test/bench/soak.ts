import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { createRandom, type Random } from '../../electron/training/clock/random.ts'
import type { FeedPayload } from '../../shared/contract.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { findBatchSets } from '../../shared/model/batches.ts'
import type { Client } from '../../shared/rpc.ts'
import { podsView } from '../../shared/view/pods-view.ts'
import { startApiProxy } from '../support/api-proxy.ts'
import { eventually } from '../support/eventually.ts'
import { freshLists } from '../support/fresh-lists.ts'
import { itemsOf } from '../support/watched-objects.ts'
import { connectApp, startAppProcess } from './app-process.ts'
import {
  deployments,
  kubeconfigFor,
  repository,
  sizes,
  startBenchCluster,
  type BenchCluster,
} from './bench-cluster.ts'
import { rounded, slope } from './statistics.ts'

const names = sizes.map((_, index) => `demo-aone-${index + 1}`)
const pods = '/api/v1/namespaces/demo/pods'
const stepMs = 500
const samples = 60
/** What is loaded and compiled at first use is no growth. */
const warmUpShare = 0.25

type Counts = { rollouts: number; scalings: number; deletions: number; cuts: number }
type Sample = { readonly hours: number; readonly rss: number; readonly heap: number }

/**
 * The application watches, with a page that looks, while pods come, go and restart, batches roll and change their size
 * and the connection is cut. How much its memory grows, and whether it shows in the end what the server has.
 */
export async function soak(minutes = 30): Promise<JsonObject> {
  const seed = Date.now() % 1_000_000
  const random = createRandom(seed)
  const cluster = await startBenchCluster()
  const folder = mkdtempSync(join(tmpdir(), 'tranche-soak-'))
  const { server, ca, tokens } = cluster.plane
  const proxy = await startApiProxy({ upstream: { server, ca, token: tokens.admin } })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, kubeconfigFor(proxy.server))
  const app = await startAppProcess({ kubeconfig, home: folder, collectable: true })
  try {
    const page = openPage(app.client, await connectApp(app))
    const counts: Counts = { rollouts: 0, scalings: 0, deletions: 0, cuts: 0 }
    const memory: Sample[] = []
    const began = performance.now()
    const whole = minutes * 60_000
    for (let step = 0; performance.now() - began < whole; step++) {
      await disturb({ cluster, random, counts, cut: proxy.cutAll })
      const passed = performance.now() - began
      if (passed >= (memory.length * whole) / samples) {
        const { rss, heapUsed } = await app.settledMemory()
        memory.push({ hours: passed / 3_600_000, rss, heap: heapUsed })
      }
      await delay(stepMs)
    }
    await settle(cluster)
    const equal = await eventually(
      async () => (page.shown() === (await freshPicture(cluster)) ? true : undefined),
      { what: 'the page shows what the server has' },
    ).catch(() => false)
    const warm = memory.filter(({ hours }) => hours * 60 >= minutes * warmUpShare)
    return {
      bench: 'soak',
      minutes,
      seed,
      ...counts,
      snapshots: page.snapshots(),
      rss_mb_per_hour: rounded(slope(warm.map(({ hours, rss }) => [hours, rss]))),
      heap_mb_per_hour: rounded(slope(warm.map(({ hours, heap }) => [hours, heap]))),
      rss_mb: rounded(memory.at(-1)?.rss ?? 0),
      rss_first_mb: rounded(warm[0]?.rss ?? 0),
      heap_mb: rounded(memory.at(-1)?.heap ?? 0),
      heap_first_mb: rounded(warm[0]?.heap ?? 0),
      wrong: [...page.wrong],
      equal,
    }
  } finally {
    await app.stop()
    await proxy.stop()
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function disturb(parts: {
  readonly cluster: BenchCluster
  readonly random: Random
  readonly counts: Counts
  readonly cut: () => void
}): Promise<void> {
  const { cluster, random, counts, cut } = parts
  const { client } = cluster
  const dice = random.next()
  const path = `${deployments}/${random.pick(names) ?? ''}`
  if (dice < 0.08) {
    counts.rollouts++
    // Some die again and again: restarts, back-offs, and events that warn.
    const fate = random.next() < 0.25 ? '-dies' : ''
    await setImage(cluster, path, `s${counts.rollouts}${fate}`)
  } else if (dice < 0.2) {
    counts.scalings++
    await client.patch(path, 'merge', { spec: { replicas: Math.floor(random.between(1, 24)) } })
  } else if (dice < 0.23) {
    counts.cuts++
    cut()
  } else if (dice < 0.7) {
    const pod = random.pick(itemsOf((await client.get(pods)).body))
    const { name } = (pod?.['metadata'] ?? {}) as { readonly name?: string }
    if (name === undefined) return
    counts.deletions++
    await client.remove(`${pods}/${name}`)
  }
}

async function setImage({ client }: BenchCluster, path: string, tag: string): Promise<void> {
  const containers = [{ name: 'demo-aone', image: `${repository}:${tag}` }]
  await client.patch(path, 'strategic', { spec: { template: { spec: { containers } } } })
}

/** Nothing moves any more: what is shown can be compared. */
async function settle(cluster: BenchCluster): Promise<void> {
  for (const name of names) await setImage(cluster, `${deployments}/${name}`, 'end')
  for (const name of names) await cluster.rolled(name, `${repository}:end`)
}

type Pods = Extract<FeedPayload<'pods'>, { kind: 'view' }>['view']['pods']
type Figures = Readonly<Record<'desired' | 'updated' | 'ready' | 'available', number>> & {
  readonly name: string
}

function pictureText(all: Pods, batches: readonly Figures[]): string {
  const figures = batches.map(({ name, desired, updated, ready, available }) => [
    name,
    desired,
    updated,
    ready,
    available,
  ])
  return JSON.stringify({ all, figures })
}

/** What the page would have to show, from the server itself. */
async function freshPicture({ client }: BenchCluster): Promise<string> {
  const lists = await freshLists(client, 'demo')
  const set = findBatchSets(lists).find((one) => one.service.meta.name === 'demo-http')
  return set === undefined ? '' : pictureText(podsView(set, lists.events, {}).pods, set.batches)
}

/** A page with its pods tab open. Names each pod that is there twice, or back after it was gone. */
function openPage(client: Client, connection: ConnectionId) {
  const target = { connection, namespace: 'demo', service: 'demo-http' }
  const wrong: string[] = []
  const gone = new Set<string>()
  let snapshots = 0
  let all: Pods = []
  let batches: readonly Figures[] = []
  client.subscribe('services', { connection, namespace: 'demo' }, () => snapshots++)
  client.subscribe('pipeline', target, (payload) => {
    snapshots++
    if (payload.kind === 'view') batches = payload.view.batches
    else if (batches.length > 0) wrong.push(`the pipeline is ${payload.kind}`)
  })
  client.subscribe('pods', target, (payload) => {
    snapshots++
    if (payload.kind !== 'view') return
    const now = new Set(payload.view.pods.map((pod) => pod.uid))
    if (now.size < payload.view.pods.length) wrong.push('a pod is there twice')
    for (const { uid } of all) if (!now.has(uid)) gone.add(uid)
    for (const { uid, name } of payload.view.pods) if (gone.has(uid)) wrong.push(`${name} is back`)
    all = payload.view.pods
  })
  return { wrong, snapshots: () => snapshots, shown: () => pictureText(all, batches) }
}
