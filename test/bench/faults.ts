import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { createRandom, type Random } from '../../electron/training/clock/random.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { Fate, Passing } from '../support/api-proxy.ts'
import { repository, sizes, startBenchCluster, type BenchCluster, type OpenDesk } from './bench-cluster.ts'
import { ended, start } from './released.ts'

const names = sizes.map((_, index) => `demo-aone-${index + 1}`)
const releases = 20
const killsEach = 10
const longestLifeMs = 900

type Counts = {
  kills: number
  cuts: number
  losses: number
  refusals: number
  delays: number
  storms: number
  touches: number
}

/**
 * Releases on a real control plane behind a proxy that cuts, delays, refuses and loses answers after the write was
 * done, and an application that is killed again and again. In the end every batch runs what was planned, and its pods
 * were exchanged exactly once: its revision has moved by one. Its generation may have moved further: a write that may
 * still land is seen out by a touch of the object (`touches`).
 */
export async function faults(seed = Date.now() % 1_000_000): Promise<JsonObject> {
  const cluster = await startBenchCluster()
  const random = createRandom(seed)
  const counts: Counts = { kills: 0, cuts: 0, losses: 0, refusals: 0, delays: 0, storms: 0, touches: 0 }
  const wrong: string[] = []
  try {
    for (let round = 0; round < releases; round++) {
      wrong.push(...(await oneRelease(cluster, round, { random, counts })))
      // A run of minutes; what is printed on stdout is the one line at its end.
      console.error(`release ${round + 1} of ${releases}: ${JSON.stringify({ ...counts, wrong })}`)
    }
    return { bench: 'faults', seed, releases, ...counts, wrong }
  } finally {
    await cluster.stop()
  }
}

type Chance = { readonly random: Random; readonly counts: Counts }

async function oneRelease(cluster: BenchCluster, round: number, chance: Chance): Promise<readonly string[]> {
  const { random, counts } = chance
  const before = await standing(cluster)
  const person = `faults-${round}`
  let now = await opened(cluster, person, chance)
  const release = await started(now, `f${round}`)
  for (let kill = 0; kill < killsEach; kill++) {
    await delay(random.next() * longestLifeMs)
    if (random.next() < 0.3) {
      counts.storms++
      now.proxy.cutAll()
    }
    // Dead to the world from this moment: whatever was on its way goes through or does not.
    await now.proxy.stop()
    await now.app.close()
    counts.kills++
    now = await opened(cluster, person, chance)
  }
  const view = await ended(now.desk, release)
  await now.app.close()
  await now.proxy.stop()
  const after = await standing(cluster)
  const outcome = view.release?.outcome
  return [
    ...(outcome === 'done' ? [] : [`${release}: ${outcome ?? 'no outcome'}`]),
    ...names.flatMap((name, index) => {
      const moved = (after[index]?.revision ?? 0) - (before[index]?.revision ?? 0)
      counts.touches += (after[index]?.generation ?? 0) - (before[index]?.generation ?? 0) - moved
      const image = after[index]?.image
      return moved === 1 && image === `${repository}:f${round}`
        ? []
        : [`${release} ${name}: ${moved} revisions, ${image ?? ''}`]
    }),
  ]
}

/** The application, started again until it gets through: its own start may meet a fault as well. */
async function opened(cluster: BenchCluster, person: string, chance: Chance): Promise<OpenDesk> {
  for (;;) {
    try {
      return await cluster.open(person, 1, { fate: (passing) => fateOf(passing, chance) })
    } catch {
      chance.counts.refusals++
    }
  }
}

/** A start whose answer was a fault is given again, as a person would: the lock says whether it was done. */
async function started(now: OpenDesk, tag: string): Promise<string> {
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return await start(now.desk, tag)
    } catch {
      const { release } = await now.desk.picture('demo-http', () => true)
      if (release?.tag !== tag) continue
      // Neither the answer nor what was read after it came through: the page offers to go on with what is there.
      if (!release.driving) await takeOver(now, release.id)
      return release.id
    }
  }
  throw new Error('the release could not be started')
}

async function takeOver({ desk }: OpenDesk, release: string): Promise<void> {
  const input = { target: desk.target('demo-http'), release }
  for (let attempt = 0; attempt < 20; attempt++) {
    const reply = await desk.client.call('release/take-over', { request: randomUUID(), ...input })
    if (reply.ok) return
  }
  throw new Error('the release could not be taken over')
}

type Standing = { readonly generation: number; readonly revision: number; readonly image: string }

async function standing(cluster: BenchCluster): Promise<readonly Standing[]> {
  return Promise.all(
    names.map(async (name) => {
      const { metadata, spec } = await cluster.deployment(name)
      return {
        generation: metadata.generation ?? 0,
        revision: Number(metadata.annotations?.['deployment.kubernetes.io/revision']),
        image: spec.template.spec.containers[0]?.image ?? '',
      }
    }),
  )
}

function fateOf({ path }: Passing, { random, counts }: Chance): Fate {
  const dice = random.next()
  if (path.includes('watch=true')) return { kind: 'pass' }
  if (dice < 0.04) {
    counts.cuts++
    return { kind: 'cut' }
  }
  if (dice < 0.1) {
    counts.losses++
    return { kind: 'lose-answer' }
  }
  if (dice < 0.14) {
    counts.refusals++
    return { kind: 'refuse', status: dice < 0.11 ? 429 : dice < 0.13 ? 500 : 504 }
  }
  if (dice < 0.25) {
    counts.delays++
    return { kind: 'delay', ms: random.next() * 300 }
  }
  return { kind: 'pass' }
}
