import { afterEach, beforeEach, expect, test } from 'vitest'
import { textAt, type JsonObject } from '../../../../electron/training/objects/json.ts'
import type { ContainerStatus, Pod } from '../../../../electron/training/objects/objects.ts'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../electron/training/training-cluster.ts'
import { readCase } from '../../../support/apply-case.ts'
import { createFakeTrainingClock, type FakeTrainingClock } from '../../../support/fake-training-clock.ts'
import { createKubeClient, type KubeClient } from '../../../support/kube-client.ts'
import { itemsOf } from '../../../support/watched-objects.ts'

let clock: FakeTrainingClock
let cluster: TrainingCluster
let client: KubeClient
let stop: () => Promise<void>

const core = '/api/v1/namespaces/demo'

beforeEach(async () => {
  clock = createFakeTrainingClock()
  cluster = createTrainingCluster({ clock })
  const served = await cluster.listen({ port: 0 })
  stop = () => served.stop()
  client = createKubeClient({ server: served.server, token: 'training-token' })
})
afterEach(async () => {
  await client.close()
  await stop()
  await cluster.stop()
})

const readinessProbe = { tcpSocket: { port: 80 }, periodSeconds: 1 }
const image = (tag: string): string => `registry.example/team/app:${tag}`

async function run(initContainers: readonly object[], more: object = {}): Promise<void> {
  const made = await client.post(`${core}/pods`, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'one' },
    spec: { containers: [{ name: 'app', image: image('1'), readinessProbe }], initContainers, ...more },
  })
  expect(made.status, made.text).toBe(201)
}

async function pod(name = 'one'): Promise<Pod> {
  return (await client.get(`${core}/pods/${name}`)).body as unknown as Pod
}

const condition = (found: Pod, type: string) => found.status?.conditions?.find((one) => one.type === type)
const init = (found: Pod, index = 0): ContainerStatus | undefined =>
  found.status?.initContainerStatuses?.[index]
const app = (found: Pod): ContainerStatus | undefined => found.status?.containerStatuses?.[0]

/** The cells of the row that kubectl prints: NAME READY STATUS RESTARTS. */
async function row(): Promise<readonly unknown[]> {
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  const { body } = await client.ask('GET', `${core}/pods/one`, { headers: { accept } })
  return ((body['rows'] as readonly { readonly cells: readonly unknown[] }[])[0]?.cells ?? []).slice(1, 4)
}

/** Until it is so; each look is a second of the cluster later. */
async function until(what: string, fits: (found: Pod) => boolean, seconds = 120): Promise<Pod> {
  for (let second = 0; second < seconds; second++) {
    const found = await pod()
    if (fits(found)) return found
    clock.advance(500)
  }
  throw new Error(`never: ${what}\n${JSON.stringify((await pod()).status, undefined, 1)}`)
}

test('the sidecar of the case runs beside the application: both count for READY, and the pods serve', async () => {
  for (const manifest of readCase('native-sidecar'))
    cluster.hooks.plane.apply({
      ...manifest,
      metadata: { ...(manifest['metadata'] as JsonObject), namespace: 'demo' },
    })
  clock.advance(60_000)
  const pods = itemsOf(
    (await client.get(`${core}/pods?labelSelector=app%3Dns`)).body,
  ) as unknown as readonly Pod[]
  expect(pods).toHaveLength(3)
  for (const one of pods) {
    expect(init(one)).toMatchObject({ name: 'istio-proxy', ready: true, started: true, restartCount: 0 })
    expect(init(one)?.state.running).toBeDefined()
    expect(condition(one, 'Ready')?.status).toBe('True')
  }
  const accept = 'application/json;as=Table;v=v1;g=meta.k8s.io'
  const { body } = await client.ask('GET', `${core}/pods?labelSelector=app%3Dns`, { headers: { accept } })
  const rows = body['rows'] as readonly { readonly cells: readonly unknown[] }[]
  expect(rows.map(({ cells }) => cells.slice(1, 4))).toEqual(rows.map(() => ['2/2', 'Running', '0']))
})

test('the next init container waits until a sidecar is started, not until it is ready', async () => {
  await run([
    { name: 'mesh', image: image('never-ready'), restartPolicy: 'Always', readinessProbe },
    { name: 'migrate', image: image('1') },
  ])
  const found = await until('the application runs', (one) => app(one)?.state.running !== undefined)
  expect(init(found, 1)?.state.terminated?.exitCode).toBe(0)
  clock.advance(30_000)
  expect(init(await pod())).toMatchObject({ ready: false, started: true })
  expect(app(await pod())).toMatchObject({ ready: true })
  expect(condition(await pod(), 'Initialized')?.status).toBe('True')
  expect(condition(await pod(), 'ContainersReady')).toMatchObject({
    status: 'False',
    reason: 'ContainersNotReady',
    message: 'containers with unready status: [mesh]',
  })
  expect(await row()).toEqual(['1/2', 'Running', '0'])
})

test('a sidecar with a startup probe is started when that succeeds; until then nothing after it begins', async () => {
  const startupProbe = { tcpSocket: { port: 80 }, periodSeconds: 5, failureThreshold: 100 }
  await run([
    { name: 'mesh', image: image('slow'), restartPolicy: 'Always', startupProbe, readinessProbe },
    { name: 'migrate', image: image('1') },
  ])
  const running = await until('it runs', (one) => init(one)?.state.running !== undefined)
  expect(init(running)).toMatchObject({ started: false, ready: false })
  clock.advance(20_000)
  const before = await pod()
  expect(init(before, 1)?.state.waiting?.reason).toBe('PodInitializing')
  expect(condition(before, 'Initialized')?.message).toBe('containers with incomplete status: [mesh migrate]')
  expect(before.status?.phase).toBe('Pending')
  expect(await row()).toEqual(['0/2', 'Init:0/2', '0'])
  await until('migrate runs', (one) => init(one, 1)?.state.running !== undefined)
  expect(init(await pod())?.started).toBe(true)
  expect(condition(await pod(), 'Initialized')?.message).toBe('containers with incomplete status: [migrate]')
  await until('all is ready', (one) => condition(one, 'Ready')?.status === 'True')
  expect(await row()).toEqual(['2/2', 'Running', '0'])
})

