import { watch as watchFolder, type FSWatcher } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'

/** Editors and tools write in several steps; what is half written is not worth a look. */
const settleMs = 300
/** For folders that tell nothing: network shares, `\\\\wsl$`, and systems that are out of watches. */
const pollMs = 5_000
/** As the kernel counts links that lead to links. */
const mostLinks = 40

export type KubeconfigWatch = {
  /** Chooses anew what is watched; settles once it is. */
  refresh(): Promise<void>
  stop(): void
}

/**
 * Tells when one of these files or folders may have changed, in whatever way: written in place, replaced by renaming, its
 * symlink turned elsewhere, made or removed together with its folder. It is the folder that is watched, never the file.
 */
export function watchKubeconfigs(options: {
  readonly paths: () => readonly string[]
  readonly clock: Clock
  readonly files: ForeignFiles
  readonly onChange: () => void
  readonly watch?: typeof watchFolder
}): KubeconfigWatch {
  const { clock, files, watch = watchFolder } = options
  let watchers: FSWatcher[] = []
  let stopSettling = (): void => undefined
  let stopPolling = (): void => undefined
  let turn = 0
  let last = ''

  function settle(): void {
    stopSettling()
    stopSettling = clock.setTimer(settleMs, () => {
      // A folder may have come or gone: what is watched is chosen anew before anybody looks.
      void refresh().then(options.onChange)
    })
  }

  function poll(mine: number): void {
    stopPolling()
    stopPolling = clock.setTimer(pollMs, () => {
      void fingerprint(options.paths(), files).then((next) => {
        if (mine !== turn) return
        if (next !== last) settle()
        last = next
        poll(mine)
      })
    })
  }

  function watchAll({ folders, silent }: Watched): boolean {
    for (const one of watchers) one.close()
    watchers = []
    let blind = silent
    for (const [folder, names] of folders) {
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
    return blind
  }

  async function refresh(): Promise<void> {
    const mine = ++turn
    const isOver = (): boolean => mine !== turn
    let chosen = await whatToWatch(options.paths(), files)
    for (;;) {
      if (isOver()) return
      stopPolling()
      const blind = watchAll(chosen)
      // What came or went while it was chosen, before anything was watched.
      const now = await whatToWatch(options.paths(), files)
      if (isOver()) return
      if (textOf(now) === textOf(chosen)) {
        if (!blind) return
        last = await fingerprint(options.paths(), files)
        if (!isOver()) poll(mine)
        return
      }
      chosen = now
    }
  }

  return {
    refresh,
    stop() {
      turn++
      stopSettling()
      stopPolling()
      for (const one of watchers) one.close()
      watchers = []
    },
  }
}

type Names = ReadonlySet<string> | 'all'
type Watched = {
  readonly folders: ReadonlyMap<string, Names>
  /** Something does not answer: asking to watch it could wait for ever. */
  readonly silent: boolean
}

function textOf({ folders, silent }: Watched): string {
  return JSON.stringify([
    silent,
    [...folders].map(([folder, names]) => [folder, names === 'all' ? names : [...names]]),
  ])
}

/** Which folders to watch, and which names in them matter. */
async function whatToWatch(paths: readonly string[], files: ForeignFiles): Promise<Watched> {
  const folders = new Map<string, Set<string> | 'all'>()
  let silent = false
  const add = (folder: string, name: string | undefined): void => {
    const names = folders.get(folder)
    if (names === 'all') return
    if (name === undefined) folders.set(folder, 'all')
    else if (names === undefined) folders.set(folder, new Set([name]))
    else names.add(name)
  }

  async function choose(path: string, links: number): Promise<void> {
    const found = await files.look(path)
    if (found.kind === 'unread' && found.why.kind === 'late') {
      silent = true
      return
    }
    const folder = dirname(path)
    if (folder === path) {
      add(path, undefined)
      return
    }
    const real = await files.realPath(path)
    if (real === undefined) {
      const target = await files.link(path)
      const place = await files.realPath(folder)
      // What does not exist yet is waited for in the nearest folder that does, also where a link leads to it.
      if (place === undefined) {
        await choose(folder, links)
        return
      }
      add(folder, basename(path))
      if (target !== undefined && links < mostLinks) await choose(resolve(place, target), links + 1)
      return
    }
    add(folder, basename(path))
    if (found.kind === 'folder') add(path, undefined)
    const place = await files.realPath(folder)
    if (place === undefined || real === join(place, basename(path))) return
    // Behind a symlink both ends count; in between there may be more links, with any names.
    add(folder, undefined)
    add(dirname(real), basename(real))
  }

  // One after the other: in the order of the paths it is the same each time.
  for (const path of paths) await choose(path, 0)
  return { folders, silent }
}

async function fingerprint(paths: readonly string[], files: ForeignFiles): Promise<string> {
  const found = await Promise.all(paths.map((path) => files.look(path)))
  return JSON.stringify(found)
}
