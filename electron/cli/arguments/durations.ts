const units = { s: 1, m: 60, h: 3600 } as const

/** `90`, `90s`, `2m`, `1h30m` -> seconds; undefined when it is none of these. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text)
  if (!/^(?:\d+[hms])+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  )
}
