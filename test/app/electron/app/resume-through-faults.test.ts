import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import { trainingKubeconfig } from '../../../../electron/training/training-kubeconfig.ts'
import { openBench, openDesk } from '../../../support/app-on-training.ts'
import { startApiProxy, type Fate, type Passing } from '../../../support/api-proxy.ts'
import { wordsOf } from '../../../support/spoken.ts'

const image = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190215093000'

/** A laptop whose way to the cluster can be spoiled, and that can be started again. */
async function laptop() {
  const bench = await openBench()
  const folder = mkdtempSync(join(tmpdir(), 'tranche-resume-'))
  const { users } = parse(trainingKubeconfig(bench.server, 'training')) as {
    readonly users: readonly { readonly user: { readonly token: string } }[]
  }
  let fate: (passing: Passing) => Fate = () => ({ kind: 'pass' })
  const proxy = await startApiProxy({
    upstream: { server: bench.server, token: users[0]?.user.token ?? '' },
    fate: (passing) => fate(passing),
  })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, trainingKubeconfig(proxy.server, 'training'))
  return {
    spoil: (next: (passing: Passing) => Fate) => (fate = next),
    start: () => openDesk({ kubeconfig, home: join(folder, 'home'), person: 'li@laptop', number: 1 }),
    async close() {
      await proxy.stop()
      await bench.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function isLockWrite({ method, path }: Passing): boolean {
  return path.includes('/leases') && (method === 'PUT' || method === 'POST')
}

test('killed while the lock is being taken again, the release is still gone on with at the start after that', async () => {
  const machine = await laptop()
  const first = await machine.start()
  const draft = await first.desk.draft('demo-http', { images: { 'demo-aone': image } })
  const started = await first.desk.client.call('release/start', { request: randomUUID(), draft })
  expect(started.ok).toBe(true)
  await first.app.close()

  let tried = (): void => undefined
  const seen = new Promise<void>((resolve) => (tried = resolve))
  machine.spoil((passing) => {
    if (!isLockWrite(passing)) return { kind: 'pass' }
    tried()
    return { kind: 'cut' }
  })
  const second = await machine.start()
  await seen
  await second.app.close()

  machine.spoil(() => ({ kind: 'pass' }))
  const third = await machine.start()
  const view = await third.desk.picture('demo-http', (one) => one.release?.driving === true)
  expect(view.lock).toEqual({ kind: 'mine' })
  await third.app.close()
  await machine.close()
})

test('killed before the answer to its very first entry came, a release is gone on with at the next start', async () => {
  const machine = await laptop()
  const first = await machine.start()
  const draft = await first.desk.draft('demo-http', { images: { 'demo-aone': image } })
  let taken = (): void => undefined
  const seen = new Promise<void>((resolve) => (taken = resolve))
  machine.spoil((passing) => {
    if (isLockWrite(passing)) taken()
    return isLockWrite(passing) ? { kind: 'lose-answer' } : { kind: 'pass' }
  })
  void first.desk.client.call('release/start', { request: randomUUID(), draft })
  await seen
  await first.app.close()

  machine.spoil(() => ({ kind: 'pass' }))
  const second = await machine.start()
  await second.desk.picture('demo-http', (one) => one.release?.driving === true)
  await second.app.close()
  await machine.close()
})

test('stopped while a batch is paused, and killed before that is cleared: the next start clears it', async () => {
  const machine = await laptop()
  const first = await machine.start()
  const target = first.desk.target('demo-http')
  // It never gets ready, so that it can be paused whenever the test comes to it.
  const draft = await first.desk.draft('demo-http', { images: { 'demo-aone': `${image}-missing` } })
  await first.desk.client.call('release/start', { request: randomUUID(), draft })
  const held = await first.desk.picture('demo-http', (one) => one.release?.state === 'held')
  const release = held.release?.id ?? ''
  const ask = (verb: 'freeze' | 'stop') =>
    first.desk.client.call(`release/${verb}`, { request: randomUUID(), target, release })
  expect(await ask('freeze')).toMatchObject({ ok: true })
  await first.desk.picture('demo-http', (one) => one.batches[0]?.paused === true)
  machine.spoil(({ method }) => (method === 'PATCH' ? { kind: 'cut' } : { kind: 'pass' }))
  expect(await ask('stop')).toMatchObject({ ok: true })
  await first.app.close()

  machine.spoil(() => ({ kind: 'pass' }))
  const second = await machine.start()
  const view = await second.desk.picture(
    'demo-http',
    (one) => one.release?.driving === false && one.batches[0]?.paused !== true,
  )
  expect(view.release?.outcome).toBe('stopped')
  await second.app.close()
  await machine.close()
})

test('neither the next release nor its own return could be written: it is gone on with once that is possible', async () => {
  const machine = await laptop()
  const { desk, app } = await machine.start()
  const draft = await desk.draft('demo-http', { images: { 'demo-aone': image } })
  const started = await desk.client.call('release/start', { request: randomUUID(), draft })
  if (!started.ok) throw new Error(wordsOf(started.fault))
  await desk.picture(
    'demo-http',
    (one) => one.release?.verbs.some((verb) => verb.verb === 'approve' && verb.enabled) === true,
  )
  const next = await desk.draft('demo-http', { images: { 'demo-aone': `${image}-2` } })
  machine.spoil(({ path }) => ({ kind: path.includes('/leases/') ? 'cut' : 'pass' }))
  const supersedes = { release: started.value.release, from: 'canary' } as const
  const replaced = await desk.client.call('release/start', {
    request: randomUUID(),
    draft: { ...next, supersedes },
  })
  expect(replaced).toMatchObject({ ok: false, fault: { code: 'unreachable' } })
  machine.spoil(() => ({ kind: 'pass' }))
  const view = await desk.picture('demo-http', (one) => one.release?.driving === true)
  expect(view.release?.id).toBe(started.value.release)
  const target = desk.target('demo-http')
  const ask = { request: randomUUID(), target, release: started.value.release }
  expect(await desk.client.call('release/pause', ask)).toMatchObject({ ok: true })
  await app.close()
  await machine.close()
})
