import type { Reply } from '../../../shared/fault.ts'
import type { Clock } from '../clock/clock.ts'

/** So long may nothing come before the server is asked whether it is there. Bookmarks alone come once a minute. */
const quietMs = 12_000
/** Without a sign of life for so long after that, nobody knows any more how the cluster stands. */
const answerWithinSeconds = 8
/** While it stays silent it is asked anew so often, over whatever way there is by then. */
const askAgainMs = 10_000

export type SilenceWatch = {
  /** A sign of life: an answer of any kind, a piece of a watch. */
  heard(): void
  stop(): void
}

/**
 * Finds out within half a minute that a server has fallen silent: an API server promises no more than a bookmark a
 * minute on a watch without changes, so that after some seconds without any sign of life it is asked something small,
 * but only while somebody looks or a release is driven. A server that talks is never asked.
 *
 * Silence counts second by second while this process runs: one that slept, or was held up, has heard nothing because it
 * did not listen, and its answer may lie ready.
 */
export function createSilenceWatch(options: {
  readonly clock: Clock
  readonly isWatched: () => boolean
  readonly ask: () => Promise<Reply<unknown>>
  /** Nothing has been heard for `ms`. */
  readonly onSilent: (ms: number) => void
  readonly onVoice: () => void
}): SilenceWatch {
  const { clock } = options
  let heardAt = clock.monotonic()
  let silent = false
  let stopped = false
  let stopTimer = wait(quietMs)
  const doubts = new Set<() => void>()

  function wait(ms: number): () => void {
    return clock.setTimer(ms, look)
  }

  function look(): void {
    const quiet = clock.monotonic() - heardAt
    if (quiet < quietMs) {
      stopTimer = wait(quietMs - quiet)
      return
    }
    // Once for a stretch in which nothing ran, however long it was.
    setImmediate(() => {
      if (!stopped) stopTimer = wait(askAgainMs)
    })
    if (options.isWatched()) void ask()
  }

  async function ask(): Promise<void> {
    const askedAt = clock.monotonic()
    const doubt = (): void => {
      stopDoubting()
      doubts.delete(stopDoubting)
      if (stopped || silent || heardAt >= askedAt) return
      silent = true
      options.onSilent(clock.monotonic() - heardAt)
    }
    const stopDoubting = countDown(clock, answerWithinSeconds, doubt)
    doubts.add(stopDoubting)
    const answer = await options.ask()
    // Where there is no way to it at all nobody has to wait for that to be said.
    if (!answer.ok && (answer.fault.code === 'unreachable' || answer.fault.code === 'tls')) doubt()
  }

  return {
    heard() {
      heardAt = clock.monotonic()
      if (!silent || stopped) return
      silent = false
      options.onVoice()
    },
    stop() {
      stopped = true
      stopTimer()
      for (const stopDoubting of doubts) stopDoubting()
    },
  }
}

/** Each second begins anew once the loop has turned, so that what has arrived meanwhile is heard first. */
function countDown(clock: Clock, seconds: number, fire: () => void): () => void {
  let stopTimer = (): void => undefined
  let over = false
  function tick(left: number): void {
    if (over) return
    if (left === 0) fire()
    else stopTimer = clock.setTimer(1_000, () => setImmediate(() => tick(left - 1)))
  }
  tick(seconds)
  return () => {
    over = true
    stopTimer()
  }
}
