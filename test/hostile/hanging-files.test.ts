import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import * as node from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { surveyKubeconfigs } from '../../electron/app/clusters/survey-kubeconfigs.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import { connect } from '../../electron/cluster/connection.ts'
import {
  createForeignFiles,
  type FileSystem,
  type ForeignFiles,
} from '../../electron/cluster/dial/foreign-files.ts'
import { buildConnectTools, buildSpec } from '../support/build-connection.ts'
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts'
import { kubeconfigText } from '../support/kubeconfig-home.ts'
import { spoken } from '../support/spoken.ts'

let folder: string
let clock: FakeClock
let files: ForeignFiles
/** Folders on a drive that is gone, and what brings one back. */
let gone: Map<string, PromiseWithResolvers<true>>
/** Of the system: how many were begun, how many wait now, and how many waited at most. */
let calls: { begun: number; waiting: number; most: number }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-hanging-'))
  for (const name of ['alive', 'gone', 'lost']) {
    mkdirSync(join(folder, name))
    for (const file of ['a', 'b', 'c']) writeFileSync(join(folder, name, file), file)
  }
  gone = new Map()
  calls = { begun: 0, waiting: 0, most: 0 }
  clock = createFakeClock()
  files = createForeignFiles(clock, system)
})
afterEach(() => {
  for (const one of gone.values()) one.resolve(true)
  rmSync(folder, { recursive: true, force: true })
})

const at = (path: string): string => join(folder, path)

async function slowly<T>(path: string, work: () => Promise<T>): Promise<T> {
  const mine = calls
  mine.begun++
  mine.most = Math.max(mine.most, ++mine.waiting)
  await gone.get(dirname(path))?.promise
  mine.waiting--
  return await work()
}

const system: FileSystem = {
  ...node,
  open: (path, flags) => slowly(String(path), () => node.open(path, flags)),
}

function lose(...names: readonly string[]): void {
  for (const name of names) gone.set(at(name), Promise.withResolvers<true>())
}

async function read(path: string): Promise<string> {
  const found = await files.read(at(path), 100)
  return found.ok ? found.bytes.toString() : found.why.kind
}

/** What each comes to once the deadline of the first has passed. */
async function afterDeadline(paths: readonly string[]): Promise<readonly string[]> {
  const all = Promise.all(paths.map(read))
  await clock.advance(5_000)
  return await all
}

describe('a drive that is gone', () => {
  test('is waited for for five seconds, once for all that lies in one folder, and keeps no other from being read', async () => {
    lose('gone')
    const late = Promise.all(['gone/a', 'gone/b', 'gone/c'].map(read))
    expect(await read('alive/a')).toBe('a')
    await clock.advance(5_000)
    expect(await late).toEqual(['late', 'late', 'late'])
    expect(await Promise.all(['gone/a', 'alive/b', 'gone/b'].map(read))).toEqual(['late', 'b', 'late'])
    expect(calls.waiting).toBe(1)
  })

  test('takes no more than two of the threads that the process has, however many are asked for', async () => {
    lose('gone', 'lost', 'alive')
    const paths = ['gone', 'lost', 'alive'].flatMap((name) =>
      ['a', 'b', 'c'].map((file) => `${name}/${file}`),
    )
    expect(new Set(await afterDeadline(paths))).toEqual(new Set(['late']))
    expect(await read('alive/a')).toBe('late')
    expect(calls.most).toBe(2)
  })

  test('is read again once it is back', async () => {
    lose('gone', 'lost')
    await afterDeadline(['gone/a', 'lost/a'])
    for (const one of gone.values()) one.resolve(true)
    gone.clear()
    await expect.poll(() => Promise.all(['gone/b', 'lost/a'].map(read))).toEqual(['b', 'a'])
    expect(await Promise.all(['gone/a', 'lost/b', 'alive/c'].map(read))).toEqual(['a', 'b', 'c'])
  })

  test('is none where it is only slow: each file has its own five seconds', async () => {
    lose('gone')
    const all = Promise.all(['gone/a', 'gone/b', 'gone/c'].map(read))
    for (let turn = 0; turn < 3; turn++) {
      await clock.advance(4_900)
      gone.get(at('gone'))?.resolve(true)
      lose('gone')
      await expect.poll(() => calls.begun).toBe(Math.min(3, turn + 2))
    }
    expect(await all).toEqual(['a', 'b', 'c'])
  })
})

describe('what a kubeconfig names', () => {
  test('ends an attempt to connect with a sentence when it does not answer', async () => {
    lose('gone')
    const spec = buildSpec({ user: { kind: 'token-file', path: at('gone/a'), token: '' } })
    const attempt = connect(spec, buildConnectTools({ files }))
    await expect.poll(() => calls.waiting).toBe(1)
    await clock.advance(5_000)
    expect(spoken(await attempt)).toEqual({
      ok: false,
      fault: {
        code: 'kubeconfig',
        message: `The file ${at('gone/a')}, which the kubeconfig names, does not answer: it may lie on a network drive that is gone.`,
      },
    })
  })

  test('is not opened before somebody connects, by the doctor neither: it says what is there', async () => {
    const user = {
      'client-certificate': at('alive/a'),
      'client-key': at('alive/b'),
      tokenFile: at('alive'),
    }
    const path = at('config')
    writeFileSync(path, kubeconfigText({ user }))
    const opened: string[] = []
    const watched: FileSystem = {
      ...node,
      open: (file, flags) => {
        opened.push(String(file))
        return node.open(file, flags)
      },
    }
    const report = await surveyKubeconfigs(
      { env: { KUBECONFIG: path }, homedir: folder },
      createForeignFiles(createSystemClock(), watched),
    )
    expect(spoken(report[0]?.users)).toEqual([
      {
        name: 'u',
        signIn: 'token-file',
        tokenProblem: `The file ${at('alive')}, which the kubeconfig names, is a folder.`,
        certificate: { file: at('alive/a') },
      },
    ])
    expect(opened.filter((one) => one !== path)).toEqual([])
  })
})
