import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Deployment, ReplicaSet } from '../../../electron/training/objects/objects.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { Desk, Desks } from '../../support/app-on-training.ts'
import { applyCase } from '../../support/apply-case.ts'
import { eventually } from '../../support/eventually.ts'
import type { KubeClient } from '../../support/kube-client.ts'
import { wordsOf } from '../../support/spoken.ts'

/** A cluster with the demo on it, applications to open, and the cluster's own API beside them. */
export type JourneyBench = { readonly desks: Desks; readonly admin: KubeClient; close(): Promise<void> }

const path = '/apis/apps/v1/namespaces/demo/deployments'
const repository = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'
const service = 'demo-http'
/** Of a whole release on a busy machine. */
const timeout = { timeout: 180_000 }
const request = (): string => randomUUID()

function waitsFor(batch: number): (view: PipelineView) => boolean {
  return (view) => view.headline.kind === 'release-approval' && view.batches[batch - 1]?.look === 'done'
}

/** The journeys of a release through the application's own door, with no page in front of it. */
export function runEngineJourneys(open: () => Promise<JourneyBench>): void {
  let bench: JourneyBench

  beforeEach(async () => {
    bench = await open()
  }, timeout.timeout)
  afterEach(() => bench.close())

  async function start(desk: Desk, tag: string): Promise<string> {
    const draft = await desk.draft(service, { images: { 'demo-aone': `${repository}:${tag}` } })
    const started = await desk.client.call('release/start', { request: request(), draft })
    if (!started.ok) throw new Error(wordsOf(started.fault))
    return started.value.release
  }

  async function deployments(): Promise<readonly Deployment[]> {
    const names = [1, 2, 3, 4].map((number) => `demo-aone-${number}`)
    const found = await Promise.all(names.map((name) => bench.admin.get(`${path}/${name}`)))
    return found.map(({ body }) => body as unknown as Deployment)
  }

  /** Tag and revision of each batch: a second patch would show as one revision more. */
  async function running(): Promise<readonly string[]> {
    return (await deployments()).map(({ metadata, spec }) => {
      const tag = spec.template.spec.containers[0]?.image.split(':').at(-1) ?? ''
      return `${tag} ${metadata.annotations?.['deployment.kubernetes.io/revision'] ?? ''}`
    })
  }

  test(
    'a release goes from its plan over the canary and approvals to its end, one revision for each batch',
    timeout,
    async () => {
      const li = await bench.desks.open()
      const release = await start(li, '20190215093000')
      await li.picture(service, waitsFor(1))
      expect(await running()).toEqual([
        '20190215093000 3',
        '20190101191052 2',
        '20190101191052 2',
        '20190101191052 2',
      ])
      const target = li.target(service)
      await li.client.call('release/approve', { request: request(), target, release, step: 0 })
      await li.picture(service, waitsFor(2))
      await li.client.call('release/push-all', { request: request(), target, release })
      await li.picture(service, (view) => view.release?.outcome === 'done')
      expect(await running()).toEqual(Array.from({ length: 4 }, () => '20190215093000 3'))
      const sizes = (await deployments()).map(({ status }) => status?.availableReplicas)
      expect(sizes).toEqual([1, 16, 16, 16])
    },
  )

  test(
    'a missing image is stopped at the canary and rolled back, and no other batch was touched',
    timeout,
    async () => {
      const li = await bench.desks.open()
      const release = await start(li, '20190215093000-missing')
      const failing = await li.picture(service, (view) => view.batches[0]?.look === 'failing')
      const batches = failing.release?.rollBack?.batches.map((batch) => batch.uid) ?? []
      expect(batches).toHaveLength(1)
      const back = { request: request(), target: li.target(service), release, batches }
      const reply = await li.client.call('release/roll-back', { ...back, mode: 'at-once' })
      expect(reply).toMatchObject({ ok: true })
      await li.picture(service, (view) => view.release?.outcome === 'rolled-back')
      expect(await running()).toEqual([
        '20190101191052 4',
        '20190101191052 2',
        '20190101191052 2',
        '20190101191052 2',
      ])
    },
  )

  test(
    'when the application is killed, a colleague takes over and goes on without a second patch',
    timeout,
    async () => {
      const li = await bench.desks.open({ person: 'li@laptop' })
      const wang = await bench.desks.open({ person: 'wang@desk' })
      const release = await start(li, '20190215093000')
      await li.picture(service, waitsFor(1))
      await wang.picture(service, waitsFor(1))
      await li.kill()
      await wang.pass(60_000)
      await wang.picture(service, ({ lock }) => lock.kind === 'other' && lock.expired)
      const target = wang.target(service)
      const taken = await wang.client.call('release/take-over', { request: request(), target, release })
      expect(taken).toMatchObject({ ok: true })
      await wang.client.call('release/approve', { request: request(), target, release, step: 0 })
      await wang.picture(service, waitsFor(2))
      expect(await running()).toEqual([
        '20190215093000 3',
        '20190215093000 3',
        '20190101191052 2',
        '20190101191052 2',
      ])
    },
  )

  test("somebody else's change of a batch halts the release, and is not written over", timeout, async () => {
    const li = await bench.desks.open()
    const release = await start(li, '20190215093000')
    await li.picture(service, waitsFor(1))
    const hotfix = `${repository}:hotfix`
    const written = await bench.admin.patch(`${path}/demo-aone-2?fieldManager=kubectl-set`, 'json', [
      { op: 'replace', path: '/spec/template/spec/containers/0/image', value: hotfix },
    ])
    expect(written.status).toBe(200)
    const target = li.target(service)
    await li.client.call('release/approve', { request: request(), target, release, step: 0 })
    const halted = await li.picture(service, (view) => JSON.stringify(view).includes('kubectl-set'))
    expect(halted.release?.outcome).toBeUndefined()
    const image = await eventually(
      async () => {
        const [, second] = await deployments()
        return second?.status?.updatedReplicas === 16
          ? second.spec.template.spec.containers[0]?.image
          : undefined
      },
      { what: 'the hotfix has rolled' },
    )
    expect(image).toBe(hotfix)
  })

  test(
    'a batch whose ReplicaSets differ by empty objects alone is released and rolled back to the newer of them',
    timeout,
    async () => {
      const twins = '/apis/apps/v1/namespaces/demo/replicasets'
      await applyCase(bench.admin, 'empty-objects-1', 'demo')
      const li = await bench.desks.open()
      const rolledOut = (wanted: string) =>
        eventually(
          async () => {
            const found = await Promise.all(
              ['twin-1', 'twin-2'].map((name) => bench.admin.get(`${path}/${name}`)),
            )
            const isDone = found.every(({ body }) => {
              const { metadata, spec, status } = body as unknown as Deployment
              const counts = [status?.updatedReplicas, status?.replicas, status?.availableReplicas]
              return (
                metadata.annotations?.['deployment.kubernetes.io/revision'] === wanted &&
                counts.every((count) => count === spec.replicas)
              )
            })
            return isDone ? true : undefined
          },
          { what: `both have rolled out revision ${wanted}` },
        )
      await rolledOut('1')
      await applyCase(bench.admin, 'empty-objects-2', 'demo')
      await rolledOut('2')
      const pods = (view: PipelineView) => view.batches.map(({ ready, old }) => [ready, old])
      await li.picture('twin', (view) => JSON.stringify(pods(view)) === '[[1,0],[2,0]]')
      const draft = await li.draft('twin', { images: { app: 'registry.example:5000/team/app:2.0' } })
      const checked = await li.client.call('release/check', draft)
      expect(checked.ok && checked.value.checks.map(({ what }) => what.kind)).not.toContain('unhealthy')
      const started = await li.client.call('release/start', { request: request(), draft })
      if (!started.ok) throw new Error(wordsOf(started.fault))
      const { release } = started.value
      const target = li.target('twin')
      await li.picture('twin', (view) => view.release?.id === release)
      await li.client.call('release/push-all', { request: request(), target, release })
      const done = await li.picture('twin', (view) => view.release?.outcome === 'done')
      const batches = done.release?.rollBack?.batches.map((batch) => batch.uid) ?? []
      expect(batches).toHaveLength(2)
      const back = { request: request(), target, release, batches, mode: 'at-once' } as const
      expect(await li.client.call('release/roll-back', back)).toMatchObject({ ok: true })
      await li.picture('twin', (view) => view.release?.outcome === 'rolled-back')
      const { body } = await bench.admin.get(twins)
      const full = (body['items'] as unknown as readonly ReplicaSet[]).filter(
        ({ metadata, spec }) => metadata.name.startsWith('twin-') && spec.replicas > 0,
      )
      expect(full.map(({ spec }) => spec.template.spec)).toMatchObject([{ affinity: {} }, { affinity: {} }])
    },
  )
}
