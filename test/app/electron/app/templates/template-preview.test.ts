import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TemplateDiff } from '../../../../../shared/model/template-preview.ts'
import { openBench, type Bench, type Desk } from '../../../../support/app-on-training.ts'
import { eventually } from '../../../../support/eventually.ts'
import type { Reply } from '../../../../../shared/fault.ts'
import { kubectl, path } from '../../../../support/shop-release.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

let bench: Bench
let li: Desk
beforeEach(async () => {
  bench = await openBench()
  li = await bench.open({ person: 'li@laptop' })
})
afterEach(() => bench.close())

function value<T>(reply: Reply<T>): T {
  if (!reply.ok) throw new Error(wordsOf(reply.fault))
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
  expect(wordsOf(preview.refused)).toContain('restartPolicy')
  expect(preview.batches[0]?.added).toBe(1)
})

test('garbage is answered with what is wrong in it', async () => {
  expect(await changesOf(li, () => '{{ .Values }}')).toMatchObject({ kind: 'problem' })
  expect(await changesOf(li, (text) => `${text}---\na: 1\n`)).toMatchObject({
    kind: 'problem',
    problem: { kind: 'several-documents' },
  })
})

/** shop-2 has of its own: a variable, a label and another grace period. */
async function giveShop2ItsOwn(): Promise<void> {
  const cluster = kubectl(bench)
  const patched = await cluster.patch(path.deployment('shop-2'), 'strategic', {
    spec: {
      template: {
        metadata: { labels: { zone: 'b' } },
        spec: {
          terminationGracePeriodSeconds: 45,
          containers: [{ name: 'shop', env: [{ name: 'OWN', value: '2' }] }],
        },
      },
    },
  })
  expect(patched.status).toBe(200)
  await cluster.close()
}

async function templateOf(name: string) {
  const cluster = kubectl(bench)
  const { body } = await cluster.get(path.deployment(name))
  await cluster.close()
  return (body['spec'] as { template: Template }).template
}
type Template = {
  metadata: { labels: object }
  spec: { terminationGracePeriodSeconds: number; containers: { env?: object[] }[] }
}

const grace = (text: string): string =>
  text.replace(/terminationGracePeriodSeconds: \d+/, 'terminationGracePeriodSeconds: 77')

test('what only one batch has stays there, and where the edit meets it nothing starts before a person has chosen', async () => {
  await li.picture('shop-http', (view) => view.batches.length === 3)
  await giveShop2ItsOwn()
  await li.picture('shop-http', (view) => view.batches[1]?.updated === view.batches[1]?.desired)
  const place = await first(li)
  const { text: base } = value(await li.client.call('template/show', place))
  const edit = { batch: place.batch, base, text: grace(base) }
  const preview = value(await li.client.call('template/preview', { target: place.target, ...edit }))
  if (preview.kind !== 'changes') throw new Error('it was valid')
  const path = 'spec.terminationGracePeriodSeconds'
  expect(preview.batches.map(({ conflicts }) => conflicts)).toEqual([
    [],
    [{ path, base: '30', own: '45', edited: '77', open: true }],
    [],
  ])
  expect(preview.batches.map(({ hunks }) => hunks.length)).toEqual([1, 0, 1])

  const draft = await li.draft('shop-http', {})
  const start = (answers: object[]) =>
    li.client.call('release/start', {
      request: randomUUID(),
      draft: { ...draft, change: { kind: 'template', ...edit, answers: answers as never } },
    })
  const checked = value(
    await li.client.call('release/check', { ...draft, change: { kind: 'template', ...edit } }),
  )
  expect(checked.checks.map(({ what }) => what)).toContainEqual({
    kind: 'template-conflict',
    batches: [2],
    places: [path],
  })
  const [, second] = preview.batches
  const answer = { batch: second?.batch, path, take: 'edited' }
  expect(await start([])).toMatchObject({ ok: false, fault: { code: 'invalid-input' } })
  // An answer that was given about another template than the one that is there now.
  expect(await start([{ ...answer, seen: 'another' }])).toMatchObject({ ok: false })

  const answered = { ...edit, answers: [{ ...answer, seen: second?.digest ?? '' }] as never }
  const shown = value(await li.client.call('template/preview', { target: place.target, ...answered }))
  if (shown.kind !== 'changes') throw new Error('it was valid')
  expect(shown.batches[1]?.conflicts.map(({ open }) => open)).toEqual([false])
  const started = value(await start([{ ...answer, seen: second?.digest }]))
  await li.picture('shop-http', (view) => view.release?.id === started.release)
  await li.client.call('release/push-all', {
    request: randomUUID(),
    target: place.target,
    release: started.release,
  })
  await li.picture('shop-http', (view) => view.release?.outcome === 'done')
  const template = await templateOf('shop-2')
  expect(template.metadata.labels).toMatchObject({ zone: 'b' })
  expect(template.spec.terminationGracePeriodSeconds).toBe(77)
  expect(template.spec.containers[0]?.env).toContainEqual({ name: 'OWN', value: '2' })
  expect((await templateOf('shop-3')).metadata.labels).not.toHaveProperty('zone')
  // What was shown for it is what it has now: the same text once more changes nothing on any batch.
  const after = value(await li.client.call('template/preview', { target: place.target, ...answered }))
  if (after.kind !== 'changes') throw new Error('it was valid')
  expect(after.batches.map(({ hunks }) => hunks)).toEqual([[], [], []])
})

