import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import { discard, packingOf } from './packing.ts'

const unzip = promisify(gunzip)

/**
 * The text of an answer, as long as it stays within its limit. `keepEnd`: of one that is too long the end is kept, which
 * is what matters of a log.
 */
export async function readBody(
  { body, headers }: Pick<Dispatcher.ResponseData, 'body' | 'headers'>,
  { atMost, keepEnd }: { readonly atMost: number; readonly keepEnd: boolean },
): Promise<Reply<string>> {
  const packing = packingOf({ headers })
  if (!packing.ok) {
    discard(body)
    return packing
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk)
    length += chunk.length
    if (length <= atMost) continue
    // Leaving the loop ends the connection: nobody reads on.
    if (!keepEnd) return tooLong(atMost)
    for (let first = chunks[0]; first !== undefined && length - first.length >= atMost; first = chunks[0]) {
      length -= first.length
      chunks.shift()
    }
  }
  const bytes = Buffer.concat(chunks)
  if (packing.value === 'plain') return ok(bytes.toString('utf8'))
  try {
    return ok((await unzip(bytes, { maxOutputLength: atMost })).toString('utf8'))
  } catch (error) {
    const isLong = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
    return isLong ? tooLong(atMost) : failed('bad-answer', 'The answer is not the gzip that it says it is.')
  }
}

function tooLong(atMost: number): Reply<never> {
  return failed('bad-answer', `The answer is longer than ${Math.round(atMost / 1024 / 1024)} MiB.`)
}
