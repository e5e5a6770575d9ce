import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInterrupts, type Interrupts } from '../../../../electron/cli/session/interrupts.ts'
import { exitCodes } from '../../../../electron/cli/session/exit-code.ts'
import type { Pod } from '../../../../electron/training/objects/objects.ts'
import { pods as podKind } from '../../../../electron/training/objects/resources.ts'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import { openTerminal, type Ran, type Terminal } from '../../../support/terminal.ts'

let terminal: Terminal
beforeAll(async () => {
  terminal = await openTerminal()
})
afterAll(() => terminal.close())

type Running = {
  readonly first: Promise<string>
  readonly ran: Promise<Ran>
  readonly interrupts: Interrupts
}

function begin(line: string): Running {
  const interrupts = createInterrupts()
  let tell: ((line: string) => void) | undefined
  const first = new Promise<string>((resolve) => (tell = resolve))
  const ran = terminal.tranche(line.split(' '), { interrupts, onLine: (one) => tell?.(one) })
  return { first, ran, interrupts }
}

type Line = {
  readonly kind: string
  readonly pod: string
  readonly batch: number
  readonly localPort: number
  readonly address: string
}
const parsed = (line: string): Line => JSON.parse(line) as Line
const podNamed = (name: string): Pod | undefined =>
  terminal.cluster.hooks.plane.store.get(podKind, 'demo', name)

/** Refused once nobody listens there any more. */
async function isClosed(port: number): Promise<boolean> {
  const [error] = (await once(connect(port, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
  return error.code === 'ECONNREFUSED'
}

test('a pod of the first batch answers on a port of this machine until the command is interrupted', async () => {
  const running = begin('port-forward demo-http --output json')
  const { address, pod, batch, localPort } = parsed(await running.first)
  expect(batch).toBe(1)
  const text = await (await fetch(address)).text()
  expect(text).toContain(`pod: ${pod}\n`)
  expect(text).toContain(`image: ${podNamed(pod)?.spec.containers[0]?.image}\n`)
  running.interrupts.raise('signal')
  const ran = await running.ran
  expect(ran.exit).toBe(exitCodes.interrupted)
  expect(ran.lines.map(({ kind }) => kind)).toEqual(['forward', 'result'])
  expect(await isClosed(localPort)).toBe(true)
})

test('--batch and LOCAL:PORT choose the batch and both ports, and it says so in Chinese', async () => {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const { port } = free.address() as AddressInfo
  free.close()
  await once(free, 'close')
  const running = begin(`port-forward demo-http ${port}:7001 --batch 3 --lang zh`)
  const line = await running.first
  expect(line).toMatch(
    new RegExp(`^http://127\\.0\\.0\\.1:${port}/ 即 Pod demo-aone-3-\\S+（第 3 批）的端口 7001。$`),
  )
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200)
  running.interrupts.raise('signal')
  expect((await running.ran).err).toContain('一直打开，直到被中断')
})

test('when its pod goes, the port is closed, it says why, and ends with 1', async () => {
  const running = begin('port-forward demo-http --batch 2 --output json')
  const { pod, localPort } = parsed(await running.first)
  const found = podNamed(pod)
  if (found !== undefined) terminal.cluster.hooks.plane.lifecycle.remove(podKind, found, { graceSeconds: 0 })
  const ran = await running.ran
  expect(ran.exit).toBe(exitCodes.fault)
  expect(ran.lines.at(-2)).toMatchObject({
    kind: 'forward',
    state: 'ended',
    text: 'The pod is gone; the port was closed with it.',
  })
  expect(await isClosed(localPort)).toBe(true)
})

test('a port on which nothing listens is told when somebody tries it, and the command goes on', async () => {
  const lines: string[] = []
  const interrupts = createInterrupts()
  let tell: (() => void) | undefined
  const told = new Promise<void>((resolve) => (tell = resolve))
  const ran = terminal.tranche(['port-forward', 'demo-http', '9999'], {
    interrupts,
    onLine(line) {
      lines.push(line)
      const address = /^(http:\S+) is port/.exec(line)?.[1]
      if (address !== undefined) fetch(address).catch(() => undefined)
      if (line.startsWith('The pod does not answer')) tell?.()
    },
  })
  await told
  expect(lines.at(-1)).toMatch(/on this port: error forwarding port 9999 to pod .*connection refused$/)
  interrupts.raise('signal')
  expect((await ran).exit).toBe(exitCodes.interrupted)
})

test('a line that can not be meant is refused before anything is connected, in both languages', async () => {
  const said = async (line: string): Promise<string> => {
    const ran = await terminal.tranche(line.split(' '))
    expect(ran.exit, line).toBe(exitCodes.usage)
    return ran.err.trim().replaceAll(/\s+/g, ' ')
  }
  const wrong =
    'The port is written PORT or LOCAL:PORT, each from 1 to 65535, behind the Service: tranche port-forward SERVICE 8080:80'
  for (const ports of ['http', '0', '65536', '8080:', ':80', '1:2:3'])
    expect(await said(`port-forward demo-http ${ports}`)).toBe(wrong)
  expect(await said('port-forward 8080')).toBe(wrong)
  expect(await said('port-forward demo-http x --lang zh')).toContain('端口写作 端口 或 本机端口:端口')
  expect(await said('port-forward demo-http --batch 1-2')).toContain('demo-aone-1')
  expect(await said('port-forward demo-http --batch 9')).toContain('9')
})

test('a taken port and a missing right are faults that say what it takes', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo
  const busy = await terminal.tranche(['port-forward', 'demo-http', `${port}:7001`])
  taken.close()
  expect([busy.exit, busy.err]).toEqual([
    exitCodes.fault,
    expect.stringContaining(`Port ${port} of this machine is taken.`),
  ])
  const viewer = join(terminal.folder, 'viewer')
  writeFileSync(viewer, trainingKubeconfig(terminal.server, 'viewer'))
  const refused = await terminal.tranche(['port-forward', 'demo-http', '--kubeconfig', viewer])
  expect(refused.exit).toBe(exitCodes.fault)
  expect(refused.err.replaceAll(/\s+/g, ' ')).toContain('the rights to get and to create pods/portforward')
})

test('a production cluster that is read-only lets it through: it changes no object', async () => {
  const kubeconfig = join(terminal.folder, 'prod')
  const text = trainingKubeconfig(terminal.server)
    .replace('current-context: training', 'current-context: gov-prod')
    .replace(/- name: training\n {2}context/, '- name: gov-prod\n  context')
  writeFileSync(kubeconfig, text)
  const running = begin(`port-forward demo-http --kubeconfig ${kubeconfig} --output json`)
  expect((await fetch(parsed(await running.first).address)).status).toBe(200)
  running.interrupts.raise('signal')
  await running.ran
  const refused = await terminal.tranche(['release', 'demo-http', '--tag', '2', '--kubeconfig', kubeconfig])
  expect(refused.err).toContain('gov-prod')
})
