import type { Judge } from '../step.ts'

/** Nothing that the page sends makes the application hang up. */
export function theLinkHolds(): Judge {
  return ({ after }) =>
    after.look.seen.flatMap((one) =>
      one.kind === 'socket' && one.what === 'close' && [1002, 1003, 1007, 1009].includes(one.code)
        ? [`the connection was closed with ${String(one.code)}`]
        : [],
    )
}
