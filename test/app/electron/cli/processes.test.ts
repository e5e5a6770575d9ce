import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { OutputLine } from '../../../../electron/cli/output/output-line.ts'
import { spawnNode, type Spawned } from '../../../support/spawned.ts'

// Many processes, each of which has to be started on a machine that may be busy.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const tag = '20190215093000'
let folder: string
let cluster: Spawned
let kubeconfig: string
const started: Spawned[] = []
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-processes-'))
  cluster = spawnNode(['electron/training/main.ts', '--port', '0', '--speed', '20'])
  kubeconfig = (await cluster.line((line) => line.startsWith('KUBECONFIG='))).slice('KUBECONFIG='.length)
})
afterEach(async () => {
  for (const one of [...started.splice(0), cluster]) {
    one.child.kill('SIGKILL')
    await one.ended
  }
  rmSync(folder, { recursive: true, force: true })
})

function tranche(words: string): Spawned {
  const one = spawnNode([
    'electron/cli/main.ts',
    ...words.split(' '),
    ...['--kubeconfig', kubeconfig, '--data-folder', folder, '--service', 'shop-http', '--output', 'json'],
  ])
  started.push(one)
  return one
}
const event =
  (name: string, text = '') =>
  (line: string) =>
    line.includes(`"event":"${name}"`) && line.includes(text)

async function resultOf(
  one: Spawned,
): Promise<{ readonly code: unknown; readonly last: OutputLine | undefined }> {
  const code = await one.ended
  return { code, last: one.objects().at(-1) }
}
const ended = (exit: number): unknown => ({ code: exit, last: { kind: 'result', exit } })

async function status(): Promise<Extract<OutputLine, { readonly kind: 'status' }>> {
  const one = tranche('status')
  await one.ended
  const found = one.objects().find((line) => line.kind === 'status')
  if (found?.kind !== 'status') throw new Error(one.lines().join('\n') + one.stderr())
  return found
}
async function tags(): Promise<readonly string[]> {
  return (await status()).batches.map((batch) => batch.images[0]?.image.split(':')[1] ?? '')
}

test.each(['SIGTERM', 'SIGHUP'] as const)('%s pauses as Ctrl-C does', async (signal) => {
  const driver = tranche(`release --tag ${tag} --bake 1h --no-approval`)
  await driver.line(event('batch-started'))
  driver.child.kill(signal)
  expect(await resultOf(driver)).toEqual(ended(130))
  expect((await status()).release?.state).toBe('paused')
})

test('Ctrl-C pauses the release and says how to go on; a second process resumes it to its end', async () => {
  const driver = tranche(`release --tag ${tag}-slow --bake 0 --no-approval`)
  await driver.line(event('batch-started', 'Batch 2'))
  driver.child.kill('SIGINT')
  expect(await resultOf(driver)).toEqual(ended(130))
  const next = driver.objects().filter((line) => line.kind === 'next')
  expect(next[0]).toEqual({
    kind: 'next',
    command: `tranche resume shop-http --kubeconfig ${kubeconfig} --data-folder ${folder}`,
  })
  expect((await status()).release?.state).toBe('paused')
  expect(await resultOf(tranche('resume'))).toEqual(ended(0))
  expect(await tags()).toEqual(Array(3).fill(`${tag}-slow`))
})

test('Ctrl-C that comes twice at once, from the terminal and from npm, pauses all the same', async () => {
  const driver = tranche(`release --tag ${tag} --bake 1h --no-approval`)
  await driver.line(event('batch-started'))
  driver.child.kill('SIGINT')
  driver.child.kill('SIGINT')
  expect(await resultOf(driver)).toEqual(ended(130))
  expect((await status()).release?.state).toBe('paused')
})

test('one drives, the other watches and asks it to pause', async () => {
  // It bakes as long as the others take to come.
  const driver = tranche(`release --tag ${tag} --bake 1h --no-approval`)
  await driver.line(event('batch-started'))
  const watcher = tranche('status --watch')
  await watcher.line((line) => line.includes('"kind":"status"'))
  const asker = tranche('ask pause')
  expect(await resultOf(asker)).toEqual(ended(0))
  await watcher.line(event('paused'))
  expect(await resultOf(driver)).toEqual(ended(3))
  expect(
    driver
      .objects()
      .filter((line) => line.kind === 'event')
      .map((line) => line.event),
  ).toContain('paused')
  watcher.child.kill('SIGINT')
  expect(await resultOf(watcher)).toEqual(ended(130))
})

test('after kill -9 another process takes over and brings the release to its end', async () => {
  const driver = tranche(`release --tag ${tag}-slow --bake 0 --no-approval`)
  await driver.line(event('batch-started', 'Batch 2'))
  driver.child.kill('SIGKILL')
  expect(await driver.ended).toBe('SIGKILL')
  const heir = tranche('take-over')
  expect(await resultOf(heir)).toEqual(ended(0))
  expect(
    heir
      .objects()
      .filter((line) => line.kind === 'event')
      .map((line) => line.event),
  ).toContain('taken-over')
  expect(await tags()).toEqual(Array(3).fill(`${tag}-slow`))
})

test('a failing image ends with 3, the reason and the first failing pod; a second process rolls it back', async () => {
  const driver = tranche('release --tag 9-missing --bake 0 --no-approval')
  expect(await resultOf(driver)).toEqual(ended(3))
  expect(driver.objects()).toContainEqual(
    expect.objectContaining({
      kind: 'failure',
      batch: 1,
      reason: 'ImagePullBackOff',
      pod: expect.stringMatching(/^shop-1-/) as string,
    }),
  )
  expect(await resultOf(tranche('rollback'))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
})

test('a reader that has had enough is no crash', async () => {
  const watcher = tranche('status --watch')
  await watcher.line((line) => line.includes('"kind":"status"'))
  watcher.child.stdout.destroy()
  const driver = tranche(`release --tag ${tag} --bake 0`)
  expect(await watcher.ended).toBe(0)
  expect(watcher.stderr()).toBe('')
  expect(await driver.ended).toBe(4)
})

test('npx tranche starts it and hands on what it ends with', async () => {
  // What is tested here is installed: a stamp of another lock file would make it install everything anew.
  const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex')
  writeFileSync(join('node_modules', '.tranche-lock'), lock)
  const one = spawnNode(['electron/launcher.mjs', 'relase'], { LANG: 'zh_CN.UTF-8' })
  started.push(one)
  expect(await one.ended).toBe(2)
  expect(one.stderr()).toContain('没有命令“relase”。是否想输入 release？')
})
