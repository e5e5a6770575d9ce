import { assertNever } from '../../assert-never.ts'
import type { Json, JsonObject } from '../../k8s/json.ts'
import { hasTemplate, restartAnnotation } from '../../k8s/template-digest.ts'
import type { Batch } from '../../model/batch-set.ts'
import type { Mark, Release, ReleaseBatch } from '../release.ts'
import { runsImages } from './template-images.ts'

export type Marked = Pick<Batch, 'template' | 'templateDigest' | 'containers'>

/** What a release writes to a batch, as far as it is known by what the change is about. */
export function markOf({ change }: Pick<Release, 'change'>, own: ReleaseBatch): Mark | undefined {
  switch (change.kind) {
    case 'image':
      // A batch for which the release has no image, since it takes no part, gets nothing of it.
      return own.images === undefined ? undefined : { kind: 'images', images: own.images }
    case 'restart':
      return { kind: 'restart', at: change.at }
    case 'template':
    case 'restore':
      return own.target === undefined ? undefined : { kind: 'template', digest: own.target.digest }
    case 'none':
      return undefined
    default:
      return assertNever(change)
  }
}

/** Judged by what the change is about alone: a webhook may have added a sidecar on the way. */
export function hasMark(found: Marked, mark: Mark): boolean {
  switch (mark.kind) {
    case 'images':
      return runsImages(found, mark.images)
    case 'restart':
      return restartOf(found.template) === restartTime(mark.at)
    case 'template':
      return hasTemplate(found, mark.digest)
    default:
      return assertNever(mark)
  }
}

export function hasOneOf(found: Marked, marks: readonly Mark[] = []): boolean {
  return marks.some((mark) => hasMark(found, mark))
}

/** As many releases as may have a write on its way to one batch at a time. */
const mostMarks = 6

/** What a release leaves behind for the one that takes its place: all that it, or one before it, may still write. */
export function marksLeft(past: Pick<Release, 'change'>, own: ReleaseBatch): readonly Mark[] {
  const { phase, late = [] } = own
  const isInMiddle = phase.kind === 'patching' || phase.kind === 'returning' || own.inDoubt !== undefined
  if (!isInMiddle) return late
  const home: Mark = { kind: 'template', digest: own.baseline.templateDigest }
  const forward = markOf(past, own)
  const isGoingBack = phase.kind === 'returning'
  const left = [...(isGoingBack ? [home] : []), ...(forward === undefined ? [] : [forward])]
  return [...late, ...left].slice(-mostMarks)
}

/** What of ours may be found at a batch although nobody was told: its own write in doubt, and those before it. */
export function marksInDoubt(release: Pick<Release, 'change'>, own: ReleaseBatch): readonly Mark[] {
  const forward = own.inDoubt === undefined ? undefined : markOf(release, own)
  return [...(own.late ?? []), ...(forward === undefined ? [] : [forward])]
}

export function restartTime(at: number): string {
  return new Date(at).toISOString()
}

function restartOf(template: JsonObject): Json | undefined {
  return objectAt(objectAt(template, 'metadata'), 'annotations')[restartAnnotation]
}

export function objectAt(value: JsonObject, key: string): JsonObject {
  const found = value[key]
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as JsonObject) : {}
}
