import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInterrupts } from '../../../../electron/cli/session/interrupts.ts'
import { createKubeClient } from '../../../support/kube-client.ts'
import { createPluginFolder, type PluginFolder } from '../../../support/plugin-folder.ts'
import { path, shopImage } from '../../../support/shop-release.ts'
import { linesOf, openTerminal, type Ran, type RunOptions, type Terminal } from '../../../support/terminal.ts'

const tag = '20190215093000'
const at = ['--service', 'shop-http', '--output', 'json']
let terminal: Terminal
let plugins: PluginFolder
beforeEach(async () => {
  terminal = await openTerminal()
  plugins = createPluginFolder()
})
afterEach(async () => {
  plugins.remove()
  await terminal.close()
})

const tranche = (line: string, options?: RunOptions): Promise<Ran> =>
  terminal.tranche([...line.split(' '), ...at], options)
const release = (line: string, options?: RunOptions): Promise<Ran> =>
  tranche(`release --bake 0 ${line}`, options)
const resultOf = ({ exit, lines }: Ran): unknown => ({ exit, last: lines.at(-1) })
const ended = (exit: number): unknown => ({ exit, last: { kind: 'result', exit } })

/** The batches that were given another template since the start, and how often. */
async function changed(): Promise<readonly string[]> {
  const revisions = await terminal.revisions()
  return ['shop-1', 'shop-2', 'shop-3'].flatMap((name) =>
    Array<string>((revisions[name] ?? 0) - 2).fill(name),
  )
}

/** The tags that a Service's batches run, in order. */
async function tags(): Promise<readonly string[]> {
  const [status] = linesOf(await tranche('status'), 'status')
  return (status?.batches ?? []).map((batch) => batch.images[0]?.image.split(':')[1] ?? '')
}

test('contexts are listed without connecting to anything', async () => {
  const ran = await terminal.tranche(['contexts', '--output', 'json'])
  expect(linesOf(ran, 'context')).toMatchObject([{ name: 'training', namespace: 'demo', current: true }])
  expect(terminal.cluster.hooks.requests).toEqual([])
  expect(resultOf(ran)).toEqual(ended(0))
})

test('status without a Service lists all of them, and names none as "not loaded"', async () => {
  const ran = await terminal.tranche(['status'])
  expect(ran.exit).toBe(0)
  expect(ran.out).toEqual([
    'SERVICE      BATCHES  PODS  STATE',
    expect.stringMatching(/^demo-http {4}4 {8}49 {4}ready$/),
    expect.stringMatching(/^hello-http {3}1 {8}3 {5}ready$/),
    expect.stringMatching(/^legacy-http {2}0 {8}0 {5}no batches$/),
    expect.stringMatching(/^shop-http {4}3 {8}14 {4}ready$/),
  ])
})

test('status of a Service shows each batch with its version and pods, in both languages', async () => {
  const english = await terminal.tranche(['status', 'shop-http'])
  expect(english.out[0]).toBe('3 batches, 14 pods: no release is running')
  expect(english.out.find((line) => line.startsWith('2 '))).toBe(
    '2  shop-2      2.8.1    6/6    0         6 of 6 ready',
  )
  const chinese = await terminal.tranche(['status', 'shop-http'], { env: { LANG: 'zh_CN.UTF-8' } })
  expect(chinese.out[1]).toBe('集群 training，命名空间 demo，Service shop-http')
  expect(chinese.out.join('\n')).not.toMatch(/ready|running/)
})

test('a wrong Service, context or batch is named, with what there is', async () => {
  expect(await terminal.tranche(['release', '--tag', '2'])).toMatchObject({
    exit: 2,
    err: expect.stringContaining('demo-http, hello-http, shop-http') as string,
  })
  expect(await terminal.tranche(['status', '--context', 'trainin'])).toMatchObject({
    exit: 2,
    err: expect.stringContaining('Did you mean training?') as string,
  })
  expect(await terminal.tranche(['release', 'shop-http', '--tag', '2', '--batch', '7'])).toMatchObject({
    exit: 2,
    err: expect.stringContaining('1 (shop-1), 2 (shop-2), 3 (shop-3)') as string,
  })
  expect(await terminal.tranche(['status', 'nothing-http'])).toMatchObject({
    exit: 1,
    err: expect.stringContaining('nothing-http') as string,
  })
})

