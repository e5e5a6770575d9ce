/** What a text says of a time on this machine. */
export type ParsedTime =
  | { readonly kind: 'time'; readonly at: number }
  /** No time at all. */
  | { readonly kind: 'none' }
  /** 31 February. */
  | { readonly kind: 'no-such-day'; readonly day: string }
  /** The clocks were set forward over it. */
  | { readonly kind: 'skipped'; readonly text: string }
  /** The clocks were set back, and it came two times; both are texts that say which. */
  | { readonly kind: 'twice'; readonly texts: readonly [string, string] }

type Fields = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

const dayMs = 86_400_000
const minuteMs = 60_000

/**
 * Epoch ms -> `2026-11-24 14:03:12` on this machine: the same in every language. In the hour that comes two times when
 * the clocks are set back, with its distance from UTC: `2026-10-25 02:30:00 +01:00`.
 */
export function dayText(at: number): string {
  const fields = fieldsOf(at)
  return timesOf(fields).length > 1 ? exactText(at) : textOf(fields)
}

/**
 * `14:05`, the last one that has passed, or a date and time (`2026-11-24 14:05`, with a T or a blank between them, and
 * `+01:00` or `Z` behind where it is needed) on this machine.
 */
export function parseTime(text: string, now: number): ParsedTime {
  const clock = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text)
  if (clock !== null) return lastAt(clock.slice(1), now)
  const whole =
    /^(\d{4})-(\d{2})-(\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)? ?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      text,
    )
  if (whole === null) return { kind: 'none' }
  const parts: readonly (string | undefined)[] = whole.slice(1, 7)
  const [year, month, day, hour, minute, second] = parts.map((digits) => Number(digits ?? 0))
  const fields = { year, month, day, hour, minute, second } as Fields
  if (!isDay(fields)) return { kind: 'no-such-day', day: text.slice(0, 10) }
  const offset = offsetOf(whole[7])
  return offset === undefined ? oneOf(timesOf(fields), fields) : { kind: 'time', at: utcOf(fields) - offset }
}

/** Just after midnight, 23:50 is yesterday's; one that was skipped today is yesterday's too. */
function lastAt(clock: readonly (string | undefined)[], now: number): ParsedTime {
  const [hour = 0, minute = 0, second = 0] = clock.map((digits) => Number(digits ?? 0))
  const { year, month, day } = fieldsOf(now)
  for (let back = 0; back < 3; back++) {
    const date = new Date(Date.UTC(year, month - 1, day - back))
    const fields = {
      ...{ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
      ...{ hour, minute, second },
    }
    const passed = timesOf(fields).filter((at) => at <= now)
    if (passed.length > 0) return oneOf(passed, fields)
  }
  return { kind: 'none' }
}

function oneOf([first, second]: readonly number[], fields: Fields): ParsedTime {
  if (first === undefined) return { kind: 'skipped', text: textOf(fields) }
  return second === undefined
    ? { kind: 'time', at: first }
    : { kind: 'twice', texts: [exactText(first), exactText(second)] }
}

/** Every moment at which the clocks of this machine show it: none, one or two, in order. */
function timesOf(fields: Fields): readonly number[] {
  const utc = utcOf(fields)
  const offsets = [utc - dayMs, utc, utc + dayMs].map((at) => -new Date(at).getTimezoneOffset() * minuteMs)
  const wanted = textOf(fields)
  return [...new Set(offsets)]
    .map((offset) => utc - offset)
    .filter((at) => textOf(fieldsOf(at)) === wanted)
    .toSorted((a, b) => a - b)
}

function fieldsOf(at: number): Fields {
  const date = new Date(at)
  return {
    ...{ year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() },
    ...{ hour: date.getHours(), minute: date.getMinutes(), second: date.getSeconds() },
  }
}

function utcOf({ year, month, day, hour, minute, second }: Fields): number {
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

function isDay({ year, month, day }: Fields): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

function textOf({ year, month, day, hour, minute, second }: Fields): string {
  return `${[year, two(month), two(day)].join('-')} ${[hour, minute, second].map(two).join(':')}`
}

function exactText(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset()
  const size = Math.abs(minutes)
  return `${textOf(fieldsOf(at))} ${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** `+01:00` -> ms east of UTC. */
function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(text) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * minuteMs
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
