import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'

/** `not-a-file`: a pipe, a socket, a device. */
export type Unread = {
  readonly kind: 'missing' | 'denied' | 'folder' | 'not-a-file' | 'too-large' | 'failed'
  /** Of the system, such as ELOOP. */
  readonly code: string
}
export type Reading =
  { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly why: Unread }

const { O_RDONLY, O_NONBLOCK, O_NOCTTY } = constants
// Windows knows neither, and has no pipes among its files.
const flags = process.platform === 'win32' ? O_RDONLY : O_RDONLY | O_NONBLOCK | O_NOCTTY

/**
 * A file whose path somebody else has chosen. Opening a pipe that nobody writes to would wait for ever, and with it
 * everything that this process does; a device never ends; what is a file may be a disk image. Looked at once it is open:
 * what a path names may be another thing a moment later.
 */
export function readRegularFile(path: string, atMost: number): Reading {
  let file: number | undefined
  try {
    file = openSync(path, flags)
    const stats = fstatSync(file)
    if (!stats.isFile()) return unread(stats.isDirectory() ? 'folder' : 'not-a-file')
    if (stats.size > atMost) return unread('too-large')
    const bytes = readUpTo(file, stats, atMost + 1)
    return bytes.length > atMost ? unread('too-large') : { ok: true, bytes }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return unread(kinds[code] ?? 'failed', code)
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

function unread(kind: Unread['kind'], code = ''): Reading {
  return { ok: false, why: { kind, code } }
}

/** It may grow while it is read, and the files of /proc say that they are empty. */
function readUpTo(file: number, { size }: Stats, most: number): Buffer {
  const pieces: Buffer[] = []
  let length = 0
  while (length < most) {
    const piece = Buffer.allocUnsafe(Math.min(most - length, Math.max(4096, size - length + 1)))
    const read = readSync(file, piece)
    if (read === 0) break
    pieces.push(piece.subarray(0, read))
    length += read
  }
  return Buffer.concat(pieces)
}