test('plan tells share and checks and writes nothing', async () => {
  const ran = await tranche(`plan --tag ${tag}`)
  expect(linesOf(ran, 'forecast').map((row) => [row.newPods, Math.round(row.share * 1000) / 10])).toEqual([
    [2, 14.3],
    [8, 57.1],
    [14, 100],
  ])
  expect(linesOf(ran, 'check').map((check) => check.check)).toContain('dry-run-ok')
  expect(resultOf(ran)).toEqual(ended(0))
  expect(await changed()).toEqual([])
})

test('batches that are left out keep their share of the forecast and are not written to', async () => {
  const ran = await tranche(`plan --tag ${tag} --batch 1-2`)
  expect(linesOf(ran, 'forecast').map((row) => [row.afterBatch, row.newPods, row.peakPods > 14])).toEqual([
    [1, 2, true],
    [2, 8, true],
  ])
  expect(linesOf(ran, 'forecast').at(-1)?.share).toBeCloseTo(8 / 14)
  const done = await release(`--tag ${tag} --skip shop-2 --no-approval`)
  expect(resultOf(done)).toEqual(ended(0))
  expect(await changed()).toEqual(['shop-1', 'shop-3'])
})

test('an image that is no reference is refused before anything is written', async () => {
  const ran = await release('--image shop:.bad --yes')
  const blockers = linesOf(ran, 'check').filter((check) => check.level === 'blocker')
  expect(blockers).toMatchObject([{ check: 'image-invalid' }])
  expect(resultOf(ran)).toEqual(ended(5))
  expect(await changed()).toEqual([])
})

test('a release without gates runs to its end and says each change once', async () => {
  const ran = await release(`--tag ${tag} --no-approval`)
  expect(resultOf(ran)).toEqual(ended(0))
  const events = linesOf(ran, 'event').map((one) => one.event)
  expect(events.filter((one) => one === 'started')).toHaveLength(1)
  expect(events.filter((one) => one === 'batch-done')).toHaveLength(3)
  expect(events.at(-1)).toBe('release-done')
  expect(new Set(linesOf(ran, 'event').map((one) => `${one.at} ${one.text}`)).size).toBe(events.length)
  expect(await tags()).toEqual([tag, tag, tag])
})

test('all gates opened at the start are in the record under a name', async () => {
  const ran = await release(`--tag ${tag} --approve-all`)
  expect(resultOf(ran)).toEqual(ended(0))
  expect(linesOf(ran, 'event').map((one) => one.event)).toContain('push-all')
})

test('where nobody can be asked it ends at each gate with 4, and approve goes on from there', async () => {
  const first = await release(`--tag ${tag}`)
  expect(resultOf(first)).toEqual(ended(4))
  expect(linesOf(first, 'next').map((one) => one.command)).toEqual([
    'tranche approve shop-http',
    'tranche rollback shop-http',
  ])
  const second = await tranche('approve --until approval')
  expect(resultOf(second)).toEqual(ended(4))
  expect(await changed()).toEqual(['shop-1', 'shop-2'])
  const third = await tranche('approve')
  expect(resultOf(third)).toEqual(ended(0))
  expect(await changed()).toEqual(['shop-1', 'shop-2', 'shop-3'])
})

test('on a terminal it asks once before it begins, naming what and where, and then at each gate', async () => {
  const ran = await terminal.tranche(['release', 'shop-http', '--tag', tag, '--bake', '0'], {
    answers: ['y', 'y', 'a'],
  })
  expect(ran.exit).toBe(0)
  expect(ran.err).toContain('Namespace  demo\n')
  expect(ran.err).toContain(`shop: 2.8.1 → registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/shop:${tag}`)
  expect(ran.err).toContain('Batches    1–3 (14 pods)')
  const approve = 'Approve? [y = yes, a = approve all, n = not now] '
  expect(ran.asked).toEqual(['Release it? [y/N] ', approve, approve])
  expect(ran.err).toContain(`Updates shop-2 to ${tag} (6 pods), then waits for approval.`)
  expect(ran.err).toContain(`Updates shop-3 to ${tag} (6 pods). Share`)
})

