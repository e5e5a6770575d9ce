import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import { startLink, type Link, type LinkRequest } from '../../../support/link.ts'
import { linesOf, openTerminal, type Ran, type RunOptions, type Terminal } from '../../../support/terminal.ts'

const webhook =
  'Internal error occurred: failed calling webhook "policy.example": connect: connection refused'
/** The trial runs of the checks before the start pass: it begins to fail afterwards. */
const isWrite = ({ method, path, query }: LinkRequest): boolean =>
  method === 'PATCH' && path.includes('/deployments/') && !query.has('dryRun')

let terminal: Terminal
let link: Link
let kubeconfig: string
beforeEach(async () => {
  terminal = await openTerminal()
  link = await startLink({ server: terminal.server })
  kubeconfig = join(terminal.folder, 'over-the-link')
  writeFileSync(kubeconfig, trainingKubeconfig(link.server))
})
afterEach(async () => {
  await link.stop()
  await terminal.close()
})

const tranche = (args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
  terminal.tranche([...args, '--service', 'shop-http'], { ...options, env: { KUBECONFIG: kubeconfig } })

const begin = ['release', '--tag', '20190215093000', '--bake', '0', '--batch-limit', '10s', '--yes']

test('a write that is refused is told once with the words of the server and the count, then the release is held by them', async () => {
  link.disturb({
    when: isWrite,
    times: Number.MAX_SAFE_INTEGER,
    what: { kind: 'refuse', status: 500, message: webhook },
  })
  const ran = await tranche([...begin, '--output', 'json'])
  const told = linesOf(ran, 'event').filter((line) => line.event === 'write-tried')
  expect(told[0]?.text).toContain('tried once')
  expect(told[0]?.text).toContain(webhook)
  // Again only when it was tried twice as often: once, twice, four times.
  expect(told.length).toBeLessThanOrEqual(3)
  expect(ran.exit).toBe(3)
  const status = await tranche(['status'])
  expect(status.out.join('\n')).toContain(webhook)
  expect(status.out.join('\n')).toContain('Not known to be written, tried')
})

test('status of a release whose write fails says so in its lines and for machines', async () => {
  link.disturb({
    when: isWrite,
    times: Number.MAX_SAFE_INTEGER,
    what: { kind: 'refuse', status: 500, message: webhook },
  })
  const { promise: seen, resolve } = Promise.withResolvers<undefined>()
  const running = tranche(begin, {
    onLine: (line) => {
      if (line.includes(webhook)) resolve(undefined)
    },
  })
  await seen
  const [status] = linesOf(await tranche(['status', '--output', 'json']), 'status')
  expect(status?.batches[0]?.write).toMatchObject({ kind: 'change', message: webhook })
  expect(status?.batches[0]?.write?.tries).toBeGreaterThanOrEqual(1)
  const plain = await tranche(['status'])
  expect(plain.out.join('\n')).toMatch(/Not written yet, tried (once|\d times)/)
  await running
})
