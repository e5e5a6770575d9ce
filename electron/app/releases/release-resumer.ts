import { faultText } from '../../../shared/words/faults/say-fault.ts'
import type { Target } from '../../../shared/contract.ts'
import { faultOf, type Fault, type Reply } from '../../../shared/fault.ts'
import type { ConnectionId } from '../../../shared/ids.ts'
import { createBackoff, type Backoff } from '../../cluster/requests/backoff.ts'
import type { Clock } from '../../cluster/clock/clock.ts'

export type ReleaseResumer = {
  /** Connects what a running release of ours needs, and goes on with it. Resolves after the first try of each. */
  begin(): Promise<void>
  /** A connection that was opened by hand may be the one that a release waits for. */
  look(): void
  stop(): void
}

/**
 * Goes on with the releases that this installation drove when it ended. A cluster that can't be reached just then, or
 * an answer that is lost, must not leave a release without its driver: it is tried again until it is known how it stands.
 */
export function createReleaseResumer(options: {
  readonly clock: Clock
  readonly driving: () => readonly Target[]
  readonly connect: (connection: ConnectionId) => Promise<Reply<null>>
  readonly isConnected: (connection: ConnectionId) => boolean
  /** The person has closed this connection: it is not ours to open it again. */
  readonly isClosed: (connection: ConnectionId) => boolean
  /** Without a fault nothing is left to be tried: it is driven, or not ours to be driven. */
  readonly resume: (target: Target) => Promise<Fault | undefined>
  readonly log: (line: string) => void
}): ReleaseResumer {
  const backoffs = new Map<string, Backoff>()
  const timers = new Map<string, () => void>()
  let stopped = false

  /** All of one cluster at once: what one of its Services waits for is no reason for another to wait. */
  async function attempt(...[first, ...others]: readonly [Target, ...Target[]]): Promise<void> {
    const unreached = await tried(async () => {
      const connected = await options.connect(first.connection)
      return connected.ok ? undefined : connected.fault
    })
    const resumed = [first, ...others].map(async (target) =>
      settle(target, unreached ?? (await tried(() => options.resume(target)))),
    )
    await Promise.all(resumed)
  }

  /** What is thrown is tried again like anything else: it would leave the release without a driver, or end the process. */
  async function tried(run: () => Promise<Fault | undefined>): Promise<Fault | undefined> {
    try {
      return await run()
    } catch (error) {
      return faultOf('internal', { kind: 'not-tried', words: String(error) })
    }
  }

  function settle(target: Target, fault: Fault | undefined): void {
    if (fault === undefined || fault.code === 'closed') return
    options.log(`release of ${target.service} waits: ${faultText(fault, 'en')}`)
    again(target, fault)
  }

  function again(target: Target, fault: Fault): void {
    const key = JSON.stringify(target)
    const backoff = backoffs.get(key) ?? createBackoff(options.clock, () => 0)
    backoffs.set(key, backoff)
    timers.get(key)?.()
    if (stopped) return
    const stopTimer = options.clock.setTimer(backoff.next(fault, 'urgent'), () => {
      timers.delete(key)
      const isWanted = options.driving().some((one) => JSON.stringify(one) === key)
      if (isWanted && !options.isClosed(target.connection)) void attempt(target)
    })
    timers.set(key, stopTimer)
  }

  return {
    async begin() {
      const clusters = new Map<ConnectionId, [Target, ...Target[]]>()
      for (const target of options.driving()) {
        const known = clusters.get(target.connection)
        if (known === undefined) clusters.set(target.connection, [target])
        else known.push(target)
      }
      // One that can't be reached, or waits for a person to sign in, must not keep the others without their drivers.
      await Promise.all([...clusters.values()].map((targets) => attempt(...targets)))
    },
    look() {
      for (const target of options.driving()) {
        if (!options.isConnected(target.connection)) continue
        void tried(() => options.resume(target)).then((fault) => {
          settle(target, fault)
        })
      }
    },
    stop() {
      stopped = true
      for (const stopTimer of timers.values()) stopTimer()
      timers.clear()
    },
  }
}
