import type { Runner } from '../../release/runner.ts'

/** Releases that something else is about to take the place of, which has not begun: nobody else goes on with them meanwhile. */
export type Vacating = {
  has(runner: Runner): boolean
  /** `takePlace` hears of it when a person brakes what still runs. */
  during<T>(runner: Runner, takePlace: (braked: AbortSignal) => Promise<T>): Promise<T>
  /** In an incident nobody waits for a start that hangs. Resolves when it is known whether that has begun all the same. */
  brake(runner: Runner): Promise<void>
}

export function createVacating(): Vacating {
  const open = new Map<Runner, { readonly braked: AbortController; readonly ended: Promise<unknown> }>()

  return {
    has: (runner) => open.has(runner),
    during(runner, takePlace) {
      const braked = new AbortController()
      const ended = takePlace(braked.signal).finally(() => open.delete(runner))
      open.set(runner, { braked, ended })
      return ended
    },
    async brake(runner) {
      const one = open.get(runner)
      one?.braked.abort()
      // However it ends, its own person is told.
      await one?.ended.catch(() => undefined)
    },
  }
}

/** What is prepared, unless a brake comes first: then nobody waits for it any more. */
export function unlessBraked<T>(
  braked: AbortSignal | undefined,
  prepared: Promise<T>,
): Promise<T | undefined> {
  if (braked === undefined) return prepared
  const stopped = new Promise<undefined>((resolve) => {
    braked.addEventListener('abort', () => {
      resolve(undefined)
    })
  })
  return Promise.race([prepared, stopped])
}
