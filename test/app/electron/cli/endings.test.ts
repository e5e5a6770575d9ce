import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createInterrupts } from '../../../../electron/cli/session/interrupts.ts'
import { commandTable } from '../../../../electron/cli/commands/command-table.ts'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import { startApiProxy, type ApiProxy, type Fate, type Passing } from '../../../support/api-proxy.ts'
import { spawnNode } from '../../../support/spawned.ts'
import { linesOf, openTerminal, type Ran, type RunOptions, type Terminal } from '../../../support/terminal.ts'

// Ends are waited for in real time, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

let terminal: Terminal
let proxy: ApiProxy
let kubeconfig: string
let fate: (passing: Passing) => Fate
const through: Fate = { kind: 'pass' }
const hang: Fate = { kind: 'hang' }
beforeEach(async () => {
  terminal = await openTerminal()
  fate = () => through
  proxy = await startApiProxy({
    upstream: { server: terminal.server, token: 'training-token' },
    fate: (passing) => fate(passing),
  })
  kubeconfig = join(terminal.folder, 'through-proxy')
  writeFileSync(kubeconfig, trainingKubeconfig(proxy.server))
})
afterEach(async () => {
  await proxy.stop()
  await terminal.close()
})

const tranche = (line: string, options: RunOptions = {}): Promise<Ran> =>
  terminal.tranche([...line.split(' '), '--output', 'json'], { env: { KUBECONFIG: kubeconfig }, ...options })
const fault = (ran: Ran) => linesOf(ran, 'fault').at(-1)
const isPatch = ({ method, path }: Passing): boolean => method === 'PATCH' && !path.includes('dryRun')

/** What each needs besides a Service. */
const more: Readonly<Partial<Record<string, string>>> = {
  plan: '--tag 2',
  release: '--tag 2 --yes',
  rollback: '--yes',
  'go-back': '--tag 2 --yes',
  ask: 'pause --yes',
}
const asking = commandTable.flatMap((one) => ('run' in one && one.name !== 'contexts' ? [one.name] : []))

test('--timeout ends every command at a server that takes everything and answers nothing, and says so', async () => {
  fate = () => hang
  const ran = await Promise.all(
    asking.map((name) =>
      tranche(
        [
          name,
          name === 'doctor' ? '--context training' : '--service shop-http',
          ...(more[name] === undefined ? [] : [more[name]]),
          '--timeout 5s',
        ].join(' '),
      ),
    ),
  )
  for (const [index, one] of ran.entries()) {
    expect([asking[index], one.exit, fault(one)?.code]).toEqual([asking[index], 1, 'timeout'])
    expect(fault(one)?.text).toMatch(/^Ended by --timeout after 5 s\. .* has not answered\.$/)
  }
})

test('--timeout says that a namespace has not been read, where only lists and watches hang', async () => {
  fate = ({ path }) => (path.includes('/namespaces/demo/') ? hang : through)
  for (const line of ['status shop-http', 'status', 'history shop-http'])
    expect(fault(await tranche(`${line} --timeout 1s`))?.text).toContain('Namespace demo has not been read.')
})

test('--timeout of a release that is driven pauses it and says what was seen last', async () => {
  const interrupts = createInterrupts()
  const line = 'release shop-http --tag 20190215093000-slow --bake 1h --no-approval --timeout 10m'
  // Its ten minutes are over once the first batch has begun, however long that takes here.
  const onLine = (text: string): void => {
    if (text.includes('"event":"batch-started"')) interrupts.raise('timeout')
  }
  const ran = await tranche(line, { interrupts, onLine })
  expect([ran.exit, fault(ran)?.code]).toEqual([1, 'timeout'])
  expect(fault(ran)?.text).toContain('Last seen of shop-http: ')
  const [status] = linesOf(await tranche('status shop-http'), 'status')
  expect(status?.release?.state).toBe('paused')
})

test.each([['release shop-http --tag 20190215093000 --bake 0 --no-approval'], ['rollback shop-http --yes']])(
  'SIGTERM ends "%s" while a write hangs, and says what may still be carried out',
  async (line) => {
    if (line.startsWith('rollback'))
      expect((await tranche('release shop-http --tag 20190215093000 --bake 0 --yes')).exit).toBe(4)
    const interrupts = createInterrupts()
    fate = (passing) => {
      if (!isPatch(passing)) return through
      interrupts.raise('signal')
      return hang
    }
    const ran = await tranche(line, { interrupts })
    expect(ran.exit).toBe(130)
    // The lock may be on its way to be renewed in that very moment.
    const unanswered = linesOf(ran, 'unanswered').map((one) => one.changes)
    expect(unanswered.filter((one) => !one.startsWith('Lease '))).toEqual(['Deployment demo/shop-1'])
    expect(linesOf(ran, 'next').length).toBeGreaterThan(0)
  },
)

test('SIGTERM ends a release whose server falls silent as a whole', async () => {
  const interrupts = createInterrupts()
  let started = false
  fate = () => (started ? hang : through)
  const ran = await tranche('release shop-http --tag 20190215093000-slow --bake 0 --no-approval', {
    interrupts,
    onLine: (line) => {
      if (!line.includes('batch-started')) return
      started = true
      interrupts.raise('signal')
    },
  })
  expect(ran.exit).toBe(130)
  expect(ran.err).toContain('It was not seen that a pause was written down.')
})

test('a process ends at SIGTERM while it waits for a template that never comes, and while nobody reads', async () => {
  const args = ['--kubeconfig', terminal.kubeconfig, '--data-folder', join(terminal.folder, 'own')]
  const waiting = spawnNode(['electron/cli/main.ts', 'plan', 'shop-http', '--template', '-', ...args])
  // More than a pipe holds: once it is written, somebody is there who reads, and hears signals.
  const begun = new Promise((done) => waiting.child.stdin.write(`spec: # ${'-'.repeat(200_000)}`, done))
  const watching = spawnNode(['electron/cli/main.ts', 'status', 'shop-http', '--watch', ...args])
  await watching.line((line) => line.includes('shop-1'))
  watching.child.stdout.pause()
  await begun
  for (const one of [waiting, watching]) {
    one.child.kill('SIGTERM')
    expect(await one.ended).toBe(130)
  }
})
