import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSystemClock } from '../../../../../electron/cluster/clock/clock.ts'
import { watchKubeconfigs } from '../../../../../electron/cluster/kubeconfig/kubeconfig-watch.ts'
import { keepLastGood } from '../../../../../electron/cluster/kubeconfig/last-good.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createHome, kubeconfigText, type Home } from '../../../../support/kubeconfig-home.ts'
import { realFiles } from '../../../../support/foreign-files.ts'
import { spoken } from '../../../../support/spoken.ts'

let home: Home
let watching: ReturnType<typeof watchKubeconfigs>
let told = 0
beforeEach(() => {
  home = createHome()
  told = 0
})
afterEach(() => {
  watching.stop()
  home.remove()
})

async function begin(...paths: readonly string[]): Promise<void> {
  await beginWith({}, ...paths)
}

async function beginWith(
  tools: Pick<Parameters<typeof watchKubeconfigs>[0], 'watch'>,
  ...paths: readonly string[]
): Promise<void> {
  const clock = createSystemClock()
  watching = watchKubeconfigs({
    paths: () => paths,
    // How long it settles is not what is tested.
    clock: { ...clock, setTimer: (ms, fire) => clock.setTimer(ms / 10, fire) },
    files: realFiles,
    onChange: () => told++,
    ...tools,
  })
  await watching.refresh()
}

async function toldAfter(change: () => void): Promise<void> {
  const before = told
  change()
  await eventually(() => Promise.resolve(told > before ? true : undefined), { what: 'a change' })
}

const at = (...parts: readonly string[]): string => join(home.path, ...parts)

test('a file that is written in place is noticed, and again', async () => {
  await begin(home.write('config', 'a'))
  await toldAfter(() => home.write('config', 'b'))
  await toldAfter(() => home.write('config', 'c'))
})

test('a file that is replaced by renaming, as kubectl and editors do, is noticed, and again', async () => {
  await begin(home.write('config', 'a'))
  for (const text of ['b', 'c'])
    await toldAfter(() => {
      home.write('config.tmp', text)
      renameSync(at('config.tmp'), at('config'))
    })
})

test('a file that comes only later is noticed, even when its folder does not exist yet', async () => {
  await begin(at('.kube', 'config'))
  await toldAfter(() => mkdirSync(at('.kube')))
  await toldAfter(() => home.write('.kube/config', 'a'))
  await toldAfter(() => home.write('.kube/config', 'b'))
})

test('a file that is removed, and one that comes back with its folder, is noticed', async () => {
  await begin(home.write('.kube/config', 'a'))
  await toldAfter(() => unlinkSync(at('.kube', 'config')))
  await toldAfter(() => rmSync(at('.kube'), { recursive: true }))
  await toldAfter(() => home.write('.kube/config', 'b'))
})

test('a symlink that is turned elsewhere is noticed, and so is a change of what it points to', async () => {
  home.write('one/config', 'a')
  home.write('two/config', 'b')
  symlinkSync(at('one', 'config'), at('config'))
  await begin(at('config'))
  await toldAfter(() => home.write('one/config', 'c'))
  await toldAfter(() => {
    symlinkSync(at('two', 'config'), at('config.new'))
    renameSync(at('config.new'), at('config'))
  })
  await toldAfter(() => home.write('two/config', 'd'))
})

test('what a link leads to is noticed when it comes only later, also over several links', async () => {
  mkdirSync(at('elsewhere'))
  symlinkSync(at('elsewhere', 'there'), at('second'))
  symlinkSync('second', at('config'))
  await begin(at('config'))
  await toldAfter(() => home.write('elsewhere/there', 'a'))
  await toldAfter(() => home.write('elsewhere/there', 'b'))
})

test('a folder that a link leads to is noticed when it comes only later', async () => {
  symlinkSync(at('mounted'), at('.kube'))
  await begin(at('.kube', 'config'))
  await toldAfter(() => mkdirSync(at('mounted')))
  await toldAfter(() => home.write('mounted/config', 'a'))
})

test('links in a circle are watched without end of it', async () => {
  symlinkSync(at('b'), at('a'))
  symlinkSync(at('a'), at('b'))
  await begin(at('a'))
  await toldAfter(() => {
    unlinkSync(at('b'))
    home.write('b', 'x')
  })
})

test('the double symlink of a mounted ConfigMap is noticed when it is swapped', async () => {
  home.write('mount/..one/config', 'a')
  home.write('mount/..two/config', 'b')
  symlinkSync('..one', at('mount', '..data'))
  symlinkSync(join('..data', 'config'), at('mount', 'config'))
  await begin(at('mount', 'config'))
  await toldAfter(() => {
    symlinkSync('..two', at('mount', '..new'))
    renameSync(at('mount', '..new'), at('mount', '..data'))
  })
})

test('a file that is added to a folder is noticed', async () => {
  mkdirSync(at('folder'))
  await begin(at('folder'))
  await toldAfter(() => home.write('folder/new', 'a'))
})

test('what else happens beside it is not told', async () => {
  await begin(home.write('config', 'a'))
  home.write('config.lock', 'x')
  home.write('other', 'x')
  // The first change that is told comes from the file itself, with nothing before it.
  await toldAfter(() => home.write('config', 'b'))
  expect(told).toBe(1)
})

test('after stop nothing is told', async () => {
  await begin(home.write('config', 'a'))
  watching.stop()
  home.write('config', 'b')
  await begin(home.write('other', 'a'))
  await toldAfter(() => home.write('other', 'b'))
  expect(told).toBe(1)
})

test('a file that has just become empty or broken keeps the contexts that it had, and says so', async () => {
  const path = home.write('a', kubeconfigText())
  const other = home.write('b', kubeconfigText({ context: 'y' }))
  const good = await home.load(path, other)
  for (const text of ['', 'contexts: [']) {
    writeFileSync(path, text)
    const kept = keepLastGood(good, await home.load(path, other))
    expect(kept.connections.map((one) => one.name).sort()).toEqual(['x', 'y'])
    expect(spoken(kept.problems[1])).toEqual({ file: path, message: 'What was read before still counts.' })
    expect(keepLastGood(kept, await home.load(path, other)).connections).toHaveLength(2)
  }
  writeFileSync(path, kubeconfigText({ context: 'z', clusterName: 'cz', userName: 'uz' }))
  expect(keepLastGood(good, await home.load(path, other)).connections.map((one) => one.name)).toEqual([
    'z',
    'y',
  ])
  rmSync(path)
  expect(keepLastGood(good, await home.load(path, other)).connections.map((one) => one.name)).toEqual(['y'])
})

test('where a folder tells nothing, as on a network share, files are looked at again and again', async () => {
  const watch = (): never => {
    throw new Error('ENOSPC: System limit for number of file watchers reached')
  }
  await beginWith({ watch }, home.write('config', 'a'))
  await toldAfter(() => home.write('config', 'b, longer'))
  await toldAfter(() => unlinkSync(at('config')))
  await toldAfter(() => home.write('config', 'c'))
})
