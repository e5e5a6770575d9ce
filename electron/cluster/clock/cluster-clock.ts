import { mostSkewMs } from '../../../shared/release/from-another-clock.ts'
import type { Clock } from './clock.ts'

/**
 * The server's time, and the only clock that has a `now`: what is shown, compared or written down of a cluster goes by
 * it, so that a laptop whose clock is wrong, or jumps, neither opens a gate early nor tells a wrong age.
 */
export type ClusterClock = Clock & {
  /** Epoch milliseconds. */
  now(): number
  /** Its milliseconds in one of ours: 1, but for a training cluster that runs faster. */
  speed(): number
  /** Fires once `now` has come to this time, however fast it gets there; returns its stop function. */
  setAlarm(at: number, fire: () => void): () => void
  /** What an answer says of the server's time, and when (monotonic) the request that it answers was sent. */
  heard(said: TimeHeaders, sentAt: number): void
}

/** `date`: a `Date` header. `speed`: the header of a training cluster. */
export type TimeHeaders = { readonly date: string; readonly speed?: string | undefined }

/** Sent with every answer by a training cluster: how fast its time goes. */
export const speedHeader = 'x-training-speed'

/** A Date header says whole seconds, cut off. */
const resolutionMs = 1000
/** Nothing that a server says makes its time stand still, run back or race away. */
const slowest = 1
const fastest = 20

/** A monotonic clock runs wrong by less: so much of a small difference is made up for, and no gate opens by it. */
const drift = 1e-4

type Alarm = { readonly at: number; readonly fire: () => void; stop: () => void }

/**
 * Follows the Date headers over the monotonic clock. Each answer says between which bounds the difference of the two
 * lies; it is moved no further than into those bounds, so that answers which took long, and the whole seconds of the
 * header, don't shake it. Before the first answer it is this machine's time.
 *
 * From then on time goes by the monotonic clock, whichever server answers: it is set anew only by more than servers
 * differ by, or where the wall clock tells of a sleep of just that length.
 */
export function createClusterClock(own: Clock): ClusterClock {
  const alarms = new Set<Alarm>()
  let speed = 1
  let ahead = own.wall() - own.monotonic()
  let last: { readonly monotonic: number; readonly wall: number } | undefined

  function now(): number {
    return own.monotonic() * speed + ahead
  }

  function arm(alarm: Alarm): void {
    alarm.stop()
    alarm.stop = own.setTimer(Math.max(0, (alarm.at - now()) / speed), () => {
      alarms.delete(alarm)
      alarm.fire()
    })
  }

  /** By how much the time is set, where an answer puts the difference between these bounds. */
  function believed(
    { least, most }: { readonly least: number; readonly most: number },
    anew: boolean,
  ): number {
    const off = Math.min(Math.max(ahead, least), most) - ahead
    if (off === 0 || last === undefined || anew) return off
    const passed = own.monotonic() - last.monotonic
    const slept = own.wall() - last.wall - passed
    if (Math.abs(off) > mostSkewMs) return Math.abs(off - slept) <= mostSkewMs ? Math.min(off, slept) : off
    const isSleep = ahead + slept >= least - resolutionMs && ahead + slept <= most + resolutionMs
    if (slept > resolutionMs && isSleep) return slept
    return Math.min(Math.max(off, -passed * drift), passed * drift)
  }

  return {
    now,
    speed: () => speed,
    monotonic: () => own.monotonic(),
    wall: () => own.wall(),
    setTimer: (delayMs, fire) => own.setTimer(delayMs, fire),
    setAlarm(at, fire) {
      const alarm: Alarm = { at, fire, stop: () => undefined }
      alarms.add(alarm)
      arm(alarm)
      return () => {
        alarm.stop()
        alarms.delete(alarm)
      }
    },
    heard(said, sentAt) {
      const server = Date.parse(said.date)
      if (Number.isNaN(server)) return
      const before = { speed, ahead }
      const present = now()
      speed = speedOf(said.speed)
      // Where only the speed has changed, time goes on from where it was.
      if (speed !== before.speed) ahead = present - own.monotonic() * speed
      const least = server - own.monotonic() * speed
      const most = Math.max(least, server + resolutionMs - sentAt * speed)
      ahead += believed({ least, most }, speed !== before.speed)
      last = { monotonic: own.monotonic(), wall: own.wall() }
      if (speed !== before.speed || ahead !== before.ahead) for (const alarm of [...alarms]) arm(alarm)
    },
  }
}

function speedOf(header: string | undefined): number {
  const speed = Number(header ?? 1)
  return Number.isNaN(speed) ? 1 : Math.min(fastest, Math.max(slowest, speed))
}
