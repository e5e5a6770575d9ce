import { existsSync, realpathSync, statSync, watch as watchFolder, type FSWatcher } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Clock } from './clock.ts'

/** Editors and tools write in several steps; what is half written is not worth a look. */
const settleMs = 300
/** For folders that tell nothing: network shares, `\\wsl$`, and systems that are out of watches. */
const pollMs = 5_000

/**
 * Tells when one of these files or folders may have changed, in whatever way: written in place, replaced by renaming, its
 * symlink turned elsewhere, made or removed together with its folder. It is the folder that is watched, never the file.
 */
export function watchKubeconfigs(options: {
  readonly paths: () => readonly string[]
  readonly clock: Clock
  readonly onChange: () => void
  readonly watch?: typeof watchFolder
}): { readonly refresh: () => void; readonly stop: () => void } {
  const { clock, watch = watchFolder } = options
  let watchers: FSWatcher[] = []
  let stopSettling = (): void => undefined
  let stopPolling = (): void => undefined
  let stopped = false
  let last = ''

  function settle(): void {
    stopSettling()
    stopSettling = clock.setTimer(settleMs, () => {
      // A folder may have come or gone: what is watched is chosen anew before anybody looks.
      refresh()
      options.onChange()
    })
  }

  function poll(): void {
    stopPolling()
    stopPolling = clock.setTimer(pollMs, () => {
      const next = fingerprint(options.paths())
      if (next !== last) settle()
      last = next
      poll()
    })
  }

  function refresh(): void {
    for (const one of watchers) one.close()
    watchers = []
    stopPolling()
    if (stopped) return
    let blind = false
    for (const [folder, names] of foldersOf(options.paths())) {
      try {
        const watcher = watch(folder, { persistent: false }, (_event, name) => {
          // Under its own name a folder tells that it was removed or moved itself.
          if (name === null || names === 'all' || names.has(name) || name === basename(folder)) settle()
        })
        watcher.on('error', settle)
        watchers.push(watcher)
      } catch {
        blind = true
      }
      if (folder.startsWith('\\\\')) blind = true
    }
    if (!blind) return
    last = fingerprint(options.paths())
    poll()
  }

  refresh()
  return {
    refresh,
    stop() {
      stopped = true
      stopSettling()
      refresh()
    },
  }
}

/** Which folders to watch, and which names in them matter. */
function foldersOf(paths: readonly string[]): ReadonlyMap<string, ReadonlySet<string> | 'all'> {
  const folders = new Map<string, Set<string> | 'all'>()
  const add = (folder: string, name: string | undefined): void => {
    const names = folders.get(folder)
    if (names === 'all') return
    if (name === undefined) folders.set(folder, 'all')
    else if (names === undefined) folders.set(folder, new Set([name]))
    else names.add(name)
  }
  for (const path of paths) {
    // What does not exist yet is waited for in the nearest folder that does.
    let name = basename(path)
    let folder = dirname(path)
    while (!existsSync(folder) && dirname(folder) !== folder) {
      name = basename(folder)
      folder = dirname(folder)
    }
    add(folder, name)
    if (!existsSync(path)) continue
    if (statSync(path).isDirectory()) add(path, undefined)
    const real = realpathSync(path)
    if (real === join(realpathSync(folder), name)) continue
    // Behind a symlink both ends count; in between there may be more links, with any names.
    add(folder, undefined)
    add(dirname(real), basename(real))
  }
  return folders
}

function fingerprint(paths: readonly string[]): string {
  return paths
    .map((path) => {
      const found = statSync(path, { throwIfNoEntry: false })
      return found === undefined ? '' : `${found.ino}:${found.size}:${found.mtimeMs}`
    })
    .join()
}
