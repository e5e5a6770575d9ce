import { expect, test } from 'vitest'
import type { KubeTarget } from '../../support/kube-client.ts'
import { cutWatches } from '../../support/cut-watches.ts'
import { createSkippingClock } from '../../support/skipping-clock.ts'

export type CutCluster = {
  readonly target: KubeTarget
  /** Forgets what watches were told before, where that takes no time. */
  readonly forget?: () => Promise<void>
  stop(): Promise<void>
}

/** A busy machine is no failure. */
const timeout = { timeout: 300_000 }

export function runWatchCuts(open: () => Promise<CutCluster>): void {
  test(
    'after 10,000 changes and 50 cuts what is shown is what the server has, and nothing went back or came twice',
    timeout,
    async () => {
      const { target, forget, stop } = await open()
      const clock = createSkippingClock()
      try {
        const { wrong, equal, recoverMs, outages, lists } = await cutWatches({
          target,
          changes: 10_000,
          cuts: 50,
          seed: 2,
          clock,
          pass(why) {
            clock.skip(why === 'calm' ? 5_000 : 500)
            return Promise.resolve()
          },
          ...(forget !== undefined && { forget }),
        })
        expect({ wrong, equal }).toEqual({ wrong: [], equal: true })
        expect(recoverMs).toHaveLength(50)
        // Cuts of every kind were among them: with an outage behind them, and with a history that was gone.
        expect([outages > 5, forget === undefined || lists > 7]).toEqual([true, true])
      } finally {
        await stop()
      }
    },
  )
}
