import { templateDigest } from '../../shared/k8s/template-digest.ts'
import { uid } from '../../shared/ids.ts'
import type { Batch } from '../../shared/model/batch-set.ts'
import type { Effect, EffectResult } from '../../shared/release/release.ts'
import { hasOneOf } from '../../shared/release/change/mark.ts'
import { withImages } from '../../shared/release/change/with-images.ts'
import { buildBatch, buildTemplate } from './build-batch.ts'
import { buildPod } from './build-pod.ts'

/**
 * Batches that roll as Deployments do (a generation a write, waves of pods, a deadline) and nothing more: enough to
 * drive the engine through long histories. It counts the writes that really changed a template, which is what must
 * not happen twice.
 */
export type ToyCluster = {
  batches(): readonly Batch[]
  apply(effect: Effect): EffectResult
  /** One step of every controller: a wave of pods gets updated and ready. */
  progress(): void
  spoil(number: number, reason: string): void
  heal(number: number): void
  restartPods(number: number): void
  setImage(number: number, image: string): void
  /** Somebody else wants another size. */
  scale(number: number, pods: number): void
  /** So many of its pods are gone for now. */
  losePods(number: number, lost: number): void
  /** Somebody else sets spec.paused. */
  pauseIt(number: number): void
  /** Somebody else clears spec.paused. */
  unpauseIt(number: number): void
  /** Only an annotation changes: the generation moves, and nothing else. */
  touch(number: number): void
  /** Deleted and created again: the same name, another uid. */
  recreate(number: number): void
  remove(number: number): void
  /** The Service selects it no longer, or again. */
  select(number: number, isSelected: boolean): void
  /** The same once more, from here on by itself. */
  fork(): ToyCluster
  readonly forwardWrites: Map<string, number>
}

type ToyState = { readonly batches: readonly Batch[]; readonly broken: ReadonlyMap<number, string> }

function touched(batch: Batch): Batch {
  return { ...batch, generation: batch.generation + 1 }
}

export function createToyCluster(sizes: readonly number[]): ToyCluster {
  const batches = sizes.map((desired, index) => buildBatch(index + 1, { desired }))
  return toyCluster({ batches, broken: new Map() })
}

