import type { PipelineView } from '../../shared/view/pipeline.ts'
import { isServiceThere, trueBatches, type TrueBatch } from './cluster-truth.ts'
import { untrueSentences } from './sentence-checkers.ts'
import { names, type World } from './world.ts'

/** So long after the last change the picture has it, however long its way. */
const settlesInMs = 3_000
/** What a network did is over by then: watches are found dead, and opened again. */
const recoversInMs = 120_000

/** Holds every picture that calls itself live against the cluster, where nothing has moved for a while. */
export function judgePictures(world: World): void {
  const now = world.time.now()
  if (now - world.cluster.changedAt() < settlesInMs || isTroubled(world)) return
  const truth = trueBatches(world.cluster)
  for (const who of [0, 1, 2] as const) {
    const operator = world.operator(who)
    if (operator === undefined || now - operator.openedAt < settlesInMs) continue
    const view = operator.shown('web').at(-1)
    if (view?.freshness.kind !== 'live') continue
    const wrong = [...untrueNumbers(view, truth), ...untrueSentences(view, truth, isThere(world))]
    for (const what of wrong) {
      world.facts.untrue.push({ at: now, what: `${names[who]}: ${what}`, kind: view.headline.kind })
    }
  }
}

function isThere(world: World): boolean {
  return isServiceThere(world.cluster, 'web')
}

function isTroubled({ facts, time }: World): boolean {
  return facts.moves.some(({ kind, at }) => {
    const upsets =
      kind === 'trouble' || kind === 'sleep' || kind === 'cut-watches' || kind === 'forget-history'
    return upsets && time.now() - at < recoversInMs
  })
}

function untrueNumbers(view: PipelineView, truth: readonly TrueBatch[]): readonly string[] {
  return view.batches.flatMap((shown) => {
    const found = truth.find((one) => one.uid === shown.uid)
    if (found === undefined) return [`${shown.name} is shown, and is not there`]
    const running = found.pods.filter((pod) => !pod.ending)
    const pairs = {
      desired: [shown.desired, found.desired],
      paused: [shown.paused === true, found.paused],
      terminating: [shown.terminating, found.pods.length - running.length],
      serving: [shown.servingNew + shown.servingOld, running.filter((pod) => pod.serving).length],
      ready: [shown.ready, running.filter((pod) => pod.ready).length],
      letters: [shown.pods.length, found.pods.length],
      images: [
        shown.images
          .filter((one) => !one.init)
          .map((one) => one.image)
          .join(' '),
        found.images.join(' '),
      ],
    } as const
    return Object.entries(pairs).flatMap(([name, [said, is]]) =>
      said === is ? [] : [`${shown.name}: ${name} ${String(said)}, and is ${String(is)}`],
    )
  })
}
