import type { Freshness } from '../../shared/model/freshness.ts'

type Seen = { readonly now: number; readonly speed?: number; readonly freshness: Freshness }

/**
 * The cluster's time in whole seconds of epoch ms, so long after a picture of it came. Everything on the page is as old
 * as the last that was seen: while that is stale, time stands still.
 */
export function clusterNow({ now, speed = 1, freshness }: Seen, sinceMs: number): number {
  const passed = freshness.kind === 'live' ? Math.max(0, sinceMs) * speed : 0
  const at = freshness.kind === 'stale' ? Math.min(now, freshness.since) : now + passed
  return Math.floor(at / 1000) * 1000
}
