import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { nodeProgram } from '../../../electron/install.mjs'

const root = resolve(import.meta.dirname, '..', '..', '..')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** What `npm start` says until it is ready or has ended. */
async function start(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  const all = { ...process.env, DISPLAY: undefined, WAYLAND_DISPLAY: undefined, ...env }
  const child = spawn(process.execPath, ['electron/start.mjs', '--data-folder', folder, ...args], {
    cwd: root,
    env: { ...all, KUBECONFIG: join(folder, 'none'), PATH: `${folder}:${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const said: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('Building')) said.push(line.replace(/(http:\/\/127\.0\.0\.1:\d+)\/#k=\S+/, 'URL'))
    if (line.startsWith('Tranche is ready')) child.kill('SIGTERM')
  }
  return said
}

const isLinux = process.platform === 'linux'

test.runIf(isLinux)(
  'without a display it says so in one line and serves the browser host',
  async () => {
    // A browser of this machine must not open in a test.
    const opened = join(folder, 'opened')
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\necho "$1" >> '${opened}'\n`, { mode: 0o755 })
    expect(await start([], {})).toEqual([
      'There is no window here (there is no display): Tranche opens in the browser instead.',
      'Tranche is ready: URL',
    ])
    await expect
      .poll(() => existsSync(opened) && readFileSync(opened, 'utf8'))
      .toMatch(/tranche-open-\w+\/open\.html\n$/)
  },
  60_000,
)

test('asked for the browser, it says nothing of a window', async () => {
  expect(await start(['--browser', '--no-open', '--port', '0'], {})).toEqual(['Tranche is ready: URL'])
}, 60_000)

test.runIf(isLinux && process.getuid?.() !== 0)(
  'an Electron that ends at once is no dead end',
  async () => {
    const dist = join(folder, 'dist')
    mkdirSync(dist)
    writeFileSync(join(dist, 'electron'), '#!/bin/sh\nexit 1\n')
    chmodSync(join(dist, 'electron'), 0o755)
    writeFileSync(join(folder, 'xdg-open'), '#!/bin/sh\n', { mode: 0o755 })
    expect(await start([], { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: dist })).toEqual([
      'There is no window here (Electron ended at once): Tranche opens in the browser instead.',
      'Tranche is ready: URL',
    ])
  },
  60_000,
)

const machines = [
  ['darwin', 'arm64'],
  ['darwin', 'x64'],
  ['linux', 'arm64'],
  ['linux', 'x64'],
  ['win32', 'x64'],
] as const

test.each(machines)(
  'on %s %s Node is started as the program that it is, which needs no shell',
  (platform, arch) => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      readonly packages: Readonly<
        Record<string, { readonly bin?: { readonly node: string }; readonly os?: string }>
      >
    }
    const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly optionalDependencies: Readonly<Record<string, string>>
    }
    // As npm would install them, on whichever machine.
    for (const name of Object.keys(optionalDependencies)) {
      mkdirSync(join(folder, name), { recursive: true })
      const { bin } = lock.packages[`node_modules/${name}`] ?? {}
      writeFileSync(join(folder, name, 'package.json'), JSON.stringify({ bin }))
    }
    const program = nodeProgram(folder, { platform, arch }) ?? ''
    expect(program).toMatch(platform === 'win32' ? /[\\/]bin[\\/]node\.exe$/ : /\/bin\/node$/)
    const [, name = ''] = /([^\\/]+)[\\/]bin[\\/]/.exec(program) ?? []
    expect([lock.packages[`node_modules/${name}`]?.os].flat()).toEqual([platform])
  },
)

test('for a machine that no package is for there is none', () => {
  expect(nodeProgram(folder, { platform: 'sunos', arch: 'x64' })).toBeUndefined()
})
