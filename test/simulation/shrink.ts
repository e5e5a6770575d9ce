import type { History } from './move.ts'
import { simulate } from './simulate.ts'

/** The same history with as few moves as still break the rule: halves first, then single moves. */
export async function shrink(history: History, rule: string): Promise<History> {
  let small = history
  for (let size = Math.ceil(small.moves.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < small.moves.length;) {
      const moves = small.moves.filter((_, index) => index < from || index >= from + size)
      const tried = { ...small, moves }
      const { violations } = await simulate(tried)
      if (violations.some((one) => one.rule === rule)) small = tried
      else from += size
    }
  }
  return small
}
