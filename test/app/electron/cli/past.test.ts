import { afterEach, beforeEach, expect, test } from 'vitest'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { path, shopImage } from '../../../support/shop-release.ts'
import { linesOf, openTerminal, type Ran, type RunOptions, type Terminal } from '../../../support/terminal.ts'

const tag = '20190215093000'
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

/** The tags that a Service's batches run, in order. */
async function tags(): Promise<readonly string[]> {
  const [status] = linesOf(await tranche('status'), 'status')
  return (status?.batches ?? []).map((batch) => batch.images[0]?.image.split(':')[1] ?? '')
}

/** As kubectl would: another image on one Deployment. */
async function setImage(name: string, to: string): Promise<void> {
  const containers = [{ name: 'shop', image: shopImage(to) }]
  const body = { spec: { template: { spec: { containers } } } }
  expect((await kubectl.patch(path.deployment(name), 'strategic', body)).status).toBe(200)
}

test('history lists releases and what each batch ran; where none is known it says so', async () => {
  const before = await terminal.tranche(['history', 'shop-http'])
  expect(before.out[0]).toBe('No release of this Service is known.')
  await tranche(`release --bake 0 --no-approval --tag ${tag}`)
  const ran = await tranche('history')
  expect(resultOf(ran)).toEqual(ended(0))
  expect(linesOf(ran, 'release')).toMatchObject([{ change: 'image', outcome: 'done', batches: [1, 2, 3] }])
  const second = linesOf(ran, 'revision').filter((one) => one.batch === 2)
  expect(second.map((one) => [one.revision, one.current, one.source])).toEqual([
    [3, true, 'replica-set'],
    [2, false, 'replica-set'],
    [1, false, 'replica-set'],
  ])
  const chinese = await terminal.tranche(['history', 'shop-http', '--lang', 'zh'])
  expect(chinese.out[1]).toContain('已发布到全部')
})

test('go-back takes batches to a version of before, after a change that was made without Tranche', async () => {
  await setImage('shop-2', '9.9.9')
  const ran = await terminal.tranche(['go-back', 'shop-http', '--tag', '2.8.1', '--batch', '2'], {
    answers: [''],
  })
  expect(ran.exit).toBe(0)
  expect(ran.asked).toEqual(['Roll back? [Y/n] '])
  expect(ran.err).toContain('Batch 2    9.9.9 → 2.8.1 (6 pods)')
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
  expect(linesOf(await tranche('history'), 'release')).toMatchObject([
    { change: 'restore', outcome: 'rolled-back', batches: [2] },
  ])
})

