import type { Fault } from '../../../shared/fault.ts'
import type { Check, Unknown } from '../../../shared/preflight/check.ts'

/** What one part of the preflight has found out, and what it could not. */
export type Findings = {
  readonly checks: readonly Check[]
  readonly unknown: readonly Unknown[]
  /** The cluster did not answer: nothing at all can be said. */
  readonly fault?: Fault
}

export function found(checks: readonly Check[], unknown: readonly Unknown[] = []): Findings {
  return { checks, unknown }
}

export function together(all: readonly Findings[]): Findings {
  const fault = all.find((one) => one.fault !== undefined)?.fault
  return {
    checks: all.flatMap((one) => one.checks),
    unknown: [...new Set(all.flatMap((one) => one.unknown))],
    ...(fault !== undefined && { fault }),
  }
}
