import { renameSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { z } from 'zod'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import { codeOf, makeFolder } from '../cluster/dial/make-folder.ts'
import { readRegularFile } from '../cluster/dial/read-regular-file.ts'

const mostBytes = 16 * 1024 * 1024

/** One small JSON file that only its owner may read, replaced as a whole. */
export type LocalFile<T> = {
  readonly path: string
  /** Undefined when there is none. */
  read(): Reply<T | undefined>
  /** Moves with each write. */
  stamp(): string | undefined
  write(value: T): Promise<Reply<null>>
  /** One that is not there is removed. */
  remove(): Reply<null>
  /** Renames it to `.broken`, so that what can't be read is not overwritten. */
  setAside(): Reply<null>
}

export function openLocalFile<T>(path: string, schema: z.ZodType<T>): LocalFile<T> {
  return {
    path,
    read() {
      const found = readRegularFile(path, mostBytes)
      if (!found.ok) {
        const { kind, code } = found.why
        return kind === 'missing'
          ? ok(undefined)
          : failed('internal', { kind: 'own-file-unread', path, code: code === '' ? kind : code })
      }
      const text = found.bytes.toString('utf8')
      try {
        return ok(schema.parse(JSON.parse(text)))
      } catch {
        return failed('bad-answer', { kind: 'own-file-broken', path })
      }
    },
    stamp: () => {
      const found = statSync(path, { throwIfNoEntry: false })
      // Each write makes a file of its own: two in the same tick of a coarse clock still differ.
      return found === undefined ? undefined : `${found.ino}-${found.mtimeMs}`
    },
    async write(value) {
      try {
        makeFolder(dirname(path))
        await writeFileAtomic(path, JSON.stringify(value), { mode: 0o600 })
        return ok(null)
      } catch (error) {
        return failed('internal', { kind: 'own-file-unwritten', path, words: String(error) })
      }
    },
    remove: () => gone(path, () => rmSync(path, { force: true })),
    setAside: () => gone(path, () => renameSync(path, `${path}.broken`)),
  }
}

/** A disk may have become read-only, and a file may be where our folder would be: no release ends for that. */
function gone(path: string, take: () => void): Reply<null> {
  try {
    take()
    return ok(null)
  } catch (error) {
    const code = codeOf(error)
    const isAbsent = code === 'ENOENT' || code === 'ENOTDIR'
    return isAbsent
      ? ok(null)
      : failed('internal', { kind: 'own-file-not-removed', path, words: String(error) })
  }
}
