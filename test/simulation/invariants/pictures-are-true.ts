import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

/** Every number and sentence of a live picture was so in the cluster, wherever the cluster stood still. */
export function picturesAreTrue({ facts }: World): readonly Violation[] {
  return facts.untrue
    .slice(0, 5)
    .map(({ at, what, kind }) => ({ rule: `a picture is true: ${kind}`, at, what }))
}
