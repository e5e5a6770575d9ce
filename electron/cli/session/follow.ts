import type { FeedName, FeedParams, FeedPayload } from '../../../shared/contract.ts'
import type { Client } from '../../../shared/rpc.ts'

/** The snapshots of a feed, asked for one after the other. */
export type Follower<T> = {
  /** The latest snapshot, once it is newer than the one of this revision; 0: any. */
  next(after: number): Promise<Snapshot<T>>
  stop(): void
}
type Snapshot<T> = { readonly revision: number; readonly payload: T }

export function follow<N extends FeedName>(
  client: Client,
  feed: N,
  params: FeedParams<N>,
): Follower<FeedPayload<N>> {
  let latest: Snapshot<FeedPayload<N>> | undefined
  let waiting: (() => void)[] = []
  const stop = client.subscribe(feed, params, (payload, revision) => {
    latest = { payload, revision }
    const all = waiting
    waiting = []
    for (const wake of all) wake()
  })
  return {
    async next(after) {
      while (latest === undefined || latest.revision <= after)
        await new Promise<void>((resolve) => waiting.push(resolve))
      return latest
    },
    stop,
  }
}

/** The first snapshot that fits. */
export async function until<N extends FeedName>(
  client: Client,
  [feed, params]: readonly [N, FeedParams<N>],
  fits: (payload: FeedPayload<N>) => boolean,
): Promise<FeedPayload<N>> {
  const follower = follow(client, feed, params)
  try {
    for (let revision = 0; ;) {
      const found = await follower.next(revision)
      if (fits(found.payload)) return found.payload
      revision = found.revision
    }
  } finally {
    follower.stop()
  }
}
