import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * A folder of ours with those above it, for this person only. Node's own `recursive` never returns for a folder that
 * can't be made in a place that is there, such as /proc, and takes a core with it.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 })
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' || code === 'EISDIR') {
      if (!statSync(path).isDirectory()) throw error
      return
    }
    const above = dirname(path)
    // Once for each folder above: what is not there although all above it are will not be there by asking again.
    if (code !== 'ENOENT' || above === path || isThere(above)) throw error
    makeFolder(above)
    mkdirSync(path, { mode: 0o700 })
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
