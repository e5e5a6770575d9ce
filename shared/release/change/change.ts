import { assertNever } from '../../assert-never.ts'
import type { JsonObject } from '../../k8s/json.ts'
import { hasTemplate, restartAnnotation, templateDigest } from '../../k8s/template-digest.ts'
import type { Batch } from '../../model/batch-set.ts'
import type { Effect, Mark, Release, ReleaseBatch, TemplateTarget } from '../release.ts'
import { hasMark, markOf, marksInDoubt, objectAt, restartTime } from './mark.ts'
import { setImages } from './set-images.ts'
import { startOf, untilItsTurn } from '../start/start-of.ts'
import { withImages } from './with-images.ts'

type Of = Pick<Release, 'change'>

/** The pod template that a release brings to a batch. */
export function wantedTemplate({ change }: Of, own: ReleaseBatch): JsonObject {
  const { template } = startOf(own)
  switch (change.kind) {
    case 'image':
      return withImages(template, own.images ?? [])
    case 'restart':
      return withRestart(template, restartTime(change.at))
    case 'template':
    case 'restore':
      return own.target?.template ?? template
    case 'none':
      return template
    default:
      return assertNever(change)
  }
}

/** Whether the Deployment already says what the release wants. Judged by what the change is about alone: a webhook
 * may have added a sidecar on the way, and that must not look like a change that was never made. */
export function isAtTarget(release: Of, own: ReleaseBatch, batch: Pick<Batch, TemplateField>): boolean {
  if (own.phase.kind === 'patching' && own.phase.over !== undefined) {
    return hasTemplate(batch, templateDigest(wantedTemplate(release, own)))
  }
  const mark = markOf(release, own)
  return mark !== undefined && hasMark(batch, mark)
}
type TemplateField = 'template' | 'templateDigest' | 'containers'

/** Where a batch goes that goes back: to its baseline, or, put back while its release goes on, to what it had. */
export function homeOf({ change }: Of, own: ReleaseBatch): TemplateTarget {
  if ('to' in own.phase) return untilItsTurn(own)
  const baseline = { template: own.baseline.template, digest: own.baseline.templateDigest }
  return change.kind === 'restore' ? (own.target ?? baseline) : baseline
}

/** The write that brings one batch forward. Also what a preflight tries with dryRun. */
export function forwardEffect(
  release: Release,
  own: ReleaseBatch,
  { batch, attempt }: { readonly batch: Batch; readonly attempt: number },
): Effect {
  const over = own.phase.kind === 'patching' ? own.phase.over : undefined
  // Taken back to something else than it began from: what the release builds on is then part of what it brings.
  const isAtStart = hasTemplate(startOf(own), own.startsFrom)
  if (release.change.kind === 'image' && over === undefined && isAtStart)
    return setImages(release, own, { batch, attempt })
  const template = wantedTemplate(release, own)
  return {
    kind: 'set-template',
    way: 'forward',
    id: `${release.id}/${own.number}/forward/${attempt}`,
    batch: own.uid,
    name: own.name,
    template,
    templateDigest: own.target?.digest ?? templateDigest(template),
    ...oursOf(release, own),
    replaceable: [own.startsFrom, own.baseline.templateDigest, ...(over === undefined ? [] : [over])],
    unpause: false,
    cause: `tranche: release ${release.id} ${causeOf(release, own)}`,
  }
}

/** What a write may find of ours besides: a late write of our own, or of a release before. */
export function oursOf(release: Of, own: ReleaseBatch): { readonly ours?: readonly Mark[] } {
  const ours = marksInDoubt(release, own)
  return ours.length === 0 ? {} : { ours }
}

function causeOf({ change }: Of, { images = [] }: ReleaseBatch): string {
  switch (change.kind) {
    case 'image':
      return `sets ${images.map(({ image }) => image).join(', ')}`
    case 'restart':
      return 'restarts'
    case 'template':
      return 'sets another template'
    case 'restore':
    case 'none':
      return 'goes back'
    default:
      return assertNever(change)
  }
}

function withRestart(template: JsonObject, time: string): JsonObject {
  const metadata = objectAt(template, 'metadata')
  const annotations = { ...objectAt(metadata, 'annotations'), [restartAnnotation]: time }
  return { ...template, metadata: { ...metadata, annotations } }
}
