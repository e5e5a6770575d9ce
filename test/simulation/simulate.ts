import { coverageOf } from './coverage.ts'
import { createDice } from './dice.ts'
import type { Violation } from './facts.ts'
import { finish } from './finish.ts'
import { invariants } from './invariants.ts'
import type { History } from './move.ts'
import { judgePictures } from './pictures.ts'
import { planHistory } from './plan-history.ts'
import { play } from './play.ts'
import { createWorld } from './world.ts'

export type Outcome = {
  readonly violations: readonly Violation[]
  /** Of everything that was written and shown: equal for equal seeds. */
  readonly trace: string
  readonly coverage: readonly string[]
  /** Milliseconds of the simulated world. */
  readonly lasted: number
}

export function historyOf(seed: number): History {
  return planHistory(seed, createDice(seed).apart('moves'))
}

/** Lets a whole history happen, brings it to an end, and judges it. */
export async function simulate({ seed, moves }: History): Promise<Outcome> {
  const world = createWorld(seed)
  const faults: string[] = []
  const note = (error: unknown): void =>
    void faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error))
  process.on('unhandledRejection', note)
  try {
    await world.open(0)
    await world.open(2)
    for (const move of moves) {
      await world.time.runUntil(Math.max(world.time.now(), move.at))
      judgePictures(world)
      world.facts.moves.push(move)
      await play(world, move)
    }
    await world.time.runUntil(world.time.now() + 5_000)
    const endings = await finish(world)
    world.facts.faults.push(...faults)
    return {
      violations: [...endings, ...invariants.flatMap((rule) => rule(world))],
      trace: traceOf(world),
      coverage: coverageOf(world.facts),
      lasted: world.time.now(),
    }
  } finally {
    process.off('unhandledRejection', note)
    world.close()
  }
}

function traceOf(world: ReturnType<typeof createWorld>): string {
  const { writes, asked } = world.facts
  return JSON.stringify([
    writes.map((one) => [one.at, one.from, one.name, one.after]),
    asked.map((one) => [one.at, one.from, one.reply]),
    world.time.fired(),
  ])
}
