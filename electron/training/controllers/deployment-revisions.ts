import type { Deployment, Labels, ReplicaSet } from '../objects/objects.ts'
import { desiredAnnotation, fencesOf, maximumAnnotation } from './rollout-math.ts'

export const revisionAnnotation = 'deployment.kubernetes.io/revision'
const historyAnnotation = 'deployment.kubernetes.io/revision-history'

/** Annotations that belong to one object and are never copied from a Deployment to its ReplicaSets. */
const ownAnnotations: readonly string[] = [
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maximumAnnotation,
  'deprecated.deployment.rollback.to',
]

export function revisionOf(set: { readonly metadata: { readonly annotations?: Labels } }): number {
  return Number(set.metadata.annotations?.[revisionAnnotation] ?? 0) || 0
}

/** One more than any old ReplicaSet has. */
export function nextRevision(oldSets: readonly ReplicaSet[]): number {
  return Math.max(0, ...oldSets.map(revisionOf)) + 1
}

function copiedAnnotations(deployment: Deployment): Labels {
  const entries = Object.entries(deployment.metadata.annotations ?? {})
  return Object.fromEntries(entries.filter(([key]) => !ownAnnotations.includes(key)))
}

/** How large the Deployment wants to be, noted on each ReplicaSet: a difference means that it was scaled. */
export function sizeAnnotations(deployment: Deployment): Labels {
  const { replicas } = deployment.spec
  return {
    [desiredAnnotation]: String(replicas),
    [maximumAnnotation]: String(replicas + fencesOf(deployment).surge),
  }
}

/** Annotations of the new ReplicaSet: the Deployment's own copied over, revision raised, the old one remembered. */
export function newSetAnnotations(deployment: Deployment, existing: Labels, revision: number): Labels {
  const copied = { ...existing, ...copiedAnnotations(deployment) }
  const oldText = existing[revisionAnnotation]
  if (Number(oldText ?? 0) >= revision) return copied
  const history = existing[historyAnnotation] ?? ''
  const remembered =
    oldText === undefined ? {} : { [historyAnnotation]: history === '' ? oldText : `${history},${oldText}` }
  return { ...copied, [revisionAnnotation]: String(revision), ...remembered }
}
