import type { ControlPlane } from './control-plane.ts'
import type { Disturbances, Rule } from './api/disturbances.ts'
import type { RequestInfo } from './api/request-info.ts'
import type { WatchRegistry } from './api/watch-registry.ts'

type Which = (info: RequestInfo) => boolean

/** Ways to make a cluster and its network misbehave on purpose. A missing `which` means all. */
export type ClusterHooks = {
  /** Refuses, drops, delays, or loses the answers of the next requests that fit; gives its undo. */
  disturb(rule: Rule): () => void
  /** Takes all rules back. */
  calm(): void
  /** Forgets all history: watches and page tokens from before get 410. */
  compact(): void
  /** Breaks the connections of open watches; gives how many. */
  cutWatches(which?: Which): number
  /** Ends open watches cleanly, as a server does after a while. */
  endWatches(which?: Which): number
  /** Sends half a line on open watches, then breaks them. */
  tearWatches(which?: Which): number
  /** Holds events of open watches back until the returned function is called. */
  freezeWatches(which?: Which): () => void
  openWatches(): readonly RequestInfo[]
  /** The last requests, oldest first. */
  readonly requests: readonly RequestInfo[]
  onRequest(listener: (info: RequestInfo) => void): () => void
  /** The store and the controllers' tools, to bring about what no client could. */
  readonly plane: ControlPlane
}

const keptRequests = 10_000
const all: Which = () => true

export function createClusterHooks(parts: {
  readonly plane: ControlPlane
  readonly watches: WatchRegistry
  readonly disturbances: Disturbances
}): { readonly hooks: ClusterHooks; readonly noteRequest: (info: RequestInfo) => void } {
  const { plane, watches, disturbances } = parts
  const requests: RequestInfo[] = []
  const listeners = new Set<(info: RequestInfo) => void>()

  return {
    noteRequest(info) {
      requests.push(info)
      if (requests.length > keptRequests) requests.splice(0, keptRequests / 2)
      for (const listener of [...listeners]) listener(info)
    },
    hooks: {
      disturb: (rule) => disturbances.add(rule),
      calm: () => disturbances.clear(),
      compact: () => plane.store.compact(),
      cutWatches: (which = all) => watches.forEach(which, (sink) => sink.cut()),
      endWatches: (which = all) => watches.forEach(which, (sink) => sink.end()),
      tearWatches: (which = all) =>
        watches.forEach(which, (sink) => {
          sink.write('{"type":"MODIFIED","object":{"kind":"Po')
          sink.cut()
        }),
      freezeWatches: (which = all) => watches.freeze(which),
      openWatches: () => watches.open(),
      requests,
      onRequest(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      plane,
    },
  }
}
