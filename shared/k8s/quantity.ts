import type { Json } from './json.ts'

const factors: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}

/**
 * A Kubernetes quantity (apimachinery/pkg/api/resource) as a number of its base unit: `250m` is 0.25, `8Gi` is
 * 8589934592, `1e3` is 1000. Undefined for what is none.
 */
export function readQuantity(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(value)
  if (match === null) return undefined
  return Number(`${match[1] ?? ''}${match[2] ?? ''}`) * (factors[match[3] ?? ''] ?? 1)
}

/** For people: `3.5`, `12Gi`, `640Mi`. */
export function quantityText(value: number, resource: string): string {
  if (!/memory|storage/.test(resource)) return `${Math.round(value * 1000) / 1000}`
  const unit = (['Gi', 'Mi', 'Ki'] as const).find((one) => Math.abs(value) >= (factors[one] ?? 1)) ?? ''
  return `${Math.round((value / (factors[unit] ?? 1)) * 10) / 10}${unit}`
}
