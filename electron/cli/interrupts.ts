/** What may end a command before it is through. */
export type Interrupt = 'signal' | 'timeout' | 'output-closed'

export type Interrupts = {
  raise(interrupt: Interrupt): void
  /** Resolves at an interrupt that nobody takes charge of: the command ends at once. */
  readonly unguarded: Promise<Interrupt>
  /** From now on interrupts are given here instead. */
  guard(): Guard
}
export type Guard = {
  raised(): Promise<Interrupt>
  /** Forgets the interrupt: the next one counts. */
  again(): void
  release(): void
}

export function createInterrupts(): Interrupts {
  let guarded = false
  let first = deferred()
  const unguarded = deferred()
  return {
    raise: (interrupt) => (guarded ? first : unguarded).resolve(interrupt),
    unguarded: unguarded.promise,
    guard() {
      guarded = true
      return {
        raised: () => first.promise,
        again() {
          first = deferred()
        },
        release() {
          guarded = false
        },
      }
    },
  }
}

function deferred(): { readonly promise: Promise<Interrupt>; resolve(interrupt: Interrupt): void } {
  let settle: ((interrupt: Interrupt) => void) | undefined
  const promise = new Promise<Interrupt>((resolve) => {
    settle = resolve
  })
  return { promise, resolve: (interrupt) => settle?.(interrupt) }
}
