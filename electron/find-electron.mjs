import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install.mjs'

const folder = join(root, 'node_modules', 'electron')
/** Long enough for 120 MB over a slow line; after it the browser host is the better answer. */
const longestFetchMs = 300_000

/** Electron's program, fetched when it is first needed; else why there can be no window, in half a sentence. */
export function findElectron(node) {
  const { platform, env } = process
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return { why: 'there is no display' }
  if (platform === 'linux' && process.getuid() === 0) return { why: 'Electron does not run as root' }
  const found = programPath()
  if (found !== undefined) return { path: found }
  console.log('Fetching Electron …')
  spawnSync(node, [join(folder, 'install.js')], { stdio: 'ignore', timeout: longestFetchMs })
  const path = programPath()
  return path === undefined ? { why: 'Electron could not be fetched' } : { path }
}

function programPath() {
  const named = join(folder, 'path.txt')
  const name = existsSync(named) ? readFileSync(named, 'utf8') : 'electron'
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name)
  return existsSync(path) ? path : undefined
}
