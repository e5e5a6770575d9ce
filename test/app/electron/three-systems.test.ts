import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultDataFolder } from '../../../electron/app/host/data-folder.ts'
import { languageOf } from '../../../electron/app/host/language.ts'
import { openBrowser, type BrowserMachine } from '../../../electron/browser/open-browser.ts'
import { kubectlHome, namedVariables } from '../../../electron/cluster/dial/environment.ts'
import { findOnPath } from '../../../electron/cluster/sign-in/exec-command.ts'
import { passSignals } from '../../../electron/pass-signals.mjs'
import { realFiles } from '../../support/foreign-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche three systems '))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))
const at = (...parts: readonly string[]): string => join(folder, ...parts)

function put(...parts: readonly string[]): string {
  const path = at(...parts)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, '')
  chmodSync(path, 0o755)
  return path
}

describe('signals', () => {
  /** What the program that was started gets, for each signal that reaches us. */
  function passed(
    platform: string,
    as?: Readonly<Record<string, string>>,
  ): Readonly<Record<string, readonly string[]>> {
    const takers = new Map<string, () => void>()
    let sent: string[] = []
    passSignals(
      { kill: (signal) => sent.push(signal) },
      { platform, on: (signal, take) => takers.set(signal, take) },
      as,
    )
    return Object.fromEntries(
      [...takers].map(([signal, take]) => {
        sent = []
        take()
        return [signal, sent]
      }),
    )
  }

  test.each(['linux', 'darwin'])('are handed on under %s, as they are or as another', (platform) => {
    expect(passed(platform)).toEqual({ SIGINT: ['SIGINT'], SIGTERM: ['SIGTERM'], SIGHUP: ['SIGHUP'] })
    expect(passed(platform, { SIGINT: 'SIGTERM' })).toMatchObject({ SIGINT: ['SIGTERM'] })
  })

  test('are taken and not handed on under Windows, where that would end the program in the middle', () => {
    expect(passed('win32', { SIGINT: 'SIGTERM' })).toEqual({ SIGINT: [], SIGTERM: [], SIGHUP: [] })
  })
})

describe('variables', () => {
  test('are found by their names under Windows however they are written, and are left alone elsewhere', () => {
    const env = { Path: 'C:\\Tools', https_proxy: 'http://proxy' }
    expect(namedVariables(env, 'win32')).toEqual({ PATH: 'C:\\Tools', HTTPS_PROXY: 'http://proxy' })
    expect(namedVariables(env, 'linux')).toBe(env)
  })
})

