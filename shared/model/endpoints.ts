import type { Uid } from '../ids.ts'
import type { EndpointSlice, Pod } from '../k8s/objects.ts'

/** Endpoints of one Service, each once, however many slices name it. */
export type ServiceEndpoints = {
  /** Pods that get traffic. */
  readonly ready: ReadonlySet<Uid>
  /** Pods that get traffic or are to get it: not those on their way out. */
  readonly all: ReadonlySet<Uid>
  /** Endpoints that are no pods, as somebody has written them by hand. */
  readonly byHand: { readonly ready: number; readonly all: number }
}

export const noEndpoints: ServiceEndpoints = {
  ready: new Set(),
  all: new Set(),
  byHand: { ready: 0, all: 0 },
}

/** Endpoints that belong to no batch: pods of a StatefulSet, bare pods, addresses that were written by hand. */
export type OtherEndpoints = {
  readonly ready: number
  readonly all: number
  readonly owners: readonly { readonly kind: string; readonly name: string; readonly pods: number }[]
}

type Endpoint = EndpointSlice['endpoints'][number]

/** Service name -> its endpoints. */
export function endpointsOf(slices: readonly EndpointSlice[]): ReadonlyMap<string, ServiceEndpoints> {
  const byService = new Map<string, EndpointSlice[]>()
  for (const slice of slices) {
    const group = byService.get(slice.serviceName)
    if (group === undefined) byService.set(slice.serviceName, [slice])
    else group.push(slice)
  }
  return new Map([...byService].map(([name, own]) => [name, merged(own)]))
}

/**
 * A pod stands in a slice for each address family, and for a moment in two while it moves from one to another. What
 * gets traffic is what is `ready`: that is false of a pod on its way out, unless the Service publishes such, too.
 */
function merged(slices: readonly EndpointSlice[]): ServiceEndpoints {
  const pods = new Map<Uid, Endpoint>()
  const byHand = new Map<string, Map<string, Endpoint>>()
  for (const { addressType, endpoints } of slices) {
    for (const endpoint of endpoints) {
      const { podUid, address } = endpoint
      if (podUid !== undefined) {
        pods.set(podUid, later(pods.get(podUid), endpoint))
        continue
      }
      const family = byHand.get(addressType) ?? new Map<string, Endpoint>()
      byHand.set(addressType, family)
      family.set(address, later(family.get(address), endpoint))
    }
  }
  // Nothing says which address of one family is the same endpoint as one of the other: the larger family counts.
  const addresses = [...byHand.values()].map((family) => [...family.values()])
  const most = addresses.toSorted((a, b) => b.length - a.length)[0] ?? []
  return {
    ready: uidsOf(pods, isReady),
    all: uidsOf(pods, isWanted),
    byHand: { ready: most.filter(isReady).length, all: most.filter(isWanted).length },
  }
}

/** Of two that tell of the same endpoint: once it is terminating it never comes back. */
function later(known: Endpoint | undefined, next: Endpoint): Endpoint {
  if (known === undefined || (next.terminating && !known.terminating)) return next
  if (known.terminating && !next.terminating) return known
  return { ...next, ready: known.ready || next.ready }
}

function isReady({ ready }: Endpoint): boolean {
  return ready
}

function isWanted({ ready, terminating }: Endpoint): boolean {
  return ready || !terminating
}

function uidsOf(pods: ReadonlyMap<Uid, Endpoint>, fits: (endpoint: Endpoint) => boolean): ReadonlySet<Uid> {
  return new Set([...pods].flatMap(([uid, endpoint]) => (fits(endpoint) ? [uid] : [])))
}

/** What a Service has beside its batches. `strangers`: pods that it selects and that are of no batch. */
export function otherEndpoints(
  { ready, all, byHand }: ServiceEndpoints,
  own: ReadonlySet<Uid>,
  strangers: readonly Pod[],
): OtherEndpoints {
  const count = (uids: ReadonlySet<Uid>): number => [...uids].filter((uid) => !own.has(uid)).length
  const owners = new Map<string, { kind: string; name: string; pods: number }>()
  for (const { meta } of strangers) {
    const { kind, name } = meta.controller ?? { kind: 'Pod', name: meta.name }
    const known = owners.get(`${kind} ${name}`)
    if (known === undefined) owners.set(`${kind} ${name}`, { kind, name, pods: 1 })
    else known.pods++
  }
  return {
    ready: count(ready) + byHand.ready,
    all: count(all) + byHand.all,
    owners: [...owners.values()].sort((a, b) => b.pods - a.pods || a.name.localeCompare(b.name)),
  }
}
