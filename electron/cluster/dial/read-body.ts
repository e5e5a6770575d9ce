import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import { splitItems } from './list-items.ts'
import { discard, packingOf, unpacked } from './packing.ts'

const unzip = promisify(gunzip)

type Received = Pick<Dispatcher.ResponseData, 'body' | 'headers'>

/**
 * The text of an answer, as long as it stays within its limit. `keepEnd`: of one that is too long the end is kept, which
 * is what matters of a log.
 */
export async function readBody(
  { body, headers }: Received,
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
    return isLong ? tooLong(atMost) : noGzip
  }
}

/** The same for a list: each item is given as it comes, and the text is what is left without them. */
export async function readItems(
  { body, headers }: Received,
  { atMost, each }: { readonly atMost: number; readonly each: (text: string) => void },
): Promise<Reply<string>> {
  const packing = packingOf({ headers })
  if (!packing.ok) {
    discard(body)
    return packing
  }
  const splitter = splitItems(each)
  let length = 0
  try {
    for await (const chunk of unpacked(body, packing.value)) {
      length += chunk.length
      if (length > atMost) return tooLong(atMost)
      splitter.push(chunk)
    }
  } catch (error) {
    const isZip = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
    if (isZip) return noGzip
    throw error
  }
  return ok(splitter.end())
}

const noGzip: Reply<never> = failed('bad-answer', { kind: 'answer-no-gzip' })

function tooLong(atMost: number): Reply<never> {
  return failed('bad-answer', { kind: 'answer-too-long', mib: Math.round(atMost / 1024 / 1024) })
}
