import type { Move } from './move.ts'
import { runHands, type Stand } from './run-hands.ts'

/** Leaves out what a broken rule does not need, in halves first, one by one at the end. */
export async function shrink(
  stand: Stand,
  seed: number,
  { moves, rule }: { readonly moves: readonly Move[]; readonly rule: string },
): Promise<readonly Move[]> {
  let small = moves
  for (let size = Math.ceil(small.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < small.length;) {
      const tried = small.filter((_, index) => index < from || index >= from + size)
      const { violations } = await runHands(stand, { seed, moves: tried })
      if (violations.some((one) => one.rule === rule)) small = tried
      else from += size
    }
  }
  return small
}
