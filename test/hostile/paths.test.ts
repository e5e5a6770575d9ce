import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import * as node from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSettings } from '../../electron/app/storage/settings-file.ts'
import { kubeconfigsIn } from '../../electron/cluster/kubeconfig/kubeconfig-folder.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import { createForeignFiles, type FileSystem } from '../../electron/cluster/dial/foreign-files.ts'
import { readKubeconfigFile } from '../../electron/cluster/kubeconfig/kubeconfig-file.ts'
import { readPluginPolicy } from '../../electron/cluster/sign-in/plugin-policy.ts'
import { readRegularFile } from '../../electron/cluster/dial/read-regular-file.ts'
import { lookAtText, readText } from '../../electron/cluster/dial/read-text.ts'
import { spoken } from '../support/spoken.ts'

let folder: string
let socket: Server | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-paths-'))
})
afterEach(() => {
  socket?.close()
  socket = undefined
  rmSync(folder, { recursive: true, force: true })
})

const files = createForeignFiles(createSystemClock())
const at = (name: string): string => join(folder, name)
const isRoot = process.getuid?.() === 0

/** What somebody may have put where a file is looked for, each with what it is called. */
const strange: Readonly<Record<string, readonly [make: () => string | Promise<string>, kind: string]>> = {
  'a pipe that nobody writes to': [() => pipe(at('pipe')), 'not-a-file'],
  'a link to such a pipe': [
    () => {
      symlinkSync(pipe(at('pipe')), at('link'))
      return at('link')
    },
    'not-a-file',
  ],
  'a device that never ends': [() => '/dev/zero', 'not-a-file'],
  'a socket': [
    async () => {
      const server = createServer()
      socket = server
      await new Promise<void>((resolve) => server.listen(at('socket'), resolve))
      return at('socket')
    },
    'not-a-file',
  ],
  'a folder': [() => folder, 'folder'],
  'links in a circle': [
    () => {
      symlinkSync(at('b'), at('a'))
      symlinkSync(at('a'), at('b'))
      return at('a')
    },
    'failed',
  ],
  'a file of a gigabyte': [
    () => {
      writeFileSync(at('huge'), '')
      truncateSync(at('huge'), 1024 ** 3)
      return at('huge')
    },
    'too-large',
  ],
  nothing: [() => at('missing'), 'missing'],
  'what is below a file': [
    () => {
      writeFileSync(at('file'), '')
      return at('file/below')
    },
    'missing',
  ],
}

function pipe(path: string): string {
  spawnSync('mkfifo', [path])
  return path
}

describe.runIf(process.platform === 'linux')('in the place of a file', () => {
  test.each(Object.entries(strange))('%s is called what it is, at once', async (_, [make, kind]) => {
    const path = await make()
    expect(readRegularFile(path, 1000)).toMatchObject({ ok: false, why: { kind } })
    expect(await files.read(path, 1000)).toMatchObject({ ok: false, why: { kind } })
  })

  test.each(Object.entries(strange))(
    '%s is called that without being opened, too',
    async (_, [make, kind]) => {
      const path = await make()
      const untouched: FileSystem = { ...node, open: () => Promise.reject(new Error('it was opened')) }
      const looked = await lookAtText(
        { kind: 'file', path },
        createForeignFiles(createSystemClock(), untouched),
      )
      const read = await readText({ kind: 'file', path }, files)
      expect(looked.ok ? looked : looked.fault).toEqual(read.ok ? read : read.fault)
      expect([looked.ok, kind]).toEqual([false, kind])
    },
  )

  test.runIf(!isRoot)('what may not be read says so', () => {
    writeFileSync(at('secret'), 'x')
    chmodSync(at('secret'), 0)
    expect(readRegularFile(at('secret'), 1000)).toMatchObject({ ok: false, why: { kind: 'denied' } })
  })

  test('a file is read up to its limit, and one that says it is empty is read as well', () => {
    writeFileSync(at('file'), 'x'.repeat(1000))
    expect(readRegularFile(at('file'), 1000)).toMatchObject({ ok: true })
    expect(readRegularFile(at('file'), 999)).toMatchObject({ ok: false, why: { kind: 'too-large' } })
    const own = readRegularFile('/proc/self/cmdline', 100_000)
    expect(own.ok && own.bytes.length > 0).toBe(true)
    expect(readRegularFile('/proc/self/cmdline', 3)).toMatchObject({ ok: false })
  })

  test('the same holds for what others have named', async () => {
    writeFileSync(at('file'), 'x'.repeat(1000))
    expect(await files.read(at('file'), 1000)).toEqual({ ok: true, bytes: Buffer.from('x'.repeat(1000)) })
    expect(await files.read(at('file'), 999)).toMatchObject({ ok: false, why: { kind: 'too-large' } })
    const own = await files.read('/proc/self/cmdline', 100_000)
    expect(own.ok && own.bytes.length > 0).toBe(true)
    expect(await files.read('/proc/self/cmdline', 3)).toMatchObject({ ok: false })
  })
})

