import { findBatch, type Observed } from './observed.ts'
import { foreign } from './progress.ts'
import type { Effect, Release, Resize } from './release.ts'
import { held, logged, type Decision } from './transitions.ts'

type Target = Resize['targets'][number]

/**
 * First everything grows and becomes available, then everything else shrinks: capacity never falls below the
 * smaller of before and after. One batch a decision.
 */
export function decideResize(
  release: Release,
  resize: Resize,
  { observed, now }: { readonly observed: Observed; readonly now: number },
): Decision {
  const growing = resize.phase === 'growing'
  const mine = resize.targets.filter((target) =>
    growing ? target.to > target.from : target.to < target.from,
  )
  for (const target of mine) {
    const batch = findBatch(observed, target.batch)
    if (batch === undefined) return { release, effects: [] }
    if (batch.desired === target.to) continue
    if (target.sent) {
      // Confirmed by the server, so what we see is older than our write, or somebody has changed it since.
      if (batch.desired === target.from) return { release, effects: [] }
      return { release: held(release, foreign(batch), now), effects: [] }
    }
    if (batch.desired !== target.from) return { release: held(release, foreign(batch), now), effects: [] }
    if (target.retryAt !== undefined && now < target.retryAt)
      return { release, effects: [], wakeAt: target.retryAt }
    return { release, effects: [setReplicas(release, target, batch.name)] }
  }
  const reached = mine.every((target) => hasReached(target, observed))
  if (!reached) return { release, effects: [] }
  if (growing) return decideResize(...stepped(release, { ...resize, phase: 'shrinking' }, { observed, now }))
  const done = { ...release, resize: { ...resize, phase: 'done' as const } }
  return { release: logged(done, { at: now, what: 'resized' }), effects: [], wakeAt: now }
}

function stepped(
  release: Release,
  resize: Resize,
  seen: { readonly observed: Observed; readonly now: number },
): Parameters<typeof decideResize> {
  return [{ ...release, resize }, resize, seen]
}

function hasReached(target: Target, observed: Observed): boolean {
  const batch = findBatch(observed, target.batch)
  if (batch === undefined || batch.observedGeneration < batch.generation) return false
  if (target.to > target.from)
    return batch.available >= target.to && batch.servingNew + batch.servingOld >= target.to
  return batch.total === target.to
}

function setReplicas(release: Release, target: Target, name: string): Effect {
  return {
    kind: 'set-replicas',
    id: `${release.id}/${name}/size`,
    batch: target.batch,
    name,
    from: target.from,
    to: target.to,
  }
}