test('an incident by hand on two batches is told with its proposal, and goes back as a whole', async () => {
  await setImage('shop-1', '9.9.8')
  await setImage('shop-3', '9.9.9')
  expect(await tags()).toEqual(['9.9.8', '2.8.1', '9.9.9'])
  const told = await tranche('history')
  const [incident] = linesOf(told, 'incident')
  expect(incident).toMatchObject({ of: [1, 3] })
  expect(incident?.at).toBeLessThan(incident?.from ?? 0)
  const current = linesOf(told, 'revision').filter((one) => one.current)
  expect(current.map((one) => one.by)).toEqual(['undici', 'kubectl-client-side-apply', 'undici'])
  expect(resultOf(await tranche('go-back --at incident'))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
  // It is taken back: nothing is offered any more, and who took it back is a person.
  const after = await tranche('history')
  expect(linesOf(after, 'incident')).toEqual([])
  expect(linesOf(await tranche('go-back --at incident'), 'fault')).toMatchObject([{ code: 'not-found' }])
  const [release] = linesOf(after, 'release')
  const back = linesOf(after, 'revision').filter((one) => one.current && one.batch === 1)
  expect(back.map(({ by, cause }) => ({ by, cause }))).toEqual([{ by: release?.startedBy, cause: '' }])
})

test('go-back takes the whole set to before a release, and to how another one had left it', async () => {
  await tranche(`release --bake 0 --no-approval --tag ${tag}`)
  await tranche('release --bake 0 --no-approval --tag 3.0.0 --batch 1-2')
  const [newer, older] = linesOf(await tranche('history'), 'release')
  expect(resultOf(await tranche(`go-back --after ${older?.id ?? ''} --batch-by-batch`))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
  expect(resultOf(await tranche(`go-back --before ${older?.id ?? ''}`))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.8.1', '2.8.1', '2.8.1'])
  expect(resultOf(await tranche(`go-back --before ${newer?.id ?? ''}`))).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
  expect(linesOf(await tranche('go-back --before nothing'), 'fault')).toMatchObject([{ code: 'not-found' }])
})

test('what is not known is left out and named, and the part is not taken for the whole', async () => {
  await setImage('shop-1', '9.9.9')
  const ran = await tranche('go-back --tag 9.9.9 --yes')
  expect(linesOf(ran, 'left-out').map((one) => [one.name, one.why])).toEqual([
    ['shop-2', 'not-asked'],
    ['shop-3', 'not-asked'],
  ])
  expect(resultOf(ran)).toEqual(ended(1))
  await setImage('shop-2', '7.7.7')
  await setImage('shop-2', '2.8.1')
  const part = await tranche('go-back --tag 7.7.7')
  expect(resultOf(part)).toEqual(ended(3))
  expect(await tags()).toEqual(['9.9.9', '7.7.7', '2.8.1'])
  const old = await tranche('go-back --at 2001-01-01T00:00')
  expect(linesOf(old, 'left-out').map((one) => one.why)).toEqual(['before', 'before', 'before'])
  expect(resultOf(old)).toEqual(ended(1))
})

test('go-back takes the place of a release that has not ended, and says so', async () => {
  await tranche(`release --bake 0 --tag ${tag}`)
  const ran = await terminal.tranche(['go-back', 'shop-http', '--tag', '2.7.0'], { answers: [''] })
  expect(ran.err).toMatch(/takes the place of release \w+, which has not ended/)
  expect(ran.exit).toBe(0)
  expect(await tags()).toEqual(['2.7.0', '2.7.0', '2.7.0'])
  expect(linesOf(await tranche('history'), 'release').map((one) => one.outcome)).toEqual([
    'rolled-back',
    'superseded',
  ])
})

test('a script that goes back takes the place of a release that has not ended only where it says so', async () => {
  await tranche(`release --bake 0 --tag ${tag}`)
  for (const line of ['go-back --tag 2.7.0', 'go-back --tag 2.7.0 --yes']) {
    const refused = await tranche(line)
    const [fault] = linesOf(refused, 'fault')
    expect(fault).toMatchObject({ code: 'conflict' })
    expect(fault?.text).toContain('replace it with --take-over')
    expect(linesOf(refused, 'next').map((one) => one.command)).toContainEqual(
      expect.stringContaining('tranche rollback shop-http'),
    )
    expect(resultOf(refused)).toEqual(ended(1))
  }
  expect(await tags()).toEqual([tag, '2.8.1', '2.8.1'])
  expect(resultOf(await tranche('go-back --tag 2.7.0 --take-over'))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.7.0', '2.7.0', '2.7.0'])
})

test('without the right to write Leases going back says what is lost, and goes on when told to', async () => {
  const message = 'leases.coordination.k8s.io is forbidden'
  terminal.cluster.hooks.disturb({
    when: (info) => info.plural === 'leases' && info.method !== 'GET',
    times: 1000,
    what: { kind: 'refuse', error: { code: 403, reason: 'Forbidden', message } },
  })
  const refused = await tranche('go-back --tag 2.7.0')
  expect(linesOf(refused, 'fault')).toMatchObject([{ code: 'no-lock-right' }])
  expect(resultOf(refused)).toEqual(ended(1))
  expect(resultOf(await tranche('go-back --tag 2.7.0 --without-lock'))).toEqual(ended(0))
  expect(await tags()).toEqual(['2.7.0', '2.7.0', '2.7.0'])
  const released = await tranche(`release --bake 0 --no-approval --tag ${tag} --without-lock`)
  expect(resultOf(released)).toEqual(ended(0))
  expect(await tags()).toEqual([tag, tag, tag])
})

test('a journal that cannot be read stops a start until forget has deleted it, after a question', async () => {
  await tranche(`release --bake 0 --no-approval --tag ${tag}`)
  expect(linesOf(await tranche('forget'), 'fault')).toMatchObject([{ code: 'not-found' }])
  const body = { metadata: { annotations: { 'tranche.dev/release': 'no journal' } } }
  expect((await kubectl.patch(path.lease('shop-http'), 'merge', body)).status).toBe(200)
  const line = 'release --bake 0 --no-approval --tag 3.0.0'
  expect((await tranche(line)).exit).not.toBe(0)
  const unsure = await terminal.tranche(['forget', 'shop-http'], { answers: [''] })
  expect(unsure).toMatchObject({ exit: 130, err: expect.stringContaining('Record') as string })
  expect((await tranche(line)).exit).not.toBe(0)
  // Nobody can be asked here, so it has to be said.
  expect(await tranche('forget')).toMatchObject({ exit: 2 })
  expect(resultOf(await tranche('forget --yes'))).toEqual(ended(0))
  expect(resultOf(await tranche(line))).toEqual(ended(0))
  expect(await tags()).toEqual(['3.0.0', '3.0.0', '3.0.0'])
})
