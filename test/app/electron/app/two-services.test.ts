import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { PipelineView } from '../../../../shared/view/pipeline.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'
import { applyCase } from '../../../support/apply-case.ts'
import { kubectl } from '../../../support/shop-release.ts'
import { wordsOf } from '../../../support/spoken.ts'

const images = { app: 'registry.example:5000/team/app:2.0' }
let bench: Bench
let li: Desk
beforeEach(async () => {
  bench = await openBench()
  const kube = kubectl(bench)
  await applyCase(kube, 'two-services', 'demo')
  await kube.close()
  li = await bench.open()
})
afterEach(() => bench.close())

const atGate = (view: PipelineView): boolean => view.headline.kind === 'release-approval'
const request = (): string => randomUUID()

async function start(desk: Desk, service: string) {
  await desk.picture(service, (view) => view.batches.length === 3)
  const draft = await desk.draft(service, { images })
  return desk.client.call('release/start', { request: request(), draft })
}

test('a release of another Service over the same Deployments is refused and named until the first has ended', async () => {
  expect(await start(li, 'duo')).toMatchObject({ ok: true })
  const view = await li.picture('duo', atGate)
  const wang = await bench.open({ person: 'wang@desk' })
  const refused = await start(wang, 'duo-headless')
  expect(refused).toMatchObject({
    ok: false,
    fault: { code: 'conflict', elsewhere: { namespace: 'demo', service: 'duo' } },
  })
  const message = refused.ok ? '' : wordsOf(refused.fault)
  for (const word of [view.release?.id ?? '?', 'li@laptop', 'duo', 'tranche status duo -n demo'])
    expect(message).toContain(word)
  const check = await wang.client.call('release/check', await wang.draft('duo-headless', { images }))
  expect(check.ok ? check.value.checks.filter((one) => one.level === 'blocker') : []).toMatchObject([
    { what: { kind: 'held-elsewhere', service: 'duo', by: 'li@laptop' } },
  ])
  await li.client.call('release/stop', {
    request: request(),
    target: li.target('duo'),
    release: view.release?.id ?? '',
  })
  await wang.picture('duo', ({ release }) => release?.state === 'ended')
  expect(await start(wang, 'duo-headless')).toMatchObject({ ok: true })
})

test('of two that start at the same moment exactly one goes on, and the other leaves no lock behind', async () => {
  const wang = await bench.open({ person: 'wang@desk' })
  await li.picture('duo', (view) => view.batches.length === 3)
  await wang.picture('duo-headless', (view) => view.batches.length === 3)
  const replies = await Promise.all([start(li, 'duo'), start(wang, 'duo-headless')])
  expect(replies.filter((reply) => reply.ok)).toHaveLength(1)
  const [desk, service] = replies[0].ok ? ([wang, 'duo-headless'] as const) : ([li, 'duo'] as const)
  await desk.picture(service, ({ lock }) => lock.kind === 'free')
})
