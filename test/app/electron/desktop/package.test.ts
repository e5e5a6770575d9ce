import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createPackage, extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { FuseState } from '@electron/fuses/dist/constants.js'
import { build, Platform } from 'electron-builder'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build as viteBuild } from 'vite'

const root = resolve(import.meta.dirname, '..', '..', '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'tranche-package-'))
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as {
  readonly version: string
}

/** What a fuse wire looks like in Electron's binary: a sentinel, its version, the count, and a state for each. */
const fuseWire = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x09101100101', 'latin1')

/** A folder that electron-builder takes for Electron: packaging itself needs none of its code. */
async function fakeElectron(path: string): Promise<void> {
  mkdirSync(join(path, 'locales'), { recursive: true })
  mkdirSync(join(path, 'resources'))
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(path, 'electron'), Buffer.concat([Buffer.from('#!/bin/sh\n'), fuseWire]))
  chmodSync(join(path, 'electron'), 0o755)
  writeFileSync(join(path, 'version'), version)
  for (const locale of ['en-US', 'zh-CN', 'fr']) writeFileSync(join(path, 'locales', `${locale}.pak`), '')
  writeFileSync(join(folder, 'empty', 'package.json'), '{}')
  await createPackage(join(folder, 'empty'), join(path, 'resources', 'default_app.asar'))
}

let asar: readonly string[]
beforeAll(async () => {
  const outDir = join(folder, 'app', 'dist')
  for (const mode of ['production', 'preload']) {
    const build = { outDir: join(outDir, 'desktop') }
    await viteBuild({ configFile: join(root, 'vite.desktop.config.ts'), mode, logLevel: 'error', build })
  }
  mkdirSync(join(outDir, 'renderer'))
  writeFileSync(join(outDir, 'renderer', 'index.html'), '')
  for (const name of ['package.json', 'LICENSE'])
    writeFileSync(join(folder, 'app', name), readFileSync(join(root, name)))
  // The builder reads what our dependencies are, even though none of them is packed.
  symlinkSync(join(root, 'node_modules'), join(folder, 'app', 'node_modules'))
  await fakeElectron(join(folder, 'electron'))
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    projectDir: join(folder, 'app'),
    config: {
      extends: join(root, 'electron-builder.yml'),
      electronDist: join(folder, 'electron'),
      electronVersion: version,
      directories: { output: join(folder, 'release') },
      npmRebuild: false,
    },
  })
  asar = listPackage(join(folder, 'release/linux-unpacked/resources/app.asar'), { isPack: false })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('the package holds what was built and nothing else', () => {
  expect([...asar].sort()).toEqual([
    '/dist',
    '/dist/desktop',
    '/dist/desktop/app-process.cjs',
    '/dist/desktop/main.cjs',
    '/dist/desktop/preload.cjs',
    '/dist/desktop/third-party-licences.txt',
    // What the main process and the application's have in common.
    '/dist/desktop/write-line.cjs',
    '/dist/renderer',
    '/dist/renderer/index.html',
    '/package.json',
  ])
})

test('the licence is beside the program, and those of all that is bundled are in it', () => {
  const licence = readFileSync(join(folder, 'release/linux-unpacked/LICENSE'), 'utf8')
  expect(licence).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'))
  expect(licence).toContain('Apache License')
  const archive = join(folder, 'release/linux-unpacked/resources/app.asar')
  const bundled = extractFile(archive, 'dist/desktop/third-party-licences.txt').toString('utf8')
  for (const name of ['undici', 'yaml', 'zod', 'cross-spawn', 'socks', 'write-file-atomic'])
    expect(bundled).toContain(`## ${name} - `)
  expect(bundled).toContain('Permission is hereby granted')
})

test('the binary runs as nothing else than Tranche: its fuses are set', async () => {
  const wire = await getCurrentFuseWire(join(folder, 'release/linux-unpacked/tranche'))
  const isOn = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE
  expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
  expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
  expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
  expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
  expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
})

/** Plays the main process: answers the first message by asking the application to end. */
const parentForTest = `
  const { EventEmitter } = require('node:events')
  const say = (message) => { console.log(JSON.stringify(message)); port.emit('message', { data: { kind: 'close' }, ports: [] }) }
  const port = Object.assign(new EventEmitter(), { postMessage: say })
  process.parentPort = port
`

test('the packed application runs: it opens, writes its settings and ends when it is told to', () => {
  const parent = join(folder, 'parent.cjs')
  writeFileSync(parent, parentForTest)
  const options = { training: 'only', dataFolder: join(folder, 'data'), version }
  const packed = join(folder, 'app/dist/desktop/app-process.cjs')
  const run = spawnSync(process.execPath, ['--require', parent, packed, JSON.stringify(options)], {
    env: { ...process.env, KUBECONFIG: join(folder, 'none') },
    encoding: 'utf8',
  })
  expect(run.stdout).toBe('{"kind":"driving","services":[]}\n')
  expect(run.stderr).not.toMatch(/error/i)
  expect(run.status).toBe(0)
  expect(JSON.parse(readFileSync(join(folder, 'data/settings.json'), 'utf8'))).toMatchObject({ schema: 1 })
})

test('the preload is one CommonJS file that asks for nothing but electron', () => {
  const preload = readFileSync(join(folder, 'app/dist/desktop/preload.cjs'), 'utf8')
  expect([...preload.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron'])
})
