import { pipeline, type Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../../shared/fault.ts'

/** How an answer is packed. Only gzip is ever asked for; something in between may pack what the server has not. */
export type Packing = 'plain' | 'gzip'

export function packingOf({ headers }: Pick<Dispatcher.ResponseData, 'headers'>): Reply<Packing> {
  const said = headers['content-encoding'] ?? ''
  const name = (Array.isArray(said) ? said.join(', ') : said).trim().toLowerCase()
  if (name === '' || name === 'identity') return ok('plain')
  if (name === 'gzip' || name === 'x-gzip') return ok('gzip')
  return failed('bad-answer', { kind: 'answer-packed', packing: name.slice(0, 40) })
}

/** Nobody reads it: its connection ends, and says so to nobody. */
export function discard(body: Readable): void {
  body.on('error', () => undefined).destroy()
}

/** Piece by piece, as it comes: whoever waits for its end, as with an answer, never sees anything of a watch. */
export function unpacked(body: Readable, packing: Packing): AsyncIterable<Uint8Array> {
  if (packing === 'plain') return body
  // A watch that is cut off has no end of its gzip: what came until then counts.
  const gunzip = createGunzip({ flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH })
  // What goes wrong in one of them ends the other, and is thrown where it is read.
  pipeline(body, gunzip, () => undefined)
  return gunzip
}
