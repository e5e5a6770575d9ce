import type { Json } from './json.ts'

const decimal: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
}
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei']

/** Beyond these exponents nothing is a quantity of anything, and the number would take all memory. */
const widest = 60

/**
 * A Kubernetes quantity as a whole number of its billionths, the least that a server keeps (it rounds up): `1000m`
 * and `1`, `1Gi` and `1073741824` are one. Undefined for what is none.
 */
export function exactQuantity(value: Json | undefined): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i))?$/.exec(String(value))
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0', suffix = ''] = match
  if (`${whole}${fraction}` === '' || `${whole}${fraction}`.length > widest) return undefined
  const power = Number(exponent) + (decimal[suffix] ?? 0) + 9 - fraction.length
  if (Math.abs(power) > widest + 18) return undefined
  const factor = 1024n ** BigInt(binary.indexOf(suffix) + 1)
  const digits = BigInt(`${whole}${fraction}`) * factor
  const scale = 10n ** BigInt(Math.abs(power))
  const size = power >= 0 ? digits * scale : (digits + scale - 1n) / scale
  return size === 0n ? '0' : `${sign === '-' ? '-' : ''}${size}`
}