describe.runIf(process.platform === 'linux')('nothing waits for a pipe', () => {
  test('named by a kubeconfig, as a kubeconfig, in a folder of kubeconfigs, or as the policy of plugins', async () => {
    mkdirSync(at('folder'))
    const path = pipe(at('folder/config'))
    expect(spoken(await readText({ kind: 'file', path }, files))).toMatchObject({
      fault: {
        message: `The file ${path}, which the kubeconfig names, is a pipe, a socket or a device, and no file.`,
      },
    })
    expect(spoken(await readKubeconfigFile(path, undefined, files))).toEqual({
      kind: 'unread',
      message: 'This is a pipe, a socket or a device, and no file.',
      refusedByKubectl: false,
    })
    expect(await kubeconfigsIn(at('folder'), files)).toEqual([])
    expect(await readPluginPolicy({ KUBERC: path }, folder, files)).toMatchObject({
      kind: 'unreadable',
      file: path,
    })
  })

  test('as the settings, and they are kept in memory', () => {
    mkdirSync(at('data'))
    pipe(at('data/settings.json'))
    const lines: string[] = []
    const settings = openSettings(at('data'), { newId: () => 'install-1', log: (line) => lines.push(line) })
    expect(settings.read().install).toBe('install-1')
    expect(lines.join()).toContain('not-a-file')
    expect(statSync(at('data/settings.json.broken')).isFIFO()).toBe(true)
    expect(statSync(at('data/settings.json')).isFile()).toBe(true)
  })
})

describe('a folder that can not be written', () => {
  function inTheWay(): ReturnType<typeof openSettings> {
    // Where the folder would be there is a file: nobody can write below it, whatever his rights.
    writeFileSync(at('data'), '')
    return openSettings(at('data'), { newId: () => 'install-1', log: () => undefined })
  }
  const driving = (service: string) => ({
    connection: 'c',
    namespace: 'demo',
    service,
  })

  test('does not keep it from beginning, and nothing of what was changed since is forgotten', () => {
    const settings = inTheWay()
    settings.change((now) => ({ ...now, driving: [driving('one')] }))
    settings.change((now) => ({ ...now, driving: [...now.driving, driving('two')] }))
    expect(settings.read().driving.map((one) => one.service)).toEqual(['one', 'two'])
  })

  test('is written to once it can be, with all that was changed meanwhile', () => {
    const settings = inTheWay()
    settings.change((now) => ({ ...now, driving: [driving('one')] }))
    rmSync(at('data'))
    settings.change((now) => ({ ...now, driving: [...now.driving, driving('two')] }))
    const again = openSettings(at('data'), { newId: () => 'install-2', log: () => undefined })
    expect(again.read()).toEqual(settings.read())
    expect(again.read().driving).toHaveLength(2)
  })
})