test('a startup probe that fails too often ends the sidecar, which is begun anew', async () => {
  const startupProbe = { tcpSocket: { port: 80 }, periodSeconds: 2, failureThreshold: 3 }
  await run([{ name: 'mesh', image: image('never-ready'), restartPolicy: 'Always', startupProbe }])
  const found = await until('it is begun anew', (one) => (init(one)?.restartCount ?? 0) > 0)
  expect(init(found)?.lastState.terminated).toMatchObject({ reason: 'Error' })
  expect(app(found)?.state.waiting?.reason).toBe('PodInitializing')
  const { body } = await client.get(`${core}/events`)
  const messages = itemsOf(body).map((event) => textAt(event, 'message'))
  expect(messages).toContain('Container mesh failed startup probe, will be restarted')
})

test('a sidecar that crashes restarts by itself, is counted, and takes nothing back that was initialized', async () => {
  await run([{ name: 'mesh', image: image('1-crash'), restartPolicy: 'Always' }])
  const found = await until('it waits to be begun again', (one) => {
    const status = init(one)
    return (status?.restartCount ?? 0) >= 2 && status?.state.waiting?.reason === 'CrashLoopBackOff'
  })
  expect(app(found)).toMatchObject({ ready: true, restartCount: 0 })
  expect(condition(found, 'Initialized')?.status).toBe('True')
  expect(condition(found, 'Ready')?.message).toBe('containers with unready status: [mesh]')
  expect(found.status?.phase).toBe('Running')
  const [ready, status, restarts] = await row()
  expect([ready, status]).toEqual(['1/2', 'Running'])
  expect(restarts).toMatch(/^[2-9] \(\d+s ago\)$/)
  const log = await client.get(`${core}/pods/one/log?container=mesh&previous=true`)
  expect(log.text).toContain('property "db.url" is not set')
  expect((await client.get(`${core}/pods/one/log?container=app`)).text).toContain('INFO  listening')
})

test('a sidecar whose image is missing keeps everything else from beginning, and STATUS says so', async () => {
  await run([{ name: 'mesh', image: image('missing'), restartPolicy: 'Always' }])
  await until('it waits', (one) => init(one)?.state.waiting?.reason === 'ImagePullBackOff')
  expect(await row()).toEqual(['0/2', 'Init:ImagePullBackOff', '0'])
  expect(app(await pod())?.state.waiting?.reason).toBe('PodInitializing')
})

test('an ordinary init container still ends before the next begins, and is none of READY', async () => {
  await run([
    { name: 'first', image: image('1') },
    { name: 'second', image: image('1') },
  ])
  await until('the second runs', (one) => init(one, 1)?.state.running !== undefined)
  expect(await row()).toEqual(['0/1', 'Init:1/2', '0'])
  expect(condition(await pod(), 'Initialized')?.message).toBe('containers with incomplete status: [second]')
  await until('all is ready', (one) => condition(one, 'Ready')?.status === 'True')
  expect(await row()).toEqual(['1/1', 'Running', '0'])
})

test('asked to end, the application ends first, and then the sidecars, the last that was begun first', async () => {
  await run([
    { name: 'mesh', image: image('1'), restartPolicy: 'Always' },
    { name: 'logs', image: image('1'), restartPolicy: 'Always' },
  ])
  await until('all is ready', (one) => condition(one, 'Ready')?.status === 'True')
  await client.remove(`${core}/pods/one`)
  const ended: string[] = []
  for (let step = 0; step < 400; step++) {
    clock.advance(25)
    const answer = await client.get(`${core}/pods/one`)
    if (answer.status === 404) break
    const found = answer.body as unknown as Pod
    for (const one of [
      ...(found.status?.initContainerStatuses ?? []),
      ...(found.status?.containerStatuses ?? []),
    ])
      if (one.state.terminated !== undefined && !ended.includes(one.name)) {
        expect(one.state.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' })
        ended.push(one.name)
      }
  }
  expect((await client.get(`${core}/pods/one`)).status).toBe(404)
  expect(ended).toEqual(['app', 'logs'])
  const { body } = await client.get(`${core}/events`)
  const killed = itemsOf(body)
    .filter((event) => textAt(event, 'reason') === 'Killing')
    .map((event) => textAt(event, 'message'))
  expect(killed.toSorted()).toEqual([
    'Stopping container app',
    'Stopping container logs',
    'Stopping container mesh',
  ])
})

test('a readiness gate keeps a pod from being ready until somebody writes its condition', async () => {
  await run([], { readinessGates: [{ conditionType: 'example.com/in-pool' }] })
  const found = await until(
    'its containers are ready',
    (one) => condition(one, 'ContainersReady')?.status === 'True',
  )
  expect(condition(found, 'Ready')).toMatchObject({
    status: 'False',
    reason: 'ReadinessGatesNotReady',
    message: 'corresponding condition of pod readiness gate "example.com/in-pool" does not exist.',
  })
  const patched = await client.patch(`${core}/pods/one/status`, 'strategic', {
    status: { conditions: [{ type: 'example.com/in-pool', status: 'True' }] },
  })
  expect(patched.status, patched.text).toBe(200)
  await until('it is ready', (one) => condition(one, 'Ready')?.status === 'True')
})
