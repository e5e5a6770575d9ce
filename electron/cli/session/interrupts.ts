/** What may end a command before it is through. */
export type Interrupt = 'signal' | 'timeout' | 'output-closed'

/** `overdue`: what its guard was still at when the time was over, or a person had had enough. */
export type Interrupted = { readonly why: Interrupt; readonly overdue?: Phase }
type Phase = 'pausing' | 'staying'

export type Interrupts = {
  raise(interrupt: Interrupt): void
  /** A person does not want to wait any longer: whoever had taken charge is overdue now. */
  insist(interrupt: Interrupt): void
  /**
   * The command ends now, whatever it waits for: an interrupt that nobody takes charge of, or whose guard was not done in
   * time. Every interrupt comes to this unless the command ends first.
   */
  readonly ends: Promise<Interrupted>
  /** From now on interrupts are given here first. */
  guard(): Guard
}
export type Guard = {
  raised(): Promise<Interrupt>
  /** It stays for a while all the same, and no longer: the next interrupt counts. */
  stay(): void
  dispose(): void
}

/** To write down that a release is paused: less than the ten seconds after which many a runner kills. */
export const graceMs = 8_000
/** To bring what has begun to its end. */
export const stayMs = 30_000

export function createInterrupts(
  setTimer: (ms: number, fire: () => void) => () => void = startTimer,
): Interrupts {
  let phase: Phase | undefined
  let first = deferred<Interrupt>()
  /** Raised, and its guard is at it. */
  let pending: Interrupt | undefined
  let stopTimer = (): void => undefined
  const ends = deferred<Interrupted>()

  function endIn(ms: number, why: Interrupt): void {
    stopTimer()
    stopTimer = setTimer(ms, () => end(why))
  }

  function end(why: Interrupt): void {
    ends.resolve({ why, ...(phase !== undefined && { overdue: phase }) })
  }

  return {
    raise(why) {
      if (phase === undefined) {
        end(why)
        return
      }
      if (pending !== undefined) return
      pending = why
      endIn(graceMs, why)
      first.resolve(why)
    },
    insist: end,
    ends: ends.promise,
    guard() {
      phase = 'pausing'
      return {
        raised: () => first.promise,
        stay() {
          phase = 'staying'
          if (pending !== undefined) endIn(stayMs, pending)
          pending = undefined
          first = deferred()
        },
        dispose() {
          phase = undefined
        },
      }
    },
  }
}

function startTimer(ms: number, fire: () => void): () => void {
  const timer = setTimeout(fire, ms)
  // Nothing is kept running for it alone.
  timer.unref()
  return () => clearTimeout(timer)
}

function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let settle: ((value: T) => void) | undefined
  const promise = new Promise<T>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (value) => settle?.(value) }
}
