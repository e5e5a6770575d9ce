import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { failed, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../clock/clock.ts'

/** `generation` tells a credential from the one before it, also where both say the same. */
type Held<T> = { readonly value: T; readonly generation: number }

/** `expiresAt`: epoch ms; without it a credential holds until the server refuses it. */
export type Renewed<T> = { readonly value: T; readonly expiresAt?: number }

export type RenewedCredential<T> = {
  /** What holds now; renewed once however many ask. */
  get(): Promise<Reply<Held<T>>>
  /** The server answered 401 to this generation. True if what `get` gives now may help. */
  refused(generation: number): boolean
  /** The server took it: if it is refused later, renewing it may help again. */
  accepted(generation: number): void
  /** A person wants to try again. */
  retry(): void
}

/** `renewAt`: by the wall clock, as the end itself; `notBefore`: by the monotonic one. */
type Current<T> = {
  readonly value: T
  readonly expiresAt: number
  readonly renewAt: number
  readonly notBefore: number
}

type Options<T> = {
  readonly clock: Clock
  /** Renewed so long before its end. */
  readonly marginMs: number
  /** What there is from the beginning, as old as it may be. */
  readonly initial?: Renewed<T>
  /** False where only a person can get another one. */
  readonly mayRenew: () => boolean
  readonly renew: () => Promise<Reply<Renewed<T>>>
  /** After so many failures in a row nobody tries again for so long, but for a person. */
  readonly pauseMs: (fault: Fault, failures: number) => number
  readonly refusedTwice: FaultSentence
}

/** What was only just handed out is used for so long, whatever it says of its end: the clock here may be wrong. */
const leastMs = 10_000
/** Nobody renews earlier than in the last fifth of its life: one that holds for a minute would never be used. */
const shareOfLife = 5
/** Refused twice, the last one is sent again so often. */
const sendAgainMs = 60_000

/**
 * A credential that is renewed when it nears its end or is refused: once for each generation of it. A hundred requests
 * may be refused with the old one while the new one is on its way: they all wait for that one, and say nothing about it.
 */
export function createRenewedCredential<T>(options: Options<T>): RenewedCredential<T> {
  const { clock, initial } = options
  let generation = 0
  // How old the first one is nobody knows: it has its whole margin, and no time that it is used at least.
  let current = initial === undefined ? undefined : ofOld(initial)
  /** The generation that the server does not take any more. */
  let refusedLast: number | undefined
  /** It was had because the one before was refused, and has not been taken yet. */
  let onTrial: number | undefined
  let renewing: Promise<Reply<Held<T>>> | undefined
  let pause: { readonly fault: Fault; readonly until: number } | undefined
  let failures = 0
  /** Two in a row were refused: another one would be refused as well, and having it may cost a person a browser tab. */
  let locked: { readonly until: number } | undefined

  /** A server that has only just started may refuse everybody: what there is is sent again, and nothing is had anew. */
  function whileLocked(until: number): Reply<Held<T>> {
    const isTried = current !== undefined && clock.monotonic() >= until && clock.wall() < current.expiresAt
    return isTried && current !== undefined
      ? ok({ value: current.value, generation })
      : failed('unauthorized', options.refusedTwice)
  }

  function ofOld({ value, expiresAt = Infinity }: Renewed<T>): Current<T> {
    return { value, expiresAt, renewAt: expiresAt - options.marginMs, notBefore: -Infinity }
  }

  function justHad({ value, expiresAt = Infinity }: Renewed<T>): Current<T> {
    const life = Math.max(0, expiresAt - clock.wall())
    const margin = Math.min(options.marginMs, life / shareOfLife)
    return { value, expiresAt, renewAt: expiresAt - margin, notBefore: clock.monotonic() + leastMs }
  }

  function isPaused(): boolean {
    return pause !== undefined && clock.monotonic() < pause.until
  }

  /** What is not over yet is used to its end while no new one can be had. */
  function orWhatHolds(fault: Fault): Reply<Held<T>> {
    return current !== undefined && refusedLast !== generation && clock.wall() < current.expiresAt
      ? ok({ value: current.value, generation })
      : { ok: false, fault }
  }

  async function renew(): Promise<Reply<Held<T>>> {
    const reply = await attempt(options.renew)
    renewing = undefined
    if (!reply.ok) {
      const ms = options.pauseMs(reply.fault, failures)
      if (ms > 0) failures++
      pause = { fault: reply.fault, until: clock.monotonic() + ms }
      return orWhatHolds(reply.fault)
    }
    failures = 0
    pause = undefined
    generation++
    current = justHad(reply.value)
    return ok({ value: reply.value.value, generation })
  }

  return {
    get() {
      if (locked !== undefined) return Promise.resolve(whileLocked(locked.until))
      const isTaken = refusedLast !== generation
      if (current !== undefined && isTaken) {
        const isDue = clock.wall() >= current.renewAt && clock.monotonic() >= current.notBefore
        if (!isDue) return Promise.resolve(ok({ value: current.value, generation }))
      }
      if (renewing === undefined && pause !== undefined && isPaused())
        return Promise.resolve(orWhatHolds(pause.fault))
      renewing ??= renew()
      return renewing
    },
    refused(of) {
      // There is a newer one by now, or there soon will be.
      if (of !== generation) return true
      if (!options.mayRenew()) return false
      refusedLast = of
      if (onTrial === of && renewing === undefined) {
        locked = { until: clock.monotonic() + sendAgainMs }
        return false
      }
      onTrial = of + 1
      return true
    },
    accepted(of) {
      if (generation !== of) return
      if (onTrial === of) onTrial = undefined
      if (locked === undefined) return
      locked = undefined
      refusedLast = undefined
    },
    retry() {
      locked = undefined
      pause = undefined
      failures = 0
      onTrial = undefined
    },
  }
}

/** Never throws: whoever waits for it, and whoever comes after, would be told of it for ever. */
async function attempt<T>(run: () => Promise<Reply<T>>): Promise<Reply<T>> {
  try {
    return await run()
  } catch (error) {
    return failed('internal', { kind: 'sign-in-failed', words: String(error) })
  }
}