test('a batch that somebody changes between the comparison and the start is not given what nobody has seen', async () => {
  const place = await first(li)
  const { text: base } = value(await li.client.call('template/show', place))
  const edit = { batch: place.batch, base, text: grace(base) }
  const preview = value(await li.client.call('template/preview', { target: place.target, ...edit }))
  if (preview.kind !== 'changes') throw new Error('it was valid')
  const seen = preview.batches.map(({ batch, digest }) => ({ batch, digest }))
  await giveShop2ItsOwn()
  await li.picture('shop-http', (view) => view.batches[1]?.digest !== seen[1]?.digest)
  // Shop 2 has got another period as well: with an answer to that, nothing but what was seen stands in the way.
  const change = { kind: 'template', ...edit, otherwise: 'edited', seen } as const
  const draft = { ...(await li.draft('shop-http', {})), change }
  const start = (what: typeof draft) =>
    li.client.call('release/start', { request: randomUUID(), draft: what })
  expect(spoken(await start(draft))).toMatchObject({
    ok: false,
    fault: { code: 'moved-on', message: expect.stringContaining('shop-2') as string },
  })
  const leftOut = draft.steps.map((step, index) => ({ ...step, leftOut: index === 1 }))
  expect(await start({ ...draft, steps: leftOut })).toMatchObject({ ok: true })
})

test('an edit of a text that was shown before somebody else changed the batch takes nothing of theirs back', async () => {
  const place = await first(li)
  const { text: base } = value(await li.client.call('template/show', place))
  const cluster = kubectl(bench)
  await cluster.patch(path.deployment('shop-1'), 'strategic', {
    spec: { template: { metadata: { labels: { theirs: 'yes' } } } },
  })
  await cluster.close()
  await li.picture('shop-http', (view) => view.batches[0]?.digest !== undefined)
  const preview = await eventually(
    async () => {
      const reply = value(
        await li.client.call('template/preview', {
          target: place.target,
          batch: place.batch,
          base,
          text: grace(base),
        }),
      )
      const { text } = value(await li.client.call('template/show', place))
      return reply.kind === 'changes' && text.includes('theirs') ? reply : undefined
    },
    { what: 'their change is seen' },
  )
  const [one] = preview.batches
  if (one === undefined) throw new Error('there are batches')
  expect(changed(one).filter((line) => line.includes('theirs'))).toEqual([])
})
