import type { Clock } from './clock.ts'

const lookEveryMs = 10_000
/** More than a busy machine is ever late, less than anybody's nap. */
const gapMs = 20_000

/**
 * Tells when the machine has slept: the wall clock has gone on by more than our timer should have taken. No host needs
 * to tell us, and a virtual machine that was paused is found as well.
 */
export function watchForSleep(clock: Clock, onWake: (sleptMs: number) => void): () => void {
  let stopTimer = (): void => undefined
  function look(): void {
    const wall = clock.wall()
    stopTimer = clock.setTimer(lookEveryMs, () => {
      const slept = clock.wall() - wall - lookEveryMs
      look()
      if (slept > gapMs) onWake(slept)
    })
  }
  look()
  return () => stopTimer()
}
