import type { JsonObject } from '../k8s/json.ts'
import { templateDigest } from '../k8s/template-digest.ts'
import { wantedTemplate } from '../release/change/change.ts'
import type { Release, ReleaseBatch } from '../release/release.ts'

/** Digest of what a release brought to a batch, if it ever did. The server's own word, where it gave one. */
export function forwardDigest(release: Release, own: ReleaseBatch): string | undefined {
  if (release.change.kind === 'none') return undefined
  const { phase } = own
  // On its way back, the digest of the phase is that of where it goes.
  if (phase.kind === 'rolling' || phase.kind === 'baking' || phase.kind === 'done') return phase.digest
  return own.target?.digest ?? templateDigest(wantedTemplate(release, own))
}

/** Whole templates that the record of a release still has of a batch. */
export function templatesOf(
  release: Release,
  own: ReleaseBatch,
): readonly { readonly digest: string; readonly template: JsonObject }[] {
  const baseline = { digest: own.baseline.templateDigest, template: own.baseline.template }
  const { start } = own
  const before =
    start === undefined ? [baseline] : [{ digest: start.templateDigest, template: start.template }, baseline]
  if (!wasTouched(release, own)) return before
  const template = wantedTemplate(release, own)
  const digest = forwardDigest(release, own)
  // A webhook may have added to what was sent: what was sent is then not what ran.
  const exact = own.target !== undefined || digest === templateDigest(template)
  return digest === undefined || !exact ? before : [{ digest, template }, ...before]
}

function wasTouched(release: Release, own: ReleaseBatch): boolean {
  if (own.phase.kind === 'skipped') return own.phase.touched
  return release.log.some(
    (event) => event.batch === own.uid && (event.what === 'batch-started' || event.what === 'batch-returned'),
  )
}

export function findTemplate(
  releases: readonly Release[],
  batch: { readonly uid: string; readonly name: string },
  digest: string,
): JsonObject | undefined {
  for (const release of releases) {
    for (const own of release.batches) {
      // A Deployment that was deleted and created anew is still the batch of this name.
      if (own.uid !== batch.uid && own.name !== batch.name) continue
      const found = templatesOf(release, own).find((one) => one.digest === digest)
      if (found !== undefined) return found.template
    }
  }
  return undefined
}
