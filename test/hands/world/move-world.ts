import { askedBy } from './connect-command.ts'
import { uid } from '../../../shared/ids.ts'
import { defaultGates } from '../../../shared/release/gates/gate-table.ts'
import type { WorldMove } from '../move.ts'
import { newBatch, worldNow } from './first-clusters.ts'
import { newRelease } from './new-release.ts'
import type { WorldCluster, WorldNamespace, WorldService } from './places.ts'
import { moveOn, stumble } from './steer-release.ts'
import type { World } from './world.ts'

/** Does to the world what a move says. Where it makes no sense just now, nothing happens. */
export function moveWorld(world: World, move: WorldMove, shown: readonly string[]): void {
  switch (move.kind) {
    case 'answer':
      world.answer(move.manner, move.times)
      return
    case 'deliver':
      world.deliver(move.index)
      return
    case 'cut':
      world.cut()
      return
    case 'world': {
      const place = placeOf(world, move, shown)
      if (place !== undefined) act(place, move)
      world.push()
    }
  }
}

type Place = {
  readonly cluster: WorldCluster
  readonly namespace: WorldNamespace
  readonly service: WorldService
}
type Act = Extract<WorldMove, { kind: 'world' }>

function placeOf({ clusters }: World, { place }: Act, shown: readonly string[]): Place | undefined {
  const [clusterName, namespaceName, serviceName] = shown
  const cluster =
    place === 'shown'
      ? clusters.find((one) => (one.alias ?? one.name) === clusterName)
      : clusters[place.cluster % clusters.length]
  const namespace =
    place === 'shown'
      ? cluster?.namespaces.find((one) => one.name === namespaceName)
      : cluster?.namespaces[place.namespace % cluster.namespaces.length]
  const all = namespace?.services ?? []
  const service =
    place === 'shown'
      ? all.find((one) => one.name === serviceName)
      : all[place.service % Math.max(1, all.length)]
  return cluster === undefined || namespace === undefined || service === undefined
    ? undefined
    : { cluster, namespace, service }
}

let made = 0

function act({ cluster, service }: Place, { act: what, batch: index, number }: Act): void {
  const { batches, release } = service
  const batch = batches[index % Math.max(1, batches.length)]
  switch (what) {
    case 'scale':
      if (batch !== undefined) batch.desired = number
      return
    case 'delete':
      if (batch !== undefined && batches.length > 1) service.batches = batches.filter((one) => one !== batch)
      return
    case 'recreate':
      if (batch !== undefined) batch.uid = uid(`uid-again-${String(++made)}`)
      return
    case 'add':
      if (batches.length < 12)
        service.batches = [
          ...batches,
          newBatch(`more-${String(++made)}-${service.name}`, batches.length + 1, 3),
        ]
      return
    case 'write':
      if (batch === undefined) return
      batch.tag = `other-${String(number)}`
      batch.generation++
      return
    case 'move-on':
      moveOn(service)
      return
    case 'pause':
      if (release === undefined || release.state === 'ended') return
      release.state = release.state === 'paused' ? 'running' : 'paused'
      release.version++
      return
    case 'planned':
      for (const step of release?.steps ?? [])
        if (step.phase === 'waiting') release?.planned.set(step.batch, number)
      return
    case 'sign-in-first':
      cluster.state = { kind: 'connecting' }
      cluster.signIn = askedBy(cluster)
      return
    case 'surge':
      if (batch !== undefined) batch.unavailable = number
      return
    case 'stumble':
      stumble(service)
      return
    case 'start':
      service.release = newRelease(service, {
        id: `release-other-${String(++made)}`,
        tag: `tag-${String(number)}`,
      })
      return
    case 'plan':
      if (release === undefined) return
      release.onFailure = release.onFailure === 'pause' ? 'roll-back-all' : 'pause'
      release.batchLimitSeconds = 60 + (number % 600)
      for (const step of release.steps.slice(1)) step.gates = { ...defaultGates, bakeSeconds: number % 900 }
      release.version++
      return
    case 'driver':
      if (release !== undefined) release.driver = (['us', 'other', 'nobody'] as const)[number % 3] ?? 'us'
      return
    case 'unreadable':
      service.unreadable = service.unreadable === undefined ? String(number) : undefined
      return
    case 'endpoints':
      service.endpointsMissing = number
      return
    case 'stale':
      service.stale = !service.stale
      return
    case 'service':
      service.gone = !service.gone
      return
    case 'long-ago':
      service.release = longAgo(service)
      return
    case 'sign-in':
      cluster.signIn = cluster.signIn === undefined ? askedBy(cluster) : undefined
      return
    case 'switch-off':
      cluster.state =
        cluster.state.kind === 'connected'
          ? { kind: 'idle' }
          : { kind: 'connected', version: '1.31', freshness: { kind: 'live' } }
  }
}

/** One that has ended days ago. */
function longAgo(service: WorldService): WorldService['release'] {
  const release = newRelease(service, {
    id: `release-past-${String(++made)}`,
    tag: 'tag-past',
    startedAt: worldNow - 5 * 86_400_000,
  })
  release.state = 'ended'
  release.outcome = 'done'
  return release
}
