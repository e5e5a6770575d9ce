import { setTimeout as delay } from 'node:timers/promises'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { startControlPlane } from '../controlplane/start-control-plane.ts'
import { cutWatches } from '../support/cut-watches.ts'
import { percentile, rounded } from './statistics.ts'

const changes = 10_000
const cuts = 50
/** A watch that has been good for 5 s is taken up at once. */
const calmMs = 6_000

/** The watches of a namespace in real time through a connection that is cut: how long until all is shown again. */
export async function watchCuts(seed = Date.now() % 1_000_000): Promise<JsonObject> {
  const plane = await startControlPlane()
  try {
    const report = await cutWatches({
      target: { server: plane.server, token: plane.tokens.admin, ca: plane.ca },
      changes,
      cuts,
      seed,
      clock: createSystemClock(),
      pass: (why) => delay(why === 'calm' ? calmMs : 10),
    })
    const freshList = percentile(report.freshListMs, 0.5)
    const p95 = percentile(report.recoverMs, 0.95)
    return {
      bench: 'watch-cuts',
      seed,
      changes,
      cuts,
      outages: report.outages,
      recover_p50_ms: rounded(percentile(report.recoverMs, 0.5), 0),
      recover_p95_ms: rounded(p95, 0),
      fresh_list_ms: rounded(freshList, 0),
      ratio: rounded(p95 / freshList, 2),
      lists: report.lists,
      wrong: [...report.wrong],
      equal: report.equal,
    }
  } finally {
    await plane.stop()
  }
}
