import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TemplateDiff } from '../../../../shared/model/template-preview.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import type { Reply } from '../../../../shared/fault.ts'
import { kubectl, path } from '../../../support/shop-release.ts'

let bench: Bench
let li: Desk
beforeEach(async () => {
  bench = await openBench()
  li = await bench.open({ person: 'li@laptop' })
})
afterEach(() => bench.close())

function value<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(reply.fault.message)
  return reply.value
}

async function first(desk: Desk) {
  const { batches } = await desk.picture('shop-http', (view) => view.batches.length === 3)
  const batch = batches[0]?.uid
  if (batch === undefined) throw new Error('shop has batches')
  return { target: desk.target('shop-http'), batch }
}

async function changesOf(desk: Desk, edit: (text: string) => string) {
  const place = await first(desk)
  const { text } = value(await desk.client.call('template/show', place))
  return value(await desk.client.call('template/preview', { ...place, text: edit(text) }))
}

function changed({ hunks }: TemplateDiff): readonly string[] {
  return hunks.flatMap(({ lines }) => lines.filter((line) => !line.startsWith(' ')))
}

test('a template that was only looked at changes nothing', async () => {
  const preview = await changesOf(li, (text) => text)
  if (preview.kind !== 'changes') throw new Error('it was valid')
  expect(preview.batches.map((one) => one.hunks)).toEqual([[], [], []])
})

test('an edited line is shown for every batch, with what it replaces, and nothing is written', async () => {
  const cluster = kubectl(bench)
  const before = await cluster.get(path.deployment('shop-1'))
  const preview = await changesOf(li, (text) =>
    text.replace(/terminationGracePeriodSeconds: \d+/, 'terminationGracePeriodSeconds: 77'),
  )
  if (preview.kind !== 'changes') throw new Error('it was valid')
  expect(preview.refused).toBeUndefined()
  expect(preview.batches.map((one) => [one.number, one.added, one.removed])).toEqual([
    [1, 1, 1],
    [2, 1, 1],
    [3, 1, 1],
  ])
  const [one] = preview.batches
  if (one === undefined) throw new Error('there are batches')
  expect(changed(one)[1]).toBe('+  terminationGracePeriodSeconds: 77')
  const after = await cluster.get(path.deployment('shop-1'))
  expect(after.body['metadata']).toEqual(before.body['metadata'])
  await cluster.close()
})

test('a pasted manifest without the defaults of the server shows only what it really changes', async () => {
  const cluster = kubectl(bench)
  const { body } = await cluster.get(path.deployment('shop-1'))
  const spec = body['spec'] as { template: { metadata: object; spec: { containers: { image: string }[] } } }
  const [container] = spec.template.spec.containers
  if (container === undefined) throw new Error('it has a container')
  const { image, ...rest } = container
  const lean = Object.fromEntries(Object.entries(rest).filter(([key]) => !/^terminationMessage/.test(key)))
  const containers = [{ ...lean, image: `${image}-next` }]
  const manifest = {
    kind: 'Deployment',
    spec: { template: { metadata: spec.template.metadata, spec: { containers } } },
  }
  const preview = await changesOf(li, () => JSON.stringify(manifest))
  if (preview.kind !== 'changes') throw new Error('it was valid')
  const [one] = preview.batches
  if (one === undefined) throw new Error('there are batches')
  expect(changed(one).map((line) => line.replace(/^(.)[ -]+/, '$1'))).toEqual([
    `-image: ${image}`,
    `+image: ${image}-next`,
  ])
  await cluster.close()
})

test('what the cluster would refuse is shown with its words', async () => {
  const preview = await changesOf(li, (text) =>
    text.replace(/restartPolicy: \w+/, 'restartPolicy: Sometimes'),
  )
  if (preview.kind !== 'changes') throw new Error('it was readable')
  expect(preview.refused).toContain('restartPolicy')
  expect(preview.batches[0]?.added).toBe(1)
})

test('garbage is answered with what is wrong in it', async () => {
  expect(await changesOf(li, () => '{{ .Values }}')).toMatchObject({ kind: 'problem' })
  expect(await changesOf(li, (text) => `${text}---\na: 1\n`)).toMatchObject({
    kind: 'problem',
    problem: { kind: 'several-documents' },
  })
})
