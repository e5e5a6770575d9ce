import { uid } from '../../../shared/ids.ts'
import type { Dice } from '../../simulation/dice.ts'
import { newRelease } from './new-release.ts'
import type { WorldBatch, WorldCluster, WorldNamespace, WorldService } from './places.ts'

/** Local noon of a quiet day: no picture depends on when it is drawn. */
export const worldNow = new Date(2026, 10, 24, 12, 0, 0).getTime()
const oldTag = '20190101191052'
export const repository = 'registry.example.internal/shop'

const sizes: readonly (readonly [number, ...number[]])[] = [
  [1, 16, 16, 16],
  [1, 16, 16, 16],
  [2, 10, 20],
  [4],
  [1, 2],
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
]

/** The clusters with which a run begins. The same dice make the same ones. */
export function firstClusters(dice: Dice): WorldCluster[] {
  const live = { kind: 'connected', version: '1.31', freshness: { kind: 'live' } } as const
  const idle = { kind: 'idle' } as const
  return [
    cluster('staging', 'gov-staging', { state: live, namespaces: namespaces(dice, 'st') }),
    cluster('east', 'east-2-test', { state: live, namespaces: namespaces(dice, 'ea') }),
    cluster('prod', 'gov-prod', {
      state: live,
      production: { unlocked: dice.chance(0.5) },
      namespaces: namespaces(dice, 'pr'),
    }),
    cluster('lab', 'lab', { state: idle, signsIn: true, namespaces: namespaces(dice, 'la') }),
    cluster('far', 'far-away', {
      state: idle,
      asks: true,
      signsIn: true,
      namespaces: namespaces(dice, 'fa'),
    }),
  ]
}

type Given = Pick<WorldCluster, 'state' | 'namespaces'> & Partial<WorldCluster>

function cluster(id: string, name: string, given: Given): WorldCluster {
  return {
    id,
    name,
    training: false,
    alias: undefined,
    colour: undefined,
    production: undefined,
    signsIn: false,
    asks: false,
    signIn: undefined,
    runs: 0,
    ...given,
  }
}

function namespaces(dice: Dice, mark: string): WorldNamespace[] {
  return [
    {
      name: 'demo',
      services: [
        service(dice, 'demo-http', mark),
        service(dice, 'pay-gateway', mark),
        single(service(dice, 'notify', mark), mark),
      ],
    },
    { name: 'payments', services: [service(dice, 'ledger', mark)] },
  ]
}

function service(dice: Dice, name: string, mark: string): WorldService {
  const of = dice.pick(sizes as readonly [(typeof sizes)[number], ...typeof sizes])
  const own: WorldService = {
    name,
    uid: uid(`uid-${mark}-${name}`),
    batches: of.map((desired, index) => newBatch(`${mark}-${name}`, index + 1, desired)),
    release: undefined,
    plans: [],
    unreadable: undefined,
    endpointsMissing: 0,
    stale: false,
    gone: false,
  }
  if (dice.chance(0.3))
    own.release = newRelease(own, { id: `release-${mark}-${name}`, tag: `tag-${mark}-first` })
  return own
}

/** A Service with one batch only. */
function single(own: WorldService, mark: string): WorldService {
  return { ...own, batches: [newBatch(`${mark}-${own.name}`, 1, 4)], release: undefined }
}

export function newBatch(of: string, number: number, desired: number): WorldBatch {
  return {
    uid: uid(`uid-${of}-${String(number)}`),
    name: `${of}-${String(number)}`,
    number,
    desired,
    tag: oldTag,
    generation: 1,
  }
}
