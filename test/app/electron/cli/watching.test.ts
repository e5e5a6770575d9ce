import { afterEach, beforeEach, expect, test } from 'vitest'
import { createInterrupts } from '../../../../electron/cli/session/interrupts.ts'
import type { OutputLine } from '../../../../electron/cli/output/output-line.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { path, shopImage } from '../../../support/shop-release.ts'
import { openTerminal, type Terminal } from '../../../support/terminal.ts'
import { itemsOf } from '../../../support/watched-objects.ts'

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

type Watcher = {
  /** The first line from here on that fits, and all that came before it. */
  line(what: string, fits: (line: string) => boolean): Promise<readonly string[]>
  end(): Promise<number>
}

/** `status --watch` in this process, once it has said how the Service stands. */
async function watching(more = '--output json'): Promise<Watcher> {
  const interrupts = createInterrupts()
  const lines: string[] = []
  let read = 0
  let look = (): void => undefined
  const ran = terminal.tranche(['status', 'shop-http', '--watch', ...more.split(' ')], {
    interrupts,
    onLine(line) {
      lines.push(line)
      look()
    },
  })
  const watcher: Watcher = {
    line: (what, fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`never: ${what}\n${lines.slice(read).join('\n')}`)),
          40_000,
        )
        look = () => {
          const index = lines.findIndex((line, at) => at >= read && fits(line))
          if (index < 0) return
          clearTimeout(timer)
          const before = lines.slice(read, index + 1)
          read = index + 1
          look = () => undefined
          resolve(before)
        }
        look()
      }),
    async end() {
      interrupts.raise('signal')
      return (await ran).exit
    },
  }
  await watcher.line('how it stands', (line) => line.includes('shop-3'))
  return watcher
}

type Change = Extract<OutputLine, { readonly kind: 'change' }>

function changesIn(lines: readonly string[]): readonly Change[] {
  return lines
    .map((line) => JSON.parse(line) as OutputLine)
    .filter((line): line is Change => line.kind === 'change')
}

const isChange =
  (change: string) =>
  (line: string): boolean =>
    line.includes(`"change":"${change}"`)

async function setImage(name: string, tag: string): Promise<void> {
  const containers = [{ name: 'shop', image: shopImage(tag) }]
  const query = '?fieldManager=kubectl-set'
  const body = { spec: { template: { spec: { containers } } } }
  expect((await kubectl.patch(`${path.deployment(name)}${query}`, 'strategic', body)).status).toBe(200)
}

test('an image that somebody sets is told once, with who and when, and that it serves', async () => {
  const watcher = await watching()
  await setImage('shop-2', '3.0.0')
  const told = changesIn(await watcher.line('it is whole again', isChange('whole')))
  expect(told.map((one) => one.change)).toEqual(['image', 'whole'])
  expect(told[0]).toMatchObject({
    batches: [2],
    names: ['shop-2'],
    by: 'kubectl-set',
    container: 'shop',
    from: shopImage('2.8.1'),
    to: shopImage('3.0.0'),
    text: `Batch 2: image of shop changed by kubectl-set from ${shopImage('2.8.1')} to ${shopImage('3.0.0')}`,
  })
  expect(await watcher.end()).toBe(130)
})

test('a crash of all pods of several batches is one line, whoever set the image', async () => {
  const watcher = await watching()
  await Promise.all(['shop-2', 'shop-3'].map((name) => setImage(name, '3.0.0-crash')))
  const told = changesIn(await watcher.line('they fail', isChange('failing')))
  expect(told.filter((one) => one.change === 'image')).toMatchObject([{ batches: [2, 3], by: 'kubectl-set' }])
  expect(told.filter((one) => one.change === 'failing')).toHaveLength(1)
  expect(told.at(-1)).toMatchObject({ batches: [2, 3] })
  await watcher.end()
})

test('pods that are deleted, and a size that is changed, are told; a scaling takes no pods away that were deleted', async () => {
  const watcher = await watching()
  const pods = itemsOf((await kubectl.get('/api/v1/namespaces/demo/pods?labelSelector=app%3Dshop')).body)
  const two = pods.filter((pod) => JSON.stringify(pod).includes('shop-3-')).slice(0, 2)
  for (const pod of two) {
    const { name } = pod['metadata'] as { readonly name: string }
    await kubectl.remove(`/api/v1/namespaces/demo/pods/${name}`)
  }
  const gone = changesIn(await watcher.line('they went', isChange('pods-gone')))
  expect(gone.at(-1)).toMatchObject({ batches: [3], pods: 2 })
  const body = { spec: { replicas: 3 } }
  expect(
    (await kubectl.patch(`${path.deployment('shop-2')}/scale?fieldManager=kubectl`, 'merge', body)).status,
  ).toBe(200)
  const scaled = changesIn(await watcher.line('it is scaled', isChange('replicas')))
  expect(scaled.at(-1)).toMatchObject({ batches: [2], by: 'kubectl', from: 6, to: 3 })
  expect(scaled.some((one) => one.change === 'pods-gone')).toBe(false)
  await watcher.end()
})

test('a cluster that is lost and found again is told, and what has changed meanwhile', async () => {
  const watcher = await watching()
  const mend = terminal.cluster.hooks.disturb({
    when: (info) => info.verb === 'watch' || info.verb === 'list',
    times: Infinity,
    what: { kind: 'drop' },
  })
  terminal.cluster.hooks.cutWatches()
  await watcher.line('it is lost', (line) => line.includes('"event":"trouble"'))
  await setImage('shop-1', '3.0.0')
  mend()
  await watcher.line('it is found', (line) => line.includes('"event":"live"'))
  const told = changesIn(await watcher.line('what has changed', isChange('image')))
  expect(told.at(-1)).toMatchObject({ batches: [1], by: 'kubectl-set' })
  await watcher.end()
})

test('in Chinese the same is said', async () => {
  const watcher = await watching('--lang zh')
  await setImage('shop-2', '3.0.0')
  const lines = await watcher.line('it is told', (line) => line.includes('第 2 批'))
  expect(lines.at(-1)).toContain(
    `第 2 批：容器 shop 的镜像被 kubectl-set 从 ${shopImage('2.8.1')} 改为 ${shopImage('3.0.0')}`,
  )
  await watcher.end()
})

test('what a release does is told by its record alone', async () => {
  const watcher = await watching()
  const ran = await terminal.tranche(
    'release shop-http --bake 0 --no-approval --yes --tag 3.0.0 --output json'.split(' '),
  )
  expect(ran.exit).toBe(0)
  const lines = await watcher.line(
    'its end',
    (line) =>
      line.includes('"event":"ended-done"') ||
      line.includes('release-done') ||
      line.includes('"event":"release-ended'),
  )
  expect(changesIn(lines)).toEqual([])
  await watcher.end()
})
