import { withCondition } from './conditions.ts'
import type { ControllerContext } from './controller-context.ts'
import { condition, hasDeadline } from './deployment-progress.ts'
import { revisionOf } from './deployment-revisions.ts'
import type { Family } from './deployment-sets.ts'
import { conditionOf, type Deployment } from '../objects/objects.ts'
import { deployments, replicaSets } from '../objects/resources.ts'

/** Pausing stops the deadline: the condition says so, and starts it anew on resuming. */
export function notePause(context: ControllerContext, deployment: Deployment): Deployment {
  if (!hasDeadline(deployment)) return deployment
  const progressing = conditionOf(deployment.status?.conditions, 'Progressing')
  if (progressing?.reason === 'ProgressDeadlineExceeded') return deployment
  const noted = progressing?.reason === 'DeploymentPaused'
  const paused = deployment.spec.paused === true
  if (paused === noted) return deployment
  const told = paused ? 'Paused' : 'Resumed'
  const next = condition('Progressing', context.clock.now(), {
    status: 'Unknown',
    reason: `Deployment${told}`,
    message: `Deployment is ${told.toLowerCase()}`,
  })
  const conditions = withCondition(deployment.status?.conditions ?? [], next)
  return context.lifecycle.update(
    deployments,
    { ...deployment, status: { ...deployment.status, conditions } },
    'status',
  )
}

/** Old, empty ReplicaSets beyond the history limit go, lowest revisions first. */
export function cleanUp(context: ControllerContext, { deployment, old }: Family): void {
  const limit = deployment.spec.revisionHistoryLimit
  const alive = old.filter((set) => set.metadata.deletionTimestamp === undefined)
  const surplus = limit === undefined ? 0 : alive.length - limit
  const doomed = [...alive].sort((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, surplus))
  for (const set of doomed) {
    const settled = (set.metadata.generation ?? 0) <= (set.status?.observedGeneration ?? 0)
    if (set.spec.replicas === 0 && set.status?.replicas === 0 && settled) {
      context.lifecycle.remove(replicaSets, set, { propagation: 'Background' })
    }
  }
}
