/** Epoch ms -> `14:03:12` on this machine. */
export function clockText(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
}

/** Seconds -> `45 s`, `2 min`, `1 h 5 min`: rough. */
export function spanText(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 100) return `${whole} s`
  const minutes = Math.round(whole / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** Epoch ms -> `2026-11-24 14:03:12` on this machine. */
export function dayText(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockText(at)}`
}

/** `14:05`, the last one that has passed, or a date and time as ISO 8601 has it, on this machine -> epoch ms. */
export function parseTime(text: string, now: number): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) {
    const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) ? new Date(text).getTime() : NaN
    return Number.isNaN(at) ? undefined : at
  }
  const date = new Date(now)
  date.setHours(Number(hours), Number(minutes), Number(seconds), 0)
  // Just after midnight, 23:50 is yesterday's.
  if (date.getTime() > now) date.setDate(date.getDate() - 1)
  return date.getTime()
}
