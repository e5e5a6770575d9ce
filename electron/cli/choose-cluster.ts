import type { ClusterView } from '../../shared/contract.ts'
import type { UsageProblem } from './parse-arguments.ts'
import { nearest } from './near.ts'

type Chosen =
  | { readonly ok: true; readonly cluster: ClusterView }
  | { readonly ok: false; readonly problem: UsageProblem }

/** The context that was named, else kubectl's current one, else the only one. */
export function chooseCluster(
  clusters: readonly ClusterView[],
  asked: { readonly context?: string; readonly training: boolean; readonly lookedAt: readonly string[] },
): Chosen {
  if (clusters.length === 0) return { ok: false, problem: { kind: 'no-contexts', lookedAt: asked.lookedAt } }
  const names = [...new Set(clusters.map((one) => one.name))]
  const word = asked.context
  const fitting = clusters.filter((one) =>
    asked.training ? one.training : word === undefined ? true : one.name === word || idOf(one) === word,
  )
  const only = fitting.length === 1 ? fitting[0] : fitting.find((one) => one.current)
  if (only !== undefined) return { ok: true, cluster: only }
  if (fitting.length > 0)
    return {
      ok: false,
      problem: { kind: 'which-context', names: word === undefined ? names : fitting.map(idOf) },
    }
  const near = nearest(word ?? '', names)
  return {
    ok: false,
    problem: { kind: 'no-such-context', word: word ?? '', ...(near !== undefined && { near }) },
  }
}

/** Two files may have contexts of one name: `name@file` tells them apart. */
function idOf(cluster: ClusterView): string {
  return `${cluster.name}@${cluster.file}`
}
