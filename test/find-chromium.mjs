import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A Chromium of this machine; else Playwright's; else Debian's package, where we may install it. */
export function findChromium() {
  return fromEnvironment() ?? fromPath() ?? fromPlaywright() ?? fromDebian()
}

function fromEnvironment() {
  const path = process.env.CHROMIUM_PATH
  return path !== undefined && existsSync(path) ? path : undefined
}

function fromPath() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
}

function fromPlaywright() {
  const script = "process.stdout.write(require('playwright-core').chromium.executablePath())"
  const where = () => spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout
  if (existsSync(where())) return where()
  console.log('Fetching a Chromium (playwright install chromium) …')
  spawnSync('npx', ['playwright', 'install', 'chromium'], { stdio: 'ignore', timeout: 120_000 })
  return existsSync(where()) ? where() : undefined
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined
  console.log('Installing a Chromium (apt-get install chromium) …')
  spawnSync('apt-get', ['update'], { stdio: 'ignore' })
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { stdio: 'ignore' })
  return fromPath()
}
