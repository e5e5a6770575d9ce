import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInterrupts } from '../../../../electron/cli/session/interrupts.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { path, shopImage } from '../../../support/shop-release.ts'
import { linesOf, openTerminal, type Ran, type RunOptions, type Terminal } from '../../../support/terminal.ts'

const tag = '20190215093000'
const names = ['shop-1', 'shop-2', 'shop-3']
let terminal: Terminal
let kubectl: KubeClient
beforeEach(async () => {
  terminal = await openTerminal()
  kubectl = createKubeClient({ server: terminal.server, token: 'training-token' })
})
afterEach(async () => {
  await kubectl.close()
  await terminal.close()
})

const tranche = (line: string, options?: RunOptions): Promise<Ran> =>
  terminal.tranche([...line.split(' '), '--service', 'shop-http', '--output', 'json'], options)
const resultOf = ({ exit, lines }: Ran): unknown => ({ exit, last: lines.at(-1) })
const ended = (exit: number): unknown => ({ exit, last: { kind: 'result', exit } })

type Deployment = {
  readonly spec: {
    readonly paused?: boolean
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly image: string
          readonly env?: readonly { readonly name: string; readonly value: string }[]
        }[]
      }
    }
  }
}
async function deployments(): Promise<readonly Deployment['spec'][]> {
  const found = await Promise.all(names.map((name) => kubectl.get(path.deployment(name))))
  return found.map((one) => (one.body as unknown as Deployment).spec)
}
const tags = async (): Promise<readonly (string | undefined)[]> =>
  (await deployments()).map((one) => one.template.spec.containers[0]?.image.split(':').at(-1))

/** A release that stands at its first gate, while somebody sets another image on the second batch. */
async function changedBySomebody(): Promise<void> {
  await tranche(`release --bake 0 --tag ${tag}`)
  const containers = [{ name: 'shop', image: shopImage('9.9.9') }]
  const body = { spec: { template: { spec: { containers } } } }
  expect((await kubectl.patch(path.deployment('shop-2'), 'strategic', body)).status).toBe(200)
  // Whoever takes it up again finds out before anything else is done.
  expect((await tranche('approve')).exit).toBe(3)
  const [status] = linesOf(await tranche('status'), 'status')
  expect(status).toMatchObject({ headline: 'release-foreign', release: { state: 'held' } })
  expect(await tags()).toEqual([tag, '9.9.9', '2.8.1'])
}

test('an edited template is brought to every batch: what differs, not the rest', async () => {
  const found = await kubectl.get(path.deployment('shop-1'))
  const { template } = (found.body as unknown as Deployment).spec
  const [container, ...others] = template.spec.containers
  const env = [...(container?.env ?? []), { name: 'EDITED', value: 'yes' }]
  const spec = { ...template.spec, containers: [{ ...container, env }, ...others] }
  const file = join(terminal.folder, 'template.json')
  writeFileSync(file, JSON.stringify({ ...template, spec }))
  const ran = await tranche(`release --bake 0 --no-approval --template ${file}`)
  expect(resultOf(ran)).toEqual(ended(0))
  for (const one of await deployments())
    expect(one.template.spec.containers[0]?.env?.at(-1)).toEqual({ name: 'EDITED', value: 'yes' })
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
  const gone = await tranche(`release --template ${join(terminal.folder, 'nothing')}`)
  expect(resultOf(gone)).toEqual(ended(2))
})

test('approving what was disturbed meanwhile says what happened, by whom, and what can be done', async () => {
  await changedBySomebody()
  const ran = await terminal.tranche(['approve', 'shop-http'], { answers: [] })
  expect(ran.exit).toBe(3)
  expect(ran.asked).toEqual([])
  const told = [...ran.out, ran.err].join('\n')
  expect(told).toMatch(/changed batch 2/)
  for (const command of ['adopt', 'restore', 'skip', 'stop', 'rollback'])
    expect(ran.err).toContain(`tranche ${command} shop-http`)
  expect(ran.err).not.toContain('tranche approve')
  // It would be on hold again at once, for the same.
  expect(ran.err).not.toContain('tranche retry')
  expect(told).not.toMatch(/release-foreign|off-held/)
})

test('adopt accepts what somebody else has made of a batch before its turn: a roll back takes it there', async () => {
  await changedBySomebody()
  expect(resultOf(await tranche('adopt'))).toEqual(ended(4))
  expect(resultOf(await tranche('push-all'))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
  expect(resultOf(await tranche('rollback'))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.8.1', '9.9.9', '2.8.1'])
})

test('restore puts the change of the release in the place of what somebody else had set', async () => {
  await changedBySomebody()
  const ran = await terminal.tranche(['restore', 'shop-http'], { answers: ['y', 'a'] })
  expect(ran.asked[0]).toBe('Revert the external change? [y/N] ')
  expect(ran.exit).toBe(0)
  expect(await tags()).toEqual([tag, tag, tag])
})

test('freeze stops the batch in progress where it is, and resume lets it go on to the end', async () => {
  const interrupts = createInterrupts()
  await tranche(`release --bake 0 --no-approval --tag ${tag}-slow`, {
    interrupts,
    onLine: (line) => {
      if (line.includes('batch-started')) interrupts.raise('signal')
    },
  })
  expect(resultOf(await tranche('freeze'))).toEqual(ended(0))
  expect((await deployments()).map((one) => one.paused === true)).toEqual([true, false, false])
  expect(resultOf(await tranche('resume'))).toEqual(ended(0))
  expect((await deployments()).some((one) => one.paused === true)).toBe(false)
  expect(await tags()).toEqual([`${tag}-slow`, `${tag}-slow`, `${tag}-slow`])
})

test('what is about one batch refuses several by their names, and nothing of the release changes', async () => {
  await tranche(`release --bake 0 --tag ${tag}`)
  const [before] = linesOf(await tranche('status'), 'status')
  for (const verb of ['skip', 'retry', 'adopt', 'restore']) {
    const refused = await tranche(`${verb} --batch 2,3`)
    expect(refused.exit).toBe(2)
    expect([...refused.out, refused.err].join('')).toContain('2 (shop-2), 3 (shop-3)')
  }
  const [after] = linesOf(await tranche('status'), 'status')
  expect(after?.release).toEqual(before?.release)
  expect(await tags()).toEqual([tag, '2.8.1', '2.8.1'])
})
