import { defaultGates } from '../../../../shared/release/gates/gate-table.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RequestInfo } from '../../../../electron/training/api/request-info.ts'
import type { FeedPayload } from '../../../../shared/contract.ts'
import { rightsEn, rightsZh } from '../../../../shared/words/right-words.ts'
import { openBench, type Bench, type Desk } from '../../../support/app-on-training.ts'

const needed = ['services', 'deployments', 'replicasets', 'pods', 'endpointslices'] as const
const resources = [...needed, 'events', 'leases', 'configmaps'] as const
const denials = resources.flatMap((resource) =>
  (['list', 'watch'] as const).map((verb) => ({ verb, resource })),
)
type Denial = (typeof denials)[number]

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

function isAsked({ verb, resource }: Denial, info: RequestInfo): boolean {
  const isWatch = info.query.get('watch') === 'true'
  const isList = info.method === 'GET' && info.name === ''
  return isList && info.plural === resource && isWatch === (verb === 'watch')
}

function deny(denied: readonly Denial[]): void {
  bench.cluster.hooks.calm()
  for (const one of denied) {
    const message = `${one.resource} is forbidden: User "somebody" cannot ${one.verb} resource "${one.resource}"`
    bench.cluster.hooks.disturb({
      when: (info) => isAsked(one, info),
      times: 100_000,
      what: { kind: 'refuse', error: { code: 403, reason: 'Forbidden', message } },
    })
  }
}

/** What is shown, once it is known; it has to be, within a bound. */
async function shown(desk: Desk): Promise<FeedPayload<'pipeline'>> {
  return desk.until('pipeline', desk.target('shop-http'), ({ kind }) => kind !== 'loading')
}

const denies = (denied: readonly Denial[], verb: Denial['verb'], resource: string): boolean =>
  denied.some((one) => one.verb === verb && one.resource === resource)

/** A watch that begins with the list needs no other right: only without it a list is asked for. */
async function judge(desk: Desk, denied: readonly Denial[]): Promise<void> {
  const unread = needed.filter((one) => denies(denied, 'watch', one) && denies(denied, 'list', one))
  const unwatched = needed.filter((one) => denies(denied, 'watch', one) && !denies(denied, 'list', one))
  const payload = await shown(desk)
  if (unread.length > 0) {
    expect(payload).toMatchObject({ kind: 'fault', fault: { code: 'forbidden' } })
    const rights = payload.kind === 'fault' ? (payload.fault.rights ?? []) : []
    expect(rights.map((one) => one.resource)).toEqual(expect.arrayContaining([...unread]))
    expect(rights.every((one) => one.namespace === 'demo')).toBe(true)
    return
  }
  expect(payload.kind).toBe('view')
  const settled = await desk.picture(
    'shop-http',
    (view) => (view.denied?.length ?? 0) === unwatched.length && view.freshness.kind !== 'never',
  )
  expect(settled.denied?.map(({ verb, resource }) => `${verb} ${resource}`) ?? []).toEqual(
    unwatched.map((one) => `watch ${one}`),
  )
  // Everything that is shown was read: nothing is counted as none for want of a right.
  expect(settled.endpoints).toMatchObject({ ready: 14, expected: 14 })
  if (unwatched.length === 0) await desk.picture('shop-http', (view) => view.freshness.kind === 'live')
  else expect(settled.freshness.kind).toBe('stale')
}

const single = denials.map((one) => [one])
const pairs = denials.flatMap((one, index) => denials.slice(index + 1).map((other) => [one, other]))
/** Every pair about one resource, and every third of the others: they differ in nothing else. */
const chosen = pairs.filter(([one, other], index) => one?.resource === other?.resource || index % 3 === 0)

test('whatever may not be listed or watched, what is missing is named at once, and what is shown is so', async () => {
  for (const denied of [...single, ...chosen]) {
    deny(denied)
    const desk = await bench.open()
    await judge(desk, denied)
    await desk.kill()
  }
}, 300_000)

test('without what a picture is made of, nothing starts: the check names the right', async () => {
  deny([{ verb: 'watch', resource: 'pods' }])
  const desk = await bench.open()
  await desk.picture('shop-http', (view) => view.freshness.kind === 'stale')
  const view = await desk.picture('shop-http', () => true)
  const gates = { ...defaultGates, bakeSeconds: 0 }
  const draft = {
    target: desk.target('shop-http'),
    change: { kind: 'restart' as const },
    sizes: [],
    steps: view.batches.map((batch) => ({ batch: batch.uid, gates, leftOut: false })),
    onFailure: 'pause' as const,
    batchLimitSeconds: 1800,
  }
  const right = { verb: 'watch', group: '', resource: 'pods', namespace: 'demo' }
  const checked = await desk.client.call('release/check', draft)
  const blockers = checked.ok ? checked.value.checks.filter((one) => one.level === 'blocker') : []
  expect(blockers).toEqual([{ level: 'blocker', what: { kind: 'stale', rights: [right] } }])
  const started = await desk.client.call('release/start', { request: 'request-0001', draft })
  expect(started).toMatchObject({ ok: false, fault: { code: 'stale' } })
  await desk.kill()
})

test('both languages name verb, resource and namespace, and what is possible without', () => {
  const pods = [{ verb: 'list', group: '', resource: 'pods', namespace: 'shop' } as const]
  expect(rightsEn(pods, 'never')).toMatch(/list pods in namespace shop.*history/)
  expect(rightsZh(pods, 'never')).toMatch(/shop.*list pods.*历史/)
  const sets = [{ verb: 'list', group: 'apps', resource: 'replicasets', namespace: 'shop' } as const]
  expect(rightsEn(sets, 'never')).not.toContain('history')
})

test('a right that is taken away in the middle of a release makes it wait and say so; granted again, it goes on', async () => {
  deny([])
  const desk = await bench.open()
  const draft = await desk.draft('shop-http', { images: { shop: 'registry.example/shop:2' } })
  const gates = { ...defaultGates, bakeSeconds: 0 }
  const steps = draft.steps.map((step) => ({ ...step, gates }))
  const started = await desk.client.call('release/start', {
    request: 'request-0002',
    draft: { ...draft, change: { kind: 'restart' }, steps },
  })
  expect(started.ok).toBe(true)
  await desk.picture('shop-http', (view) => view.headline.kind === 'release-approval')
  deny([
    { verb: 'watch', resource: 'pods' },
    { verb: 'list', resource: 'pods' },
  ])
  bench.cluster.hooks.cutWatches((info) => info.plural === 'pods')
  const view = await desk.picture('shop-http', (one) => one.denied !== undefined)
  expect(view.freshness.kind).toBe('stale')
  expect(view.denied?.map((one) => one.resource)).toEqual(['pods'])
  expect(view.release?.verbs.find((one) => one.verb === 'approve')).toMatchObject({ enabled: false })
  for (const verb of ['pause', 'stop', 'roll-back'])
    expect(view.release?.verbs.find((one) => one.verb === verb)?.enabled).toBe(true)
  deny([])
  const live = desk.picture('shop-http', (one) => one.freshness.kind === 'live')
  desk.clock.skip(120_000)
  expect((await live).release?.verbs.find((one) => one.verb === 'approve')?.enabled).toBe(true)
  await desk.kill()
})
