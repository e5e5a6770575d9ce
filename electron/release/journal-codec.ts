import { gunzipSync, gzipSync } from 'node:zlib'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Release } from '../../shared/release/release.ts'
import { withRenewedDigests } from '../../shared/release/renewed-digests.ts'
import { journalSchema } from './journal-schema.ts'
import { upgradeJournal } from './upgrade-journal.ts'

/** All annotations of an object together may take 256 KiB; far below it a journal is still a good neighbour. */
export const journalLimit = 200 * 1024

const newer = z.looseObject({ schema: z.number().min(3) })

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
    const parsed = journalSchema.safeParse(found)
    if (!parsed.success) return failed('bad-answer', 'The journal of the last release is not readable.')
    // The schema pins what is read without asking whether it is there; the rest of the shape is ours since we wrote it.
    return ok(withRenewedDigests(upgradeJournal(parsed.data) as unknown as Release))
  } catch {
    return failed('bad-answer', 'The journal of the last release is not readable.')
  }
}
