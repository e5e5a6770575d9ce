import type { Step } from './trace.ts'

type Milestone = {
  readonly name: string
  /** At which step it was first reached. */
  readonly step: number
  /** How often more pods had become ready by then: between two of these, time has really passed. */
  readonly readies: number
}

const marks: Readonly<Record<string, (step: Step) => boolean>> = {
  'the first new pod': ({ updated }) => updated > 0,
  'half of the new pods': ({ updated, spec }) => updated * 2 >= spec,
  'all new pods': ({ updated, spec }) => updated >= spec,
  'half of the old pods gone': ({ old, spec }) => old * 2 <= spec,
  'no old pod left': ({ old }) => old === 0,
  'all available': ({ available, spec, old }) => available >= spec && old === 0,
}

/** What is reached on the way, in the order in which it is reached. A mark that is there from the start is none. */
export function milestonesOf(steps: readonly Step[]): readonly Milestone[] {
  const found: Milestone[] = []
  let readies = 0
  steps.forEach((step, index) => {
    const before = steps[index - 1]
    if (before !== undefined && step.ready > before.ready) readies += 1
    for (const [name, reached] of Object.entries(marks)) {
      const isKnown = found.some((one) => one.name === name)
      if (!isKnown && reached(step)) found.push({ name, step: index, readies })
    }
  })
  return found
}

/** Reasons of the Progressing condition as they follow each other. */
export function reasonsOf(steps: readonly Step[]): readonly string[] {
  return steps.map(({ progressing }) => progressing).filter((reason, index, all) => reason !== all[index - 1])
}

/**
 * Milestones of `real` that `ours` does not pass, or passes in another order. Two that come within the same moment
 * have no order: pods must have become ready between them.
 */
export function outOfOrder(real: readonly Step[], ours: readonly Step[]): readonly string[] {
  const reached = new Map(milestonesOf(ours).map((one) => [one.name, one.step]))
  const wanted = milestonesOf(real)
  return wanted.flatMap((first) => {
    const at = reached.get(first.name)
    if (at === undefined) return [`never: ${first.name}`]
    return wanted
      .filter((second) => second.readies > first.readies && (reached.get(second.name) ?? Infinity) < at)
      .map((second) => `${second.name} before ${first.name}`)
  })
}
