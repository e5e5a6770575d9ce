import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect } from 'vitest'
import { parse } from 'yaml'
import { faultOf, refusalOf } from '../support/operator.ts'
import { at, rolls } from '../support/pictures.ts'
import type { LinkRequest } from '../support/link.ts'
import { openBench, openTarget } from '../support/scenario-bench.ts'
import { test } from '../support/scene.ts'
import { wordsOf } from '../support/spoken.ts'

const isPatch = ({ method, path, query }: LinkRequest): boolean =>
  method === 'PATCH' && path.includes('/deployments/') && !query.has('dryRun')

test('scenario 45: killed after the patch was sent and before its answer came, it goes on after a start without a second patch', async (scene) => {
  const { bench, li } = await scene()
  const { promise, resolve } = Promise.withResolvers<undefined>()
  bench.link.disturb({ when: isPatch, what: { kind: 'hold', until: promise } })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.until('the patch is on its way', () => (bench.link.requests.some(isPatch) ? true : undefined))
  await li.kill()
  resolve(undefined)
  await bench.until('the patch is done', () => (bench.link.patches().length === 1 ? true : undefined))
  const again = await bench.open()
  await bench.sees(again, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 45: killed before the patch went out, it sends it after a start, once', async (scene) => {
  const { bench, li } = await scene()
  bench.link.disturb({ when: isPatch, what: { kind: 'drop' } })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.until('the patch is lost', () => (bench.link.requests.some(isPatch) ? true : undefined))
  await li.kill()
  const again = await bench.open()
  await bench.sees(again, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 46: after two hours of sleep in a bake it reads everything anew and renews its lock before it writes anything', async (scene) => {
  const { bench, li } = await scene()
  const bakeSeconds = bench.kind === 'real' ? 6 : 20
  await li.release({ tag: '2.0.0', gates: { approval: false }, gatesOf: { 1: { bakeSeconds } } })
  await bench.sees(li, 'the canary bakes', at('release-baking'))
  await bench.sleep('li@laptop', 7200)
  const woke = bench.link.requests.length
  await bench.sees(li, 'the end', at('release-done'))
  const after = bench.link.requests.slice(woke)
  const before = after.slice(0, after.findIndex(isPatch))
  expect(
    before.some(
      ({ method, path, status }) => method === 'PUT' && path.includes('/leases/') && status === 200,
    ),
  ).toBe(true)
  for (const plural of ['deployments', 'replicasets', 'pods', 'endpointslices', 'services'])
    expect(
      before.some(({ method, path, status }) => method === 'GET' && path.endsWith(plural) && status === 200),
    ).toBe(true)
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 46: a colleague who took over during the sleep keeps the release: the sleeper writes nothing more', async (scene) => {
  const { bench, li } = await scene()
  const wang = await bench.open('wang@desk')
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const slept = await bench.asleep('li@laptop', async () => {
    await bench.letExpire('wang@desk')
    await bench.sees(
      wang,
      'the lock is free to be taken',
      ({ lock }) => lock.kind === 'other' && lock.expired,
    )
    return await bench.answer(wang.press('take-over'))
  })
  expect(slept).toBeNull()
  await bench.sees(wang, 'the gate is theirs', (view) => view.release?.driving === true)
  await li.press('approve')
  await bench.sees(li, 'who drives', (view) => view.lock.kind === 'other' && view.lock.holder === 'wang@desk')
  expect(bench.link.patches()).toEqual(['web-1'])
  await wang.press('push-all')
  await bench.sees(wang, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

// The server is started anew: nothing else may stand on it meanwhile.
describe('alone', { concurrent: false }, () => {
  test('scenario 47: with watches that say nothing, break, and are told that they are too old, no end of a batch is missed and none is made up', async (scene) => {
    const { bench, li } = await scene()
    await li.release({ tag: '2.0.0', gates: { approval: false } })
    await bench.sees(li, 'batch 2 rolls', rolls(2))
    const speak = bench.link.silenceWatches()
    await bench.until('batch 2 is done in the cluster', async () => {
      const { status = {} } = await bench.kubectl.deployment('web-2')
      return status.updatedReplicas === 4 && status.availableReplicas === 4 && status.replicas === 4
        ? true
        : undefined
    })
    expect(li.view().batches[1]?.look).not.toBe('done')
    expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
    await bench.forgetWatches()
    bench.link.cutWatches()
    speak()
    await bench.sees(li, 'the end', at('release-done'))
    expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
  })
})

test('scenario 48: when both press start at the same moment, one wins and the other is told who', async (scene) => {
  const { bench, li } = await scene()
  const wang = await bench.open('wang@desk')
  const replies = await bench.arrived(
    Promise.all([li.release({ tag: '2.0.0', gates: { approval: false } }), wang.release({ tag: '3.0.0' })]),
  )
  expect(replies.filter((reply) => reply.ok)).toHaveLength(1)
  expect(replies.flatMap((reply) => faultOf(reply)?.code ?? [])).toEqual(['conflict'])
  const [winner, loser] = replies[0].ok ? [li, wang] : [wang, li]
  await bench.sees(loser, 'who drives', (view) => view.lock.kind === 'other')
  await bench.sees(winner, 'the lock is theirs', (view) => view.lock.kind === 'mine')
  await winner.press('push-all')
  await bench.sees(winner, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 48: a second laptop sees who holds the lock, may take over once it has expired, and goes on', async (scene) => {
  const { bench, li } = await scene()
  const wang = await bench.open('wang@desk')
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const seen = await bench.sees(wang, 'the gate', at('release-approval'))
  expect(seen.lock).toMatchObject({ kind: 'other', holder: 'li@laptop', expired: false })
  expect(refusalOf(await wang.press('take-over'))).toBe('li@laptop drives a release of this Service.')
  await li.kill()
  await bench.letExpire('wang@desk')
  await bench.sees(wang, 'the lock has expired', ({ lock }) => lock.kind === 'other' && lock.expired)
  await bench.answer(wang.press('take-over'))
  await bench.sees(wang, 'it is theirs', (view) => view.release?.driving === true)
  await wang.press('push-all')
  await bench.sees(wang, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 49: with the API server gone in the middle of a batch it shows old data as old, writes nothing, and goes on when it is back', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'batch 2 rolls', rolls(2))
  bench.link.cut()
  const stale = await bench.sees(li, 'the picture is old', (view) => view.freshness.kind === 'stale')
  expect(stale.batches.map((one) => one.desired)).toEqual([1, 4, 4])
  await bench.passFor('li@laptop', 300)
  expect(li.view().headline.kind).toBe('release-rolling')
  bench.link.mend()
  // By then it has tried again, however long it waited.
  await bench.passFor('li@laptop', 60)
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 49: 429, 409 and 504 on writes, with answers lost after the work was done, cost no second patch', async (scene) => {
  const { bench, li } = await scene()
  const toBatch = (number: number) => (one: LinkRequest) => isPatch(one) && one.path.endsWith(`web-${number}`)
  bench.link.disturb({ when: toBatch(1), what: { kind: 'refuse', status: 429, retryAfterSeconds: 1 } })
  bench.link.disturb({ when: toBatch(2), what: { kind: 'lose-answer' } })
  bench.link.disturb({ when: toBatch(3), what: { kind: 'refuse', status: 409 } })
  bench.link.disturb({ when: toBatch(3), what: { kind: 'refuse', status: 504 } })
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 51: a token that expires in mid-release stops nothing but the next step, and says so; with a new one it goes on', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0', gates: { approval: false } })
  await bench.sees(li, 'batch 2 rolls', rolls(2))
  const renew = bench.link.disturb({
    when: () => true,
    times: Infinity,
    what: { kind: 'refuse', status: 401 },
  })
  bench.link.cutWatches()
  const out = await bench.sees(li, 'it is refused', (view) => view.freshness.kind === 'stale')
  expect(out.release?.state).toBe('running')
  await bench.passFor('li@laptop', 120)
  expect(bench.link.patches()).toEqual(['web-1', 'web-2'])
  renew()
  // It looks once a minute whether somebody has signed in.
  await bench.passFor('li@laptop', 60)
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

for (const aheadMs of [600_000, -600_000])
  test(`scenario 52: on a laptop that is ${aheadMs} ms off, and whose clock jumps in a bake, the bake lasts as long as it should and times are the server's`, async (scene) => {
    const { bench } = await scene()
    const wang = await bench.open('wang@desk', { aheadMs })
    const bakeSeconds = 4
    await wang.release({ tag: '2.0.0', gates: { bakeSeconds } })
    await bench.sees(wang, 'the canary bakes', at('release-baking'))
    bench.jump('wang@desk', 3_600_000)
    const gate = await bench.sees(wang, 'the gate', at('release-approval'))
    const [canary] = gate.batches
    const baked = (canary?.doneAt ?? 0) - (canary?.readyAt ?? 0)
    expect(baked).toBeGreaterThanOrEqual(bakeSeconds * 1000)
    expect(baked).toBeLessThan(bakeSeconds * 1000 + 10_000)
    const lease = (await bench.kubectl.get('leases', 'tranche-web'))['spec'] as { readonly renewTime: string }
    const created = (await bench.kubectl.deployment('web-1')).metadata.creationTimestamp
    for (const time of [Date.parse(lease.renewTime), gate.release?.startedAt ?? 0, gate.now])
      expect(Math.abs(time - Date.parse(created))).toBeLessThan(120_000)
  })

test('scenario 53: a release stays with its cluster when contexts are switched in another shell, in mid-release and between two starts', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  const path = bench.kubeconfigOf('li@laptop')
  const before = readFileSync(path, 'utf8')
  const { contexts } = parse(before) as { readonly contexts: readonly { readonly name: string }[] }
  // `kubectl config use-context` says which one is current, and nothing else.
  writeFileSync(
    path,
    before.replace(/^current-context: .*$/m, `current-context: ${contexts.at(-1)?.name ?? ''}`),
  )
  await bench.answer(li.call('cluster/rescan', {}))
  await li.press('approve')
  await bench.sees(
    li,
    'the last gate',
    ({ headline }) => headline.kind === 'release-approval' && headline.next === 3,
  )
  await li.kill()
  // The same context leads to another cluster with the same names in it.
  const copy = await openTarget('training', 2)
  try {
    const other = await openBench(
      { ...copy, count: Number(bench.namespace.split('-')[1]) - 1 },
      { serve: false },
    )
    writeFileSync(path, before.replace(/server: .*/g, `server: ${copy.target.server}`))
    const lost = await bench.open()
    await bench.sees(lost, 'another cluster', (view) => view.release === undefined)
    await bench.until('it says so', () =>
      lost.log.some((line) => line.includes('points at another cluster now')) ? true : undefined,
    )
    expect(await other.kubectl.image('web-3')).toBe(other.image('1.0.0'))
    await lost.kill()
    await other.close()
  } finally {
    await copy.target.stop()
  }
  writeFileSync(path, before)
  const again = await bench.open()
  await bench.sees(
    again,
    'the gate',
    (view) => view.release?.driving === true && at('release-approval')(view),
  )
  await again.press('approve')
  await bench.sees(again, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})

test('scenario 49: when the answer to the last entry is lost, the release has ended for everybody, and a colleague may begin at once', async (scene) => {
  const { bench, li } = await scene({ sizes: [1] })
  const wang = await bench.open('wang@desk')
  const isLast = ({ method, path, body }: LinkRequest): boolean =>
    method === 'PUT' && path.includes('/leases/') && body.includes('"holderIdentity":""')
  bench.link.disturb({ when: isLast, what: { kind: 'lose-answer' } })
  await bench.answer(li.release({ tag: '2.0.0' }))
  const done = await bench.sees(li, 'the end', at('release-done'))
  await bench.rest(3)
  expect(li.view().release).toMatchObject({ outcome: 'done' })
  expect(li.view().release?.fault).toBeUndefined()
  expect(li.view().lock).toEqual({ kind: 'free' })
  await bench.sees(wang, 'the end, too', (view) => view.release?.id === done.release?.id)
  expect(await bench.arrived(wang.release({ tag: '3.0.0' }))).toMatchObject({ ok: true })
})

test('scenario 49: a stop whose answer is lost is a stop, once it is asked for again', async (scene) => {
  const { bench, li } = await scene({ sizes: [1, 2] })
  await bench.answer(li.release({ tag: '2.0.0' }))
  await bench.sees(li, 'the gate', at('release-approval'))
  bench.link.disturb({
    when: ({ method, path }) => method === 'PUT' && path.includes('/leases/'),
    what: { kind: 'lose-answer' },
  })
  await bench.arrived(li.press('stop'))
  await bench.arrived(li.press('stop'))
  const stopped = await bench.sees(li, 'the end', (view) => view.release?.state === 'ended')
  expect(stopped.release?.outcome).toBe('stopped')
  expect(stopped.lock).toEqual({ kind: 'free' })
})

test('scenario 56: when the lock with the journal is deleted in mid-release, nothing more is written until a person goes on', async (scene) => {
  const { bench, li } = await scene()
  await li.release({ tag: '2.0.0' })
  await bench.sees(li, 'the gate', at('release-approval'))
  await bench.kubectl.remove('leases', 'tranche-web')
  expect(faultOf(await bench.arrived(li.press('approve')))?.code).toBe('closed')
  const lost = await bench.sees(li, 'it does not drive', (view) => view.release?.driving === false)
  expect(wordsOf(lost.release?.fault)).toContain('deleted')
  expect(bench.link.patches()).toEqual(['web-1'])
  await bench.answer(li.press('take-over'))
  await bench.sees(li, 'it drives', (view) => view.release?.driving === true)
  await li.press('push-all')
  await bench.sees(li, 'the end', at('release-done'))
  expect(bench.link.patches()).toEqual(['web-1', 'web-2', 'web-3'])
})
