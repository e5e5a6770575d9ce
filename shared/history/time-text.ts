/** Epoch ms -> `2026-11-24 14:03:12` on this machine: the same in every language. */
export function dayText(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}

/**
 * `14:05`, the last one that has passed, or a date and time (`2026-11-24 14:05`, with a T or a blank between them) on
 * this machine -> epoch ms.
 */
export function parseTime(text: string, now: number): number | undefined {
  const [, hours, minutes, seconds = '0'] = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/.exec(text) ?? []
  if (hours === undefined || minutes === undefined) {
    const whole = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}.*)$/.exec(text)
    const at = new Date(`${whole?.[1] ?? ''}T${whole?.[2] ?? ''}`).getTime()
    return Number.isNaN(at) ? undefined : at
  }
  const date = new Date(now)
  date.setHours(Number(hours), Number(minutes), Number(seconds), 0)
  // Just after midnight, 23:50 is yesterday's.
  if (date.getTime() > now) date.setDate(date.getDate() - 1)
  return date.getTime()
}
