import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Release } from '../../shared/release/release.ts'

/** All annotations of an object together may take 256 KiB; far below it a journal is still a good neighbour. */
export const journalLimit = 200 * 1024

const phase = z.looseObject({
  kind: z.enum([
    'waiting',
    'patching',
    'rolling',
    'baking',
    'done',
    'skipped',
    'returning',
    'rolling-back',
    'returned',
    'stuck',
  ]),
})
const gates = z.object({
  tolerance: z.number(),
  bakeSeconds: z.number(),
  restartsAllowed: z.number(),
  approval: z.boolean(),
  waitForEnding: z.boolean(),
})
const schema = z.looseObject({
  schema: z.literal(1),
  id: z.string(),
  service: z.object({ namespace: z.string(), name: z.string(), uid: z.string() }),
  startedAt: z.number(),
  startedBy: z.string(),
  change: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('image'), images: z.record(z.string(), z.string()) }),
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
  batches: z.array(
    z.looseObject({
      uid: z.string(),
      name: z.string(),
      number: z.number(),
      baseline: z.looseObject({ template: z.record(z.string(), z.unknown()), templateDigest: z.string() }),
      startsFrom: z.string(),
      replicas: z.number(),
      phase,
    }),
  ),
  approved: z.array(z.number()),
  state: z.looseObject({ kind: z.enum(['running', 'paused', 'held', 'rolling-back', 'ended']) }),
  log: z.array(z.looseObject({ at: z.number(), what: z.string() })),
})

const newer = z.looseObject({ schema: z.number().min(2) })

/** gzip + base64: whole pod templates go into one annotation. */
export function encodeRelease(release: Release): Reply<string> {
  const text = gzipSync(JSON.stringify(release)).toString('base64')
  if (text.length > journalLimit) {
    return failed(
      'invalid-input',
      `The journal of this release would take ${text.length} bytes: too many batches.`,
    )
  }
  return ok(text)
}

/** A journal that can't be read is never guessed at. `not-supported`: a newer Tranche can read it. */
export function decodeRelease(text: string): Reply<Release> {
  try {
    const found: unknown = JSON.parse(gunzipSync(Buffer.from(text, 'base64')).toString('utf8'))
    if (newer.safeParse(found).success) {
      return failed('not-supported', 'The journal of the last release was written by a newer Tranche.')
    }
    const parsed = schema.safeParse(found)
    if (!parsed.success) return failed('bad-answer', 'The journal of the last release is not readable.')
    // The schema pins what decides about writes; the rest of the shape is ours since we wrote it.
    return ok(parsed.data as unknown as Release)
  } catch {
    return failed('bad-answer', 'The journal of the last release is not readable.')
  }
}