test('Enter is no yes to a step forward: nothing is written', async () => {
  const ran = await terminal.tranche(['release', 'shop-http', '--tag', tag], { answers: [''] })
  expect(ran).toMatchObject({ exit: 130, err: expect.stringContaining('Nothing was done.') as string })
  expect(await changed()).toEqual([])
})

test('a failing image ends with 3, the reason and the first failing pod; roll back asks once and takes it back', async () => {
  const ran = await release('--tag 9-missing --no-approval')
  expect(resultOf(ran)).toEqual(ended(3))
  expect(linesOf(ran, 'failure')).toMatchObject([
    {
      batch: 1,
      name: 'shop-1',
      reason: 'ImagePullBackOff',
      pod: expect.stringMatching(/^shop-1-/) as string,
    },
  ])
  const back = await terminal.tranche(['rollback', 'shop-http'], { answers: [''] })
  expect(back.exit).toBe(0)
  expect(back.asked).toEqual(['Roll back? [Y/n] '])
  expect(back.err).toContain('Batch 1    9-missing → 2.8.1 (2 pods)')
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
})

test('a crashing image shows the last lines of the log', async () => {
  const ran = await release('--tag 9-crash --no-approval')
  expect(ran.exit).toBe(3)
  expect(linesOf(ran, 'failure')[0]?.log.join('\n')).toContain('com.example.demo')
})

test('of a pod with a sidecar and an init container the log of the one that crashes is shown, from before its restart', async () => {
  const kubectl = createKubeClient({ server: terminal.server, token: 'training-token' })
  const pod = {
    containers: [
      { name: 'agent', image: 'agent:1' },
      { name: 'shop', image: shopImage('2.8.1') },
    ],
    initContainers: [{ name: 'migrate', image: 'migrate:1' }],
  }
  const body = { spec: { template: { spec: pod } } }
  expect((await kubectl.patch(path.deployment('shop-1'), 'strategic', body)).status).toBe(200)
  await kubectl.close()
  for (const container of ['agent', 'migrate']) {
    const ran = await release(`--image ${container}=${container}:2-crash --batch 1 --no-approval`)
    const [failure] = linesOf(ran, 'failure')
    expect(failure).toMatchObject({ container })
    expect(failure?.log.join('\n')).toContain('Main.main')
    expect((await tranche('rollback')).exit).toBe(0)
  }
})

test('a plan that rolls back by itself ends with 3 and the old version', async () => {
  const ran = await release('--tag 9-missing --no-approval --on-failure roll-back-all')
  expect(resultOf(ran)).toEqual(ended(3))
  expect(linesOf(ran, 'event').at(-1)?.event).toBe('release-rolled-back')
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
})

test('a held release is gone on with by retry, or past a batch by skip and an approval, and one that has not ended is not replaced unasked', async () => {
  await release('--tag 9-missing --no-approval')
  const other = await release(`--tag ${tag} --no-approval`)
  expect(linesOf(other, 'fault')).toMatchObject([
    { code: 'conflict', text: expect.stringContaining('9-missing') as string },
  ])
  expect(resultOf(other)).toEqual(ended(1))
  expect(resultOf(await tranche('retry'))).toEqual(ended(3))
  const skipped = await tranche('skip')
  expect(resultOf(skipped)).toEqual(ended(4))
  expect(linesOf(skipped, 'event').at(-1)?.text).toBe('Batch 1 is skipped. Batch 2 waits for your approval.')
  expect(await changed()).toEqual(['shop-1'])
  const approved = await tranche('approve')
  expect(resultOf(approved)).toEqual(ended(3))
  expect(linesOf(approved, 'failure')).toMatchObject([{ batch: 2 }])
  const replaced = await release(`--tag ${tag} --no-approval --supersede canary`)
  expect(resultOf(replaced)).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
})

