import { z } from 'zod'
import { settingRows } from '../../shared/release/gates/gate-table.ts'
import type { Setting } from '../../shared/release/gates/setting.ts'

/** With `since` and `attempt`: an intent, journaled before its write. */
const tried = z.object({ count: z.number(), since: z.number(), message: z.string() })
const intent = { attempt: z.number(), since: z.number(), tried: tried.optional() }
/** What was there when our patch was answered, and what is compared with it. */
const patched = { generation: z.number(), digest: z.string() }
/** Optional: of builds that counted restarts by pod. */
const restarts = z
  .object({ before: z.record(z.string(), z.number()), since: z.record(z.string(), z.number()) })
  .optional()
const forgives = z.looseObject({
  reason: z.string(),
  // Journals of before it was known which pods are meant: none, so that a failure is told at once.
  pods: z.array(z.string()).default([]),
  until: z.number(),
})
const refusal = z.looseObject({
  kind: z.enum(['foreign', 'gone', 'paused', 'refused', 'given-up', 'unready']),
})

const phase = z.discriminatedUnion('kind', [
  z.looseObject({
    kind: z.literal('waiting'),
    generation: z.number().optional(),
    forgives: forgives.optional(),
  }),
  z.looseObject({ kind: z.literal('patching'), ...intent, restarts }),
  z.looseObject({
    kind: z.literal('rolling'),
    ...patched,
    since: z.number(),
    highWater: z.number(),
    progressAt: z.number(),
    restartsBefore: z.number(),
    restarts,
    deadlineTold: z.literal(true).optional(),
    forgives: forgives.optional(),
  }),
  z.looseObject({
    kind: z.literal('baking'),
    ...patched,
    since: z.number(),
    rolledSince: z.number(),
    restartsBefore: z.number(),
    restarts,
  }),
  z.looseObject({
    kind: z.literal('done'),
    ...patched,
    at: z.number(),
    rolledSince: z.number(),
    pods: z.number(),
    accepted: forgives.extend({ available: z.number() }).optional(),
  }),
  z.looseObject({ kind: z.literal('skipped'), touched: z.boolean() }),
  z.looseObject({ kind: z.literal('returning'), ...intent }),
  z.looseObject({
    kind: z.literal('rolling-back'),
    since: z.number(),
    generation: z.number(),
    forgives: forgives.optional(),
  }),
  z.looseObject({ kind: z.literal('returned'), at: z.number() }),
  z.looseObject({ kind: z.literal('stuck'), why: refusal, at: z.number() }),
])

const baseline = z.looseObject({
  template: z.record(z.string(), z.unknown()),
  templateDigest: z.string(),
  replicas: z.number(),
  images: z.record(z.string(), z.string()),
})

const freeze = z.looseObject({
  wish: z.enum(['freeze', 'thaw']),
  sent: z.boolean(),
  tried: tried.optional(),
  stuck: refusal.optional(),
})

const mark = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('images'),
    images: z.array(z.object({ container: z.string(), image: z.string() })),
  }),
  z.object({ kind: z.literal('restart'), at: z.number() }),
  z.object({ kind: z.literal('template'), digest: z.string() }),
])

const hold = z.looseObject({
  kind: z.enum([
    'pods',
    'restarts',
    'gate',
    'deadline',
    'regressed',
    'foreign',
    'gone',
    'batch-paused',
    'refused',
    'given-up',
    'service-gone',
    'unselected',
  ]),
  batch: z.string(),
})

const state = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('running') }),
  z.looseObject({ kind: z.literal('paused'), since: z.number(), by: z.string() }),
  z.looseObject({ kind: z.literal('held'), since: z.number(), hold }),
  z.looseObject({
    kind: z.literal('rolling-back'),
    since: z.number(),
    by: z.string(),
    mode: z.enum(['at-once', 'batch-by-batch']),
    batches: z.array(z.string()),
    then: z.enum(['end', 'hold']),
  }),
  z.looseObject({
    kind: z.literal('ended'),
    at: z.number(),
    outcome: z.enum(['done', 'stopped', 'rolled-back', 'rolled-back-in-part', 'superseded']),
  }),
])

/**
 * A journal of before there was a gate is read as if its usual value stood there. One of a later Tranche that asks for
 * something we do not know can't be read: its release would go on without that gate.
 */
const gates = z
  .object(Object.fromEntries(settingRows.map(([name, setting]) => [name, orUsual(setting)])))
  .catchall(z.union([z.literal(0), z.literal(false)]))

function orUsual({ kind, usual }: Setting): z.ZodType {
  return kind === 'flag' ? z.boolean().default(usual) : z.number().default(usual)
}

/** A release as its journal holds it. What is not optional in `Release` is asked for here: nothing else is relied on. */
export const journalSchema = z.looseObject({
  schema: z.literal([1, 2]),
  id: z.string(),
  service: z.object({ namespace: z.string(), name: z.string(), uid: z.string() }),
  startedAt: z.number(),
  startedBy: z.string(),
  change: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('image'),
      /** Journals of schema 1: container -> reference, the same for all batches. */
      images: z.record(z.string(), z.string()).optional(),
    }),
    z.object({ kind: z.literal('restart'), at: z.number() }),
    z.object({ kind: z.literal('template') }),
    z.object({ kind: z.literal('restore'), at: z.number().optional() }),
    z.object({ kind: z.literal('none') }),
  ]),
  plan: z.object({
    steps: z.array(z.object({ batch: z.string(), gates })),
    batchLimitSeconds: z.number(),
    onFailure: z.enum(['pause', 'roll-back-batch', 'roll-back-all', 'roll-back-batch-by-batch']),
  }),
  resize: z
    .looseObject({
      targets: z.array(
        z.looseObject({
          batch: z.string(),
          from: z.number(),
          to: z.number(),
          asked: z.boolean().optional(),
          sent: z.boolean(),
          tried: tried.optional(),
          forgives: forgives.optional(),
        }),
      ),
      phase: z.enum(['growing', 'shrinking', 'done']),
    })
    .optional(),
  /** Journals of before each batch had its own. */
  frozen: freeze.extend({ batch: z.string() }).optional(),
  batches: z.array(
    z.looseObject({
      uid: z.string(),
      name: z.string(),
      number: z.number(),
      baseline,
      start: baseline.optional(),
      late: z.array(mark).optional(),
      startsFrom: z.string(),
      target: z.looseObject({ template: z.record(z.string(), z.unknown()), digest: z.string() }).optional(),
      images: z.array(z.object({ container: z.string(), image: z.string() })).optional(),
      replicas: z.number(),
      freeze: freeze.optional(),
      phase,
      inDoubt: z
        .looseObject({ since: z.number(), tried: tried.optional(), left: refusal.optional() })
        .optional(),
    }),
  ),
  approved: z.array(z.number()),
  state,
  log: z.array(z.looseObject({ at: z.number(), what: z.string() })),
  version: z.number().optional(),
})