describe('the folder of the settings', () => {
  test.each([
    ['linux', {}, '/home/li/.local/share/tranche'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/tranche'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/li/.local/share/tranche'],
    ['linux', { XDG_DATA_HOME: 'data' }, '/home/li/.local/share/tranche'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/li/Library/Application Support/Tranche'],
  ])('under %s with %j is %s', (platform, env, path) => {
    expect(defaultDataFolder({ env, homedir: '/home/li', platform })).toBe(path)
  })

  test.each([
    [{ APPDATA: 'D:\\Users\\Jo Li\\Roaming' }, 'D:\\Users\\Jo Li\\Roaming\\Tranche'],
    [{ APPDATA: '' }, 'C:\\Users\\li\\Tranche'],
    [{}, 'C:\\Users\\li\\Tranche'],
  ])('under Windows with %j is %s', (env, path) => {
    expect(defaultDataFolder({ env, homedir: 'C:\\Users\\li', platform: 'win32' })).toBe(path)
  })
})

describe('the language', () => {
  test.each([
    ['linux', { LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'zh'],
    ['linux', { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }, 'en'],
    ['linux', { LC_MESSAGES: 'zh_CN' }, 'zh'],
    ['linux', {}, 'en'],
    ['win32', {}, 'zh'],
    ['win32', { LANG: 'en_US' }, 'en'],
  ])('under %s with %j and a Chinese system is %s', (platform, env, language) => {
    expect(languageOf(env, { platform, locale: 'zh-CN' })).toBe(language)
  })
})

describe("kubectl's home", () => {
  const home = (env: Readonly<Record<string, string>>, platform = 'win32'): Promise<string> =>
    kubectlHome({ env, platform, homedir: 'C:\\Users\\li' }, realFiles)
  const places = (): Readonly<Record<string, string>> => ({
    HOME: at('home'),
    HOMEDRIVE: folder,
    HOMEPATH: '/drive',
    USERPROFILE: at('profile'),
  })

  test('is the first under Windows that holds a kubeconfig: HOME, then the drive, then the profile', async () => {
    put('profile', '.kube', 'config')
    expect(await home(places())).toBe(at('profile'))
    put('drive', '.kube', 'config')
    expect(await home(places())).toBe(`${folder}/drive`)
    put('home', '.kube', 'config')
    expect(await home(places())).toBe(at('home'))
  })

  test('is the first that exists where none holds one: HOME, then the profile, then the drive', async () => {
    mkdirSync(at('drive'))
    expect(await home(places())).toBe(`${folder}/drive`)
    mkdirSync(at('profile'))
    expect(await home(places())).toBe(at('profile'))
    expect(await home({})).toBe('C:\\Users\\li')
  })

  test('is the home of the person elsewhere', async () => {
    put('home', '.kube', 'config')
    expect(await home(places(), 'linux')).toBe('C:\\Users\\li')
  })
})

describe('a program on PATH', () => {
  test('is under Windows one that can be started there, also where one for another system lies beside it', () => {
    put('tools', 'az')
    const az = put('tools', 'az.CMD')
    const named = put('tools', 'login.exe')
    const env = { PATH: [at('tools')].join(delimiter), PATHEXT: '.EXE;.CMD' }
    expect(findOnPath('az', env)).toBe(az)
    expect(findOnPath('login.exe', env)).toBe(named)
    expect(findOnPath('az', { PATH: env.PATH })).toBe(at('tools', 'az'))
  })
})

describe('the browser', () => {
  let started: (readonly string[])[]
  let later: (() => void)[]
  const machine = (parts: Partial<BrowserMachine>): BrowserMachine => ({
    platform: 'linux',
    env: {},
    homedir: at('home'),
    tmpdir: at('tmp'),
    has: (path) => path.startsWith(folder) && existsSync(path),
    spawn: (program, args) => started.push([program, ...args]),
    after: (_ms, run) => later.push(run),
    ...parts,
  })
  beforeEach(() => {
    started = []
    later = []
    mkdirSync(at('home'))
    mkdirSync(at('tmp'))
  })

  test.each([
    ['linux', {}, 'xdg-open'],
    ['darwin', {}, '/usr/bin/open'],
    ['win32', { SystemRoot: 'D:\\Windows' }, 'D:\\Windows\\explorer.exe'],
    ['win32', {}, 'C:\\Windows\\explorer.exe'],
  ])('under %s with %j is opened by %s, with a file whose name may hold blanks', (platform, env, program) => {
    openBrowser('http://127.0.0.1:1/#k=secret', machine({ platform, env }))
    const [[opener, file = ''] = []] = started
    expect(opener).toBe(program)
    expect(file.startsWith(at('tmp'))).toBe(true)
    expect(started.flat().join()).not.toContain('secret')
    expect(readFileSync(file, 'utf8')).toContain('url=http://127.0.0.1:1/#k=secret')
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('that is a snap sees no /tmp and nothing with a dot: its file lies in the home', () => {
    openBrowser('http://127.0.0.1:1', machine({ has: () => true }))
    expect(started[0]?.[1]).toMatch(new RegExp(`^${at('home')}/[^.]`))
    openBrowser('http://127.0.0.1:1', machine({ has: () => true, platform: 'darwin' }))
    expect(started[1]?.[1]).toContain(at('tmp'))
  })

  test('has read the file after a minute: it is taken away, also when the host ends before', () => {
    openBrowser('http://127.0.0.1:1', machine({}))
    const remove = openBrowser('http://127.0.0.1:1', machine({}))
    expect(readdirSync(at('tmp'))).toHaveLength(2)
    remove()
    expect(readdirSync(at('tmp'))).toHaveLength(1)
    for (const run of later) run()
    expect(readdirSync(at('tmp'))).toEqual([])
  })
})
