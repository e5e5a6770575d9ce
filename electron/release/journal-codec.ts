import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { failed, faultOf, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { Release } from '../../shared/release/release.ts'
import { withRenewedDigests } from '../../shared/release/settle/renewed-digests.ts'
import { condensed, condensings } from './condensed.ts'
import { journalSchema } from './journal-schema.ts'
import { upgradeJournal } from './upgrade-journal.ts'

/** What an API server takes: all annotations of an object together, names and values. One byte more is refused. */
const annotationsLimit = 256 * 1024
/** Left for the annotation's own name, for what somebody asks of the holder, and for the annotations of others. */
export const journalLimit = annotationsLimit - 4 * 1024
/** A record grows while its release runs. What is between the two is the reserve in which its way back can always be written. */
export const startLimit = 200 * 1024

/** Many times what templates and sentences of the largest record come to. */
const unpackedLimit = 16 * 1024 * 1024

/** Why a release can't begin: its record would not fit, and what makes it smaller. */
export function tooLarge(release: Release, limit = startLimit): Fault | undefined {
  const bytes = journalBytes(release)
  if (bytes <= limit) return undefined
  const takes = Math.ceil(bytes / 1024)
  const may = Math.ceil(limit / 1024)
  return faultOf('invalid-input', { kind: 'journal-too-large', takes, may })
}

export function journalBytes(release: Release): number {
  return packed(release).length
}

function packed(release: Release): string {
  return gzipSync(JSON.stringify(release)).toString('base64')
}

const newer = z.looseObject({ schema: z.number().min(3) })

/**
 * gzip + base64: whole pod templates go into one annotation. What a release tells about itself gives way to what it needs
 * to go on and to go back: however much has happened, the next entry can be written.
 */
export function encodeRelease(release: Release): Reply<string> {
  const text = packed(release)
  if (text.length <= journalLimit) return ok(text)
  for (const condensing of condensings) {
    const fewer = packed(condensed(release, condensing))
    if (fewer.length <= journalLimit) return ok(fewer)
  }
  const fault = tooLarge(release, journalLimit)
  return fault === undefined ? ok(text) : { ok: false, fault }
}

/** What a few KiB unzip to has no limit of its own: they may be a thousand times as many zeros. */
function unpacked(text: string): string {
  return gunzipSync(Buffer.from(text, 'base64'), { maxOutputLength: unpackedLimit }).toString('utf8')
}

/** A journal that can't be read is never guessed at. `not-supported`: a newer Tranche can read it. */
export function decodeRelease(text: string): Reply<Release> {
  try {
    const found: unknown = JSON.parse(unpacked(text))
    if (newer.safeParse(found).success) {
      return failed('not-supported', { kind: 'journal-of-newer' })
    }
    const parsed = journalSchema.safeParse(found)
    if (!parsed.success) return failed('bad-answer', { kind: 'journal-broken' })
    // The schema pins what is read without asking whether it is there; the rest of the shape is ours since we wrote it.
    return ok(withRenewedDigests(upgradeJournal(parsed.data) as unknown as Release))
  } catch {
    return failed('bad-answer', { kind: 'journal-broken' })
  }
}