test('an interrupt pauses what is driven, says how to go on, and resume does it without a second patch', async () => {
  const interrupts = createInterrupts()
  const ran = await release(`--tag ${tag} --no-approval`, {
    interrupts,
    onLine: (line) => {
      if (line.includes('batch-started')) interrupts.raise('signal')
    },
  })
  expect(resultOf(ran)).toEqual(ended(130))
  expect(linesOf(ran, 'next')[0]?.command).toBe('tranche resume shop-http')
  const [status] = linesOf(await tranche('status'), 'status')
  expect(status?.release?.state).toBe('paused')
  expect(resultOf(await tranche('resume'))).toEqual(ended(0))
  expect(await changed()).toEqual(['shop-1', 'shop-2', 'shop-3'])
})

test('a time limit pauses as an interrupt does, and is a fault', async () => {
  const interrupts = createInterrupts()
  const ran = await release(`--tag ${tag} --no-approval`, {
    interrupts,
    onLine: (line) => {
      if (line.includes('batch-started')) interrupts.raise('timeout')
    },
  })
  expect(resultOf(ran)).toEqual(ended(1))
  expect(linesOf(await tranche('status'), 'status')[0]?.release?.state).toBe('paused')
})

test('pause, freeze and stop work on a release that was left behind, and end it where it is', async () => {
  await release(`--tag ${tag}`)
  expect(resultOf(await tranche('pause'))).toEqual(ended(0))
  expect(linesOf(await tranche('status'), 'status')[0]?.release?.state).toBe('paused')
  expect(linesOf(await tranche('freeze'), 'fault')[0]?.text).toBe('No batch is in progress.')
  expect(resultOf(await tranche('stop'))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, '2.8.1', '2.8.1'])
  expect(resultOf(await tranche('resume'))).toEqual(ended(1))
})

test('push-all opens the gates that remain', async () => {
  await release(`--tag ${tag}`)
  expect(resultOf(await tranche('push-all'))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
})

test('roll back takes the batches that are named, one after the other if so wished', async () => {
  await release(`--tag ${tag} --no-approval`)
  expect(resultOf(await tranche('rollback --batch 2-3 --batch-by-batch'))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, '2.8.1', '2.8.1'])
})

test('a restart is a change like an image', async () => {
  expect(resultOf(await release('--restart --no-approval'))).toEqual(ended(0))
  expect(await changed()).toEqual(['shop-1', 'shop-2', 'shop-3'])
})

test('a program that hands out credentials runs only after a yes to exactly this command, or with --trust-plugins', async () => {
  const plugin = plugins.write('sign-in', "note('ran')\nanswer({ token: 'training-token' })\n")
  const kubeconfig = join(plugins.path, 'kubeconfig')
  const exec = `exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: ${plugin}, args: [get-token, --for, training]}`
  const text = readFileSync(terminal.kubeconfig, 'utf8').replace('token: training-token', exec)
  writeFileSync(kubeconfig, text)
  const args = ['status', 'shop-http', '--kubeconfig', kubeconfig]
  const silent = await terminal.tranche(args)
  expect(silent).toMatchObject({ exit: 2, err: expect.stringContaining('--trust-plugins') as string })
  const refused = await terminal.tranche(args, { answers: [''] })
  expect(refused.exit).toBe(2)
  const shown = refused.err.split('\n').map((line) => line.trim().split(/ {2,}/).at(-1))
  expect(shown).toEqual(expect.arrayContaining([plugin, 'get-token', '--for', 'training']))
  expect(plugins.notes()).toEqual([])
  expect((await terminal.tranche(args, { answers: ['y'] })).exit).toBe(0)
  expect((await terminal.tranche([...args, '--trust-plugins'])).exit).toBe(0)
  expect(plugins.notes()).toEqual(['ran', 'ran'])
})