function toyCluster(start: ToyState): ToyCluster {
  let { batches } = start
  const broken = new Map(start.broken)
  const forwardWrites = new Map<string, number>()

  function change(number: number, update: (batch: Batch) => Batch): void {
    batches = batches.map((batch) => (batch.number === number ? update(batch) : batch))
  }

  function withTemplate(batch: Batch, template: Batch['template'], image: string): Batch {
    return {
      ...batch,
      template,
      templateDigest: templateDigest(template),
      containers: batch.containers.map((container) => ({ ...container, image })),
      generation: batch.generation + 1,
      updated: 0,
      old: batch.total,
      servingNew: 0,
      servingOld: batch.available,
      restarts: 0,
      pods: batch.pods.map((pod) => ({ ...pod, isNew: false })),
      newReplicaSet: { uid: uid(`rs-${batch.number}-${image}`), name: 'rs', revision: batch.generation + 1 },
    }
  }

  function apply(effect: Effect): EffectResult {
    const batch = batches.find((one) => one.uid === effect.batch)
    const result = write(effect)
    // As wanted is not enough: the generation moves all the same.
    const isStill = batches.find((one) => one.uid === effect.batch)?.generation === batch?.generation
    if (result.kind !== 'done' || effect.inDoubt !== true || batch === undefined || !isStill) return result
    change(batch.number, touched)
    return done(effect.batch)
  }

  function write(effect: Effect): EffectResult {
    const batch = batches.find((one) => one.uid === effect.batch)
    if (batch === undefined) return { kind: 'gone' }
    switch (effect.kind) {
      case 'see-out':
        change(batch.number, touched)
        break
      case 'set-images': {
        const image = effect.images[0]
        if (image === undefined) return { kind: 'refused', message: 'nothing to change' }
        const live = batch.containers[0]?.image
        if (live === image.to) return done(batch.uid)
        if (live !== image.from && hasOneOf(batch, effect.ours))
          return { kind: 'unknown', message: '', moved: true }
        if (live !== image.from) return { kind: 'foreign', manager: 'somebody', at: 1 }
        if (batch.generation !== effect.generation) return { kind: 'unknown', message: 'moved' }
        forwardWrites.set(batch.uid, (forwardWrites.get(batch.uid) ?? 0) + 1)
        change(batch.number, (one) =>
          withTemplate(
            one,
            withImages(one.template, [{ container: image.container, image: image.to }]),
            image.to,
          ),
        )
        break
      }
      case 'set-template': {
        if (batch.templateDigest === effect.templateDigest && !(effect.unpause && batch.paused))
          return done(batch.uid)
        if (!effect.replaceable.includes(batch.templateDigest) && !hasOneOf(batch, effect.ours))
          return { kind: 'foreign', manager: 'somebody', at: 1 }
        if (effect.way === 'forward') forwardWrites.set(batch.uid, (forwardWrites.get(batch.uid) ?? 0) + 1)
        if (effect.unpause) change(batch.number, (one) => ({ ...one, paused: false }))
        const image = JSON.stringify(effect.template).match(/"image":"([^"]+)"/)?.[1] ?? ''
        broken.delete(batch.number)
        change(batch.number, (one) => ({ ...withTemplate(one, effect.template, image) }))
        break
      }
      case 'set-replicas':
        if (batch.desired === effect.to) return done(batch.uid)
        if (batch.desired !== effect.from) return { kind: 'foreign', manager: 'somebody', at: 1 }
        change(batch.number, (one) => ({ ...one, desired: effect.to, generation: one.generation + 1 }))
        break
      case 'set-paused':
        if (batch.paused === effect.paused) return done(batch.uid)
        change(batch.number, (one) => ({ ...one, paused: effect.paused, generation: one.generation + 1 }))
        break
    }
    return done(effect.batch)
  }

  function done(uid: Batch['uid']): EffectResult {
    const batch = batches.find((one) => one.uid === uid)
    if (batch === undefined) return { kind: 'gone' }
    const { generation, templateDigest: digest, template, containers, desired } = batch
    return {
      kind: 'done',
      generation,
      digest,
      found: { template, templateDigest: digest, containers, replicas: desired },
    }
  }

  function wave(batch: Batch): Batch {
    const seen = { ...batch, observedGeneration: batch.generation }
    if (batch.paused) return scaledOnly(seen)
    const reason = broken.get(batch.number)
    if (reason !== undefined && (batch.old > 0 || batch.updated < batch.desired)) {
      const starting = Math.min(batch.strategy.surge, batch.desired)
      return {
        ...seen,
        updated: starting,
        total: batch.old + starting,
        trouble: { reason, message: reason, pod: `${batch.name}-x`, pods: starting, weight: 'final' },
      }
    }
    const updated = Math.min(batch.desired, batch.updated + Math.max(4, batch.strategy.surge))
    const old = Math.max(0, batch.desired - updated)
    const { trouble: _healed, ...whole } = seen
    return {
      ...whole,
      updated,
      old,
      total: updated + old,
      ready: updated + old,
      available: updated + old,
      servingNew: whole.unselected === true ? 0 : updated,
      servingOld: whole.unselected === true ? 0 : old,
    }
  }

  /** As the controllers: while paused they scale what is there and bring back what is lost, and replace nothing. */
  function scaledOnly(batch: Batch): Batch {
    const old = Math.min(batch.old, batch.desired)
    const updated = batch.desired - old
    const whole = { total: batch.desired, ready: batch.desired, available: batch.desired }
    return { ...batch, ...whole, updated, old, servingNew: updated, servingOld: old }
  }

  return {
    batches: () => batches,
    apply,
    progress() {
      batches = batches.map(wave)
    },
    spoil: (number, reason) => broken.set(number, reason),
    heal(number) {
      broken.delete(number)
    },
    restartPods: (number) =>
      change(number, (one) => {
        const name = `${one.name}-${one.newReplicaSet?.uid ?? ''}-restarting`
        const before = one.pods.find((pod) => pod.name === name)
        const pod = buildPod(name, { ...before, restarts: (before?.restarts ?? 0) + 1 })
        return {
          ...one,
          restarts: one.restarts + 1,
          pods: [...one.pods.filter((one) => one !== before), pod],
        }
      }),
    setImage: (number, image) =>
      change(number, (one) => ({
        ...withTemplate(one, buildTemplate(image), image),
        writers: [{ field: 'image', manager: 'kubectl-set', at: 9 }],
      })),
    scale: (number, pods) =>
      change(number, (one) => ({
        ...one,
        desired: pods,
        generation: one.generation + 1,
        writers: [...one.writers, { field: 'replicas', manager: 'kubectl-scale', at: 9 }],
      })),
    losePods: (number, lost) => change(number, (one) => ({ ...one, available: one.desired - lost })),
    pauseIt: (number) =>
      change(number, (one) =>
        one.paused
          ? one
          : {
              ...one,
              paused: true,
              generation: one.generation + 1,
              writers: [...one.writers, { field: 'paused', manager: 'kubectl-rollout', at: 9 }],
            },
      ),
    unpauseIt: (number) =>
      change(number, (one) => (one.paused ? { ...one, paused: false, generation: one.generation + 1 } : one)),
    touch: (number) => change(number, touched),
    recreate: (number) =>
      change(number, (one) => ({
        ...buildBatch(number, { desired: one.desired }),
        uid: uid(`${one.uid}-again`),
      })),
    remove(number) {
      batches = batches.filter((batch) => batch.number !== number)
    },
    select: (number, isSelected) =>
      change(number, ({ unselected: _, ...one }) => (isSelected ? one : { ...one, unselected: true })),
    fork: () => toyCluster({ batches, broken }),
    forwardWrites,
  }
}
