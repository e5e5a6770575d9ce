import type { Facts } from './facts.ts'
import type { Move } from './move.ts'

/** What one history has reached, each thing once. */
export function coverageOf({ moves, asked, journaled }: Facts): readonly string[] {
  const found = new Set<string>(moves.map((move) => `move ${nameOf(move)}`))
  for (const { move, view, reply } of asked) {
    const verb = verbOf(move)
    if (verb !== undefined)
      found.add(`${verb} in ${view?.release?.state ?? 'nothing'}: ${reply?.ok === true ? 'done' : 'refused'}`)
  }
  for (const { entry } of journaled) {
    const { state, batches, resize, change } = entry.release
    found.add(`state ${state.kind}`)
    found.add(`change ${change.kind}`)
    if (state.kind === 'held') found.add(`hold ${state.hold.kind}`)
    if (state.kind === 'ended') found.add(`outcome ${state.outcome}`)
    if (resize !== undefined) found.add(`resize ${resize.phase}`)
    for (const { phase, inDoubt, freeze } of batches) {
      found.add(`phase ${phase.kind}`)
      if (inDoubt !== undefined) found.add('phase in doubt')
      if (freeze !== undefined) found.add(`freeze ${freeze.wish}`)
    }
  }
  return [...found].sort()
}

function verbOf(move: Move): string | undefined {
  switch (move.kind) {
    case 'press':
      return move.verb
    case 'start':
    case 'plan':
    case 'go-back':
      return move.kind
    default:
      return undefined
  }
}

function nameOf(move: Move): string {
  switch (move.kind) {
    case 'press':
    case 'send':
      return `${move.kind} ${move.verb}`
    case 'strange':
      return `kubectl ${move.act}`
    case 'trouble':
      return `trouble ${move.what.kind}`
    case 'lease':
    case 'webhook':
      return `${move.kind} ${move.act}`
    default:
      return move.kind
  }
}
