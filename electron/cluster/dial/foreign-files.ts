import { constants } from 'node:fs'
import * as node from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import {
  nextPiece,
  openFlags,
  unread,
  unreadFor,
  whyUnfit,
  type Reading,
  type Unread,
} from './read-regular-file.ts'

/** What of the system it takes. */
export type FileSystem = Pick<typeof node, 'open' | 'stat' | 'readdir' | 'readlink' | 'realpath' | 'access'>

/** What is there, without its content: `identity` is the same for all the names of one file. */
type Found =
  | {
      readonly kind: 'file' | 'folder'
      readonly identity: string
      readonly size: number
      readonly changed: string
    }
  | { readonly kind: 'unread'; readonly why: Unread }

/**
 * Files whose paths somebody else has chosen: a kubeconfig, and what it names. Only regular files are read, up to a
 * limit, and nothing waits for longer than its deadline.
 */
export type ForeignFiles = {
  read(path: string, atMost: number): Promise<Reading>
  look(path: string): Promise<Found>
  /** What lies in a folder. */
  names(folder: string): Promise<{ readonly names: readonly string[] } | { readonly why: Unread }>
  /** Where a link leads to, as it is written there; nothing for what is none. */
  link(path: string): Promise<string | undefined>
  /** Without any link in it; nothing if it leads nowhere. */
  realPath(path: string): Promise<string | undefined>
  /** Whether this person may run it. */
  mayRun(path: string): Promise<boolean>
}

/** A disk that has to start takes a few seconds. */
const answerWithinMs = 5_000
/**
 * The system's calls wait in the four threads that Node has for all of them, name resolution among it, and a call on a
 * drive that is gone comes back to none of them. Two of them are never taken.
 */
const atOnce = 2

type Job = { readonly folder: string; readonly begin: () => void; readonly giveUp: () => void }

export function createForeignFiles(clock: Clock, system: FileSystem = node): ForeignFiles {
  const waiting = new Set<Job>()
  /** One call for each folder: where one does not come back, the next would not either. */
  const busy = new Set<string>()
  const late = new Set<string>()

  function isLate(folder: string): boolean {
    return late.has(folder) || late.size >= atOnce
  }

  function next(): void {
    for (const job of waiting) {
      if (isLate(job.folder)) {
        waiting.delete(job)
        job.giveUp()
      } else if (busy.size < atOnce && !busy.has(job.folder)) {
        waiting.delete(job)
        busy.add(job.folder)
        job.begin()
      }
    }
  }

  /** What the work comes to, or nothing where it does not come back. The time in which others are waited for is theirs. */
  function within<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    const folder = dirname(path)
    if (isLate(folder)) return Promise.resolve(undefined)
    return new Promise<T | undefined>((resolve, reject) => {
      const giveUp = (): void => resolve(undefined)
      const begin = (): void => {
        const stopTimer = clock.setTimer(answerWithinMs, () => {
          late.add(folder)
          giveUp()
          next()
        })
        work()
          .then(resolve, reject)
          .finally(() => {
            stopTimer()
            busy.delete(folder)
            late.delete(folder)
            next()
          })
      }
      waiting.add({ folder, begin, giveUp })
      next()
    })
  }

  async function attempt<T>(path: string, work: () => Promise<T>): Promise<T | Unread> {
    try {
      return (await within(path, work)) ?? unread('late')
    } catch (error) {
      return unreadFor(error)
    }
  }

  return {
    async read(path, atMost) {
      const read = await attempt(path, () => readIn(system, path, atMost))
      return 'ok' in read ? read : { ok: false, why: read }
    },
    async look(path) {
      const found = await attempt(path, () => system.stat(path, { bigint: true }))
      if (!('ino' in found)) return { kind: 'unread', why: found }
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined
      if (kind === undefined) return { kind: 'unread', why: unread('not-a-file') }
      return {
        kind,
        identity: `${found.dev}:${found.ino}`,
        size: Number(found.size),
        changed: `${found.mtimeNs}`,
      }
    },
    async names(folder) {
      // Under the name of what lies in it: where the folder does not answer, none of that does.
      const found = await attempt(join(folder, '*'), () => system.readdir(folder))
      return 'kind' in found ? { why: found } : { names: found }
    },
    async link(path) {
      const found = await attempt(path, () => system.readlink(path))
      return typeof found === 'string' ? found : undefined
    },
    async realPath(path) {
      const found = await attempt(path, () => system.realpath(path))
      return typeof found === 'string' ? found : undefined
    },
    async mayRun(path) {
      const found = await attempt(path, async () => {
        await system.access(path, constants.X_OK)
        return true as const
      })
      return found === true
    },
  }
}

async function readIn(system: FileSystem, path: string, atMost: number): Promise<Reading> {
  const file = await system.open(path, openFlags)
  try {
    const stats = await file.stat()
    const unfit = whyUnfit(stats, atMost)
    if (unfit !== undefined) return { ok: false, why: unfit }
    const pieces: Buffer[] = []
    let length = 0
    while (length <= atMost) {
      const { bytesRead, buffer } = await file.read(nextPiece(length, stats.size, atMost + 1))
      if (bytesRead === 0) break
      pieces.push(buffer.subarray(0, bytesRead))
      length += bytesRead
    }
    return length > atMost
      ? { ok: false, why: unread('too-large') }
      : { ok: true, bytes: Buffer.concat(pieces) }
  } finally {
    await file.close()
  }
}
