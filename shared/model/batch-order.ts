import type { Deployment } from '../k8s/objects.ts'

/** What people call the batch that goes first. A word of the name, or its end (`webcanary`); never a part of a word. */
const firstRole = /(?:^|[-.])(?:[a-z0-9]*canary|gray|grey|beta|pre|pilot)\d*(?=$|[-.])/

/**
 * The order of batches: by annotation `tranche.dev/order`, else those that go first by their names (a canary), then
 * by the number at the end of the name; what stands equal in that goes by size, the smallest first, and then by name.
 * An annotation counts among the numbers, so that one batch alone can be put somewhere else.
 */
export function inBatchOrder(a: Deployment, b: Deployment): number {
  return (
    placeOf(a) - placeOf(b) ||
    trailingNumber(a) - trailingNumber(b) ||
    a.replicas - b.replicas ||
    compareNames(a.meta.name, b.meta.name)
  )
}

function placeOf(deployment: Deployment): number {
  const order = annotated(deployment)
  if (order !== undefined) return order
  return firstRole.test(deployment.meta.name) ? -1 : trailingNumber(deployment)
}

function annotated({ meta }: Deployment): number | undefined {
  const text = meta.annotations['tranche.dev/order']?.trim() ?? ''
  const order = text === '' ? Number.NaN : Number(text)
  return Number.isFinite(order) ? order : undefined
}

function trailingNumber({ meta }: Deployment): number {
  const digits = /(\d+)$/.exec(meta.name)?.[1]
  return digits === undefined ? Number.MAX_SAFE_INTEGER : Math.min(Number(digits), Number.MAX_SAFE_INTEGER)
}

/** By code units: names are ASCII, and every machine has to come to the same order whatever its language. */
function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
