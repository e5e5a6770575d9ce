import { failed, ok, type Reply } from '../fault.ts'
import type { ReleaseId, Uid } from '../ids.ts'
import { parseImage } from '../k8s/image.ts'
import type { Batch, BatchSet } from '../model/batch-set.ts'
import { planFor, defaultGates, type Gates } from './plan.ts'
import type { Release, ReleaseBatch, Resize } from './release.ts'
import { imagesOf } from './template-images.ts'

export type StartInput = {
  readonly id: ReleaseId
  readonly by: string
  readonly now: number
  readonly images: Readonly<Record<string, string>>
  readonly sizes: readonly { readonly batch: Uid; readonly from: number; readonly to: number }[]
  readonly gates: readonly { readonly batch: Uid; readonly gates: Gates }[]
}

/** A release over all batches of a set, with what each runs now as its baseline. Nothing is written yet. */
export function newRelease(set: BatchSet, input: StartInput): Reply<Release> {
  const targets = input.sizes.filter((size) => size.to !== size.from)
  const changes = Object.keys(input.images).length > 0
  if (!changes && targets.length === 0)
    return failed('invalid-input', 'Nothing would change: no image and no size.')
  for (const size of targets) {
    const batch = set.batches.find((one) => one.uid === size.batch)
    if (batch === undefined) return failed('conflict', 'One of these batches is gone. Look again.')
    if (batch.desired !== size.from) {
      return failed(
        'conflict',
        `${batch.name} has ${batch.desired} pods by now, not ${size.from}. Look again.`,
      )
    }
  }
  for (const [container, image] of Object.entries(input.images)) {
    const parsed = parseImage(image)
    if (!parsed.ok) return parsed
    const without = set.batches.find((batch) => !batch.containers.some((one) => one.name === container))
    if (without !== undefined)
      return failed('invalid-input', `${without.name} has no container ${container}.`)
  }
  const plan = planFor(
    set.batches.map((batch) => batch.uid),
    defaultGates,
  )
  const resize: Resize = { phase: 'growing', targets: targets.map((target) => ({ ...target, sent: false })) }
  return ok({
    schema: 1,
    id: input.id,
    service: {
      namespace: set.service.meta.namespace,
      name: set.service.meta.name,
      uid: set.service.meta.uid,
    },
    startedAt: input.now,
    startedBy: input.by,
    change: changes ? { kind: 'image', images: input.images } : { kind: 'none' },
    plan: {
      ...plan,
      steps: plan.steps.map((step) => ({
        ...step,
        gates: input.gates.find((one) => one.batch === step.batch)?.gates ?? step.gates,
      })),
    },
    ...(targets.length > 0 && { resize }),
    batches: set.batches.map((batch) => ownBatch(batch)),
    approved: [],
    state: { kind: 'running' },
    log: [{ at: input.now, what: 'started', by: input.by }],
  })
}

function ownBatch(batch: Batch): ReleaseBatch {
  return {
    uid: batch.uid,
    name: batch.name,
    number: batch.number,
    baseline: {
      template: batch.template,
      templateDigest: batch.templateDigest,
      replicas: batch.desired,
      images: imagesOf(batch),
      ...(batch.newReplicaSet !== undefined && {
        replicaSet: batch.newReplicaSet.uid,
        revision: batch.newReplicaSet.revision,
      }),
    },
    phase: { kind: 'waiting' },
  }
}
