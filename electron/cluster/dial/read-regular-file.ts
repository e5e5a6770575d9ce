import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'

/** `not-a-file`: a pipe, a socket, a device. `late`: it does not answer, as on a network drive that is gone. */
export type Unread = {
  readonly kind: 'missing' | 'denied' | 'folder' | 'not-a-file' | 'too-large' | 'late' | 'failed'
  /** Of the system, such as ELOOP. */
  readonly code: string
}
export type Reading =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly why: Unread }

const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants
/**
 * Opening a pipe that nobody writes to would wait for ever, and with it everything that this process does. Windows knows
 * neither, and has no pipes among its files.
 */
export const openFlags = process.platform === 'win32' ? O_RDONLY : O_RDONLY | O_NONBLOCK | O_NOCTTY

/**
 * A file of our own folder, in whose place somebody may have put something else: a device never ends, and what is a file
 * may be a disk image. Looked at once it is open: what a path names may be another thing a moment later. What others
 * have named is read by `createForeignFiles`, for which nothing waits.
 */
export function readRegularFile(path: string, atMost: number): Reading {
  let file: number | undefined
  try {
    file = openSync(path, openFlags)
    const stats = fstatSync(file)
    const unfit = whyUnfit(stats, atMost)
    if (unfit !== undefined) return { ok: false, why: unfit }
    const bytes = readUpTo(file, stats.size, atMost + 1)
    return bytes.length > atMost ? { ok: false, why: unread('too-large') } : { ok: true, bytes }
  } catch (error) {
    return { ok: false, why: unreadFor(error) }
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

const kinds: Readonly<Record<string, Unread['kind']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'folder',
  // What opening a socket comes to.
  ENXIO: 'not-a-file',
}

export function unread(kind: Unread['kind'], code = ''): Unread {
  return { kind, code }
}

export function unreadFor(error: unknown): Unread {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return unread(kinds[code] ?? 'failed', code)
}

type Kind = { isFile(): boolean; isDirectory(): boolean; readonly size: number }

/** Why what is there is not read. */
export function whyUnfit(stats: Kind, atMost: number): Unread | undefined {
  if (!stats.isFile()) return unread(stats.isDirectory() ? 'folder' : 'not-a-file')
  return stats.size > atMost ? unread('too-large') : undefined
}

/** How much is asked for next: it may grow while it is read, and the files of /proc say that they are empty. */
export function nextPiece(read: number, size: number, most: number): Buffer {
  return Buffer.allocUnsafe(Math.min(most - read, Math.max(4096, size - read + 1)))
}

function readUpTo(file: number, size: number, most: number): Buffer {
  const pieces: Buffer[] = []
  let length = 0
  while (length < most) {
    const piece = nextPiece(length, size, most)
    const read = readSync(file, piece)
    if (read === 0) break
    pieces.push(piece.subarray(0, read))
    length += read
  }
  return Buffer.concat(pieces)
}
