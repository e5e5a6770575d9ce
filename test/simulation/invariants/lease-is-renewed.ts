import { isOver } from '../../../shared/release/standing.ts'
import type { Violation } from '../facts.ts'
import type { World } from '../world.ts'

const longestGapMs = 45_000

/** A release that is driven has its Lease renewed, whatever else its driver waits for. */
export function leaseIsRenewed({ facts }: World): readonly Violation[] {
  const troubled = facts.moves.some(
    (move) =>
      move.kind === 'kill' ||
      move.kind === 'sleep' ||
      move.kind === 'lease' ||
      (move.kind === 'trouble' &&
        (move.matching === 'lease' || move.matching === 'any' || move.what.kind === 'status')),
  )
  if (troubled) return []
  const found: Violation[] = []
  for (const [index, { at, entry }] of facts.renewed.entries()) {
    const next = facts.renewed.slice(index + 1).find((one) => one.entry.service === entry.service)
    if (next === undefined || isOver(entry.release) || next.at - at <= longestGapMs) continue
    found.push({
      rule: 'a driven Lease is renewed',
      at,
      what: `${entry.release.id} (${entry.release.state.kind}): ${next.at - at} ms without a renewal`,
    })
  }
  return found.slice(0, 1)
}
