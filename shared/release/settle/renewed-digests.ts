import { earlierTemplateDigest } from '../../k8s/earlier-template-digest.ts'
import type { JsonObject } from '../../k8s/json.ts'
import { isOfThisBuild, templateDigest } from '../../k8s/template-digest.ts'
import { homeOf, wantedTemplate } from '../change/change.ts'
import type { BatchPhase, Release, ReleaseBatch } from '../release.ts'
import { startOf } from '../start/start-of.ts'

/**
 * A release whose journal was written by an earlier build, with digests as this build makes them, wherever the journal
 * has the template. What a webhook made of one stays as it was written: `hasTemplate` compares it by the rule of then.
 */
export function withRenewedDigests(release: Release): Release {
  if (release.batches.every((own) => isOfThisBuild(own.baseline.templateDigest))) return release
  return { ...release, batches: release.batches.map((own) => renewed(release, own)) }
}

function renewed(release: Release, own: ReleaseBatch): ReleaseBatch {
  const { baseline, start, target } = own
  const forward = wantedTemplate(release, own)
  const home = homeOf(release, own).template
  // Two templates may have had one digest: what the place is about comes first.
  const starts = renewal([baseline.template, startOf(own).template, forward])
  const goes = renewal([forward, baseline.template])
  const returns = renewal([home, baseline.template, startOf(own).template, forward])
  return {
    ...own,
    baseline: { ...baseline, templateDigest: templateDigest(baseline.template) },
    ...(start !== undefined && { start: { ...start, templateDigest: templateDigest(start.template) } }),
    startsFrom: starts(own.startsFrom),
    ...(target !== undefined && { target: { ...target, digest: templateDigest(target.template) } }),
    phase: renewedPhase(own.phase, { goes, returns }),
  }
}

type Renewal = (digest: string) => string

function renewal(templates: readonly JsonObject[]): Renewal {
  const known = templates.map((template) => [earlierTemplateDigest(template), template] as const)
  return (digest) => {
    const found = known.find(([earlier]) => earlier === digest)
    return found === undefined ? digest : templateDigest(found[1])
  }
}

function renewedPhase(
  phase: BatchPhase,
  { goes, returns }: { readonly goes: Renewal; readonly returns: Renewal },
): BatchPhase {
  switch (phase.kind) {
    case 'rolling':
    case 'baking':
    case 'done':
      return { ...phase, digest: goes(phase.digest) }
    case 'rolling-back':
    case 'returned':
      return phase.digest === undefined ? phase : { ...phase, digest: returns(phase.digest) }
    case 'patching':
      return phase.over === undefined ? phase : { ...phase, over: goes(phase.over) }
    case 'returning':
      return phase.over === undefined ? phase : { ...phase, over: phase.over.map(goes) }
    case 'waiting':
    case 'skipped':
    case 'stuck':
      return phase
  }
}
