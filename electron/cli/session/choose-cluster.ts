import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'
import { nearestWord } from '../arguments/nearest-word.ts'

type Chosen =
  | { readonly ok: true; readonly cluster: ClusterView }
  | { readonly ok: false; readonly problem: UsageProblem }

/** The context that was named, else kubectl's current one, else the only one. */
export function chooseCluster(
  clusters: readonly ClusterView[],
  asked: { readonly context?: string; readonly training: boolean; readonly lookedAt: readonly string[] },
): Chosen {
  if (clusters.length === 0) return { ok: false, problem: { kind: 'no-contexts', lookedAt: asked.lookedAt } }
  const words = contextWords(clusters)
  const word = asked.context
  const exact = clusters.find((one) => one.id === word || (words.get(one.id) === word && one.name !== word))
  if (exact !== undefined && !asked.training) return { ok: true, cluster: exact }
  const fitting = clusters.filter((one) =>
    asked.training ? one.training : word === undefined ? true : one.name === word || longWord(one) === word,
  )
  const only = fitting.length === 1 ? fitting[0] : fitting.find((one) => one.current)
  if (only !== undefined) return { ok: true, cluster: only }
  const namesOf = (some: readonly ClusterView[]): readonly string[] =>
    some.map((one) => words.get(one.id) ?? '')
  if (fitting.length > 0) return { ok: false, problem: { kind: 'which-context', names: namesOf(fitting) } }
  const near = nearestWord(word ?? '', namesOf(clusters))
  return {
    ok: false,
    problem: { kind: 'no-such-context', word: word ?? '', ...(near !== undefined && { near }) },
  }
}

/**
 * The word that chooses each context in the terminal, another one for each: its name where no other has it, else
 * `name@file`, or `name@kubectl` for what kubectl makes of several files; where even that says two, its id.
 */
export function contextWords(clusters: readonly ClusterView[]): ReadonlyMap<ClusterView['id'], string> {
  const names = clusters.map((one) => one.name)
  const long = clusters.map(longWord)
  const timesIn = (all: readonly string[], word: string): number => all.filter((one) => one === word).length
  return new Map(
    clusters.map((one) => {
      const word = longWord(one)
      if (timesIn(names, one.name) === 1 && timesIn(long, one.name) === 0) return [one.id, one.name]
      return [one.id, timesIn(long, word) === 1 && timesIn(names, word) === 0 ? word : one.id]
    }),
  )
}

function longWord(cluster: ClusterView): string {
  return `${cluster.name}@${cluster.merged === true ? 'kubectl' : cluster.file}`
}
