import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRealClock } from '../../electron/training/clock/clock.ts'
import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../electron/training/training-kubeconfig.ts'

const run = promisify(execFile)
const kubectl = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'kubectl'))
  .find((path) => existsSync(path))

let folder = ''
let cluster: TrainingCluster
let stop: () => Promise<void>
let server = ''

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-conformance-'))
  cluster = createTrainingCluster({ clock: createRealClock(20) })
  const served = await cluster.listen({ port: 0 })
  stop = () => served.stop()
  server = served.server
  writeFileSync(join(folder, 'kubeconfig'), trainingKubeconfig(server))
})
afterAll(async () => {
  await stop()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(kubectl ?? '', ['--kubeconfig', join(folder, 'kubeconfig'), ...args])
  return stdout
}

describe.skipIf(kubectl === undefined)('kubectl, where this machine has one', () => {
  test('lists what the demo opens with, all of it ready', async () => {
    const text = await ask('get', 'deploy', '-n', 'demo')
    for (const line of [/demo-aone-1 +1\/1 +1 +1/, /demo-aone-4 +16\/16 +16 +16/]) expect(text).toMatch(line)
    expect(await ask('get', 'svc', 'demo-http', '-n', 'demo')).toMatch(/NodePort .*80:32168\/TCP/)
    expect(
      (await ask('get', 'pods', '-n', 'demo', '-l', 'app=demo-aone', '-o', 'name')).trim().split('\n'),
    ).toHaveLength(49)
  })

  test('sets an image, waits for its rollout, and takes it back', { timeout: 60_000 }, async () => {
    const image = () => ask('get', 'deploy', 'shop-1', '-n', 'demo', '-o', 'jsonpath={..image}')
    const before = await image()
    await ask('set', 'image', 'deploy/shop-1', 'shop=registry.example/shop:3', '-n', 'demo')
    expect(await ask('rollout', 'status', 'deploy/shop-1', '-n', 'demo')).toContain('successfully rolled out')
    expect(await image()).toBe('registry.example/shop:3')
    await ask('rollout', 'undo', 'deploy/shop-1', '-n', 'demo')
    expect(await ask('rollout', 'status', 'deploy/shop-1', '-n', 'demo')).toContain('successfully rolled out')
    expect(await image()).toBe(before)
  })

  test('scales', { timeout: 30_000 }, async () => {
    await ask('scale', 'deploy/hello', '--replicas=5', '-n', 'demo')
    await ask('rollout', 'status', 'deploy/hello', '-n', 'demo')
    expect(
      await ask('get', 'deploy', 'hello', '-n', 'demo', '-o', 'jsonpath={.status.availableReplicas}'),
    ).toBe('5')
  })
})

describe('the official JavaScript client', () => {
  function client(): KubeConfig {
    const config = new KubeConfig()
    config.loadFromString(trainingKubeconfig(server))
    return config
  }

  test('reads Deployments and Services with their types', async () => {
    const deployments = await client()
      .makeApiClient(AppsV1Api)
      .listNamespacedDeployment({ namespace: 'demo' })
    const sizes = deployments.items.map((one) => [one.metadata?.name, one.spec?.replicas])
    expect(sizes).toContainEqual(['demo-aone-2', 16])
    const service = await client()
      .makeApiClient(CoreV1Api)
      .readNamespacedService({ namespace: 'demo', name: 'demo-http' })
    expect(service.spec?.ports?.[0]?.nodePort).toBe(32168)
  })

  test('is told with a Status body that something is not there', async () => {
    const missing = client()
      .makeApiClient(AppsV1Api)
      .readNamespacedDeployment({ namespace: 'demo', name: 'none' })
    await expect(missing).rejects.toMatchObject({ code: 404 })
  })
})

describe('the API over plain HTTP', () => {
  const deployment = () => `${server}/apis/apps/v1/namespaces/demo/deployments/demo-aone-3`

  function patch(operations: unknown, query = ''): Promise<Response> {
    return fetch(`${deployment()}${query}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json-patch+json' },
      body: JSON.stringify(operations),
    })
  }

  async function generation(): Promise<number> {
    const found = (await (await fetch(deployment())).json()) as { metadata: { generation: number } }
    return found.metadata.generation
  }

  test('a JSON patch whose test fails is 422 and changes nothing', async () => {
    const before = await generation()
    const answer = await patch([
      { op: 'test', path: '/metadata/generation', value: before + 7 },
      { op: 'replace', path: '/spec/replicas', value: 2 },
    ])
    expect([answer.status, await generation()]).toEqual([422, before])
  })

  test('a dry run answers as the real write would, and changes nothing', async () => {
    const before = await generation()
    const answer = await patch([{ op: 'replace', path: '/spec/replicas', value: 2 }], '?dryRun=All')
    const body = (await answer.json()) as { spec: { replicas: number } }
    expect([answer.status, body.spec.replicas, await generation()]).toEqual([200, 2, before])
  })

  test('a change that changes nothing does not raise the generation', async () => {
    const before = await generation()
    await patch([{ op: 'replace', path: '/spec/replicas', value: 16 }])
    expect(await generation()).toBe(before)
  })

  test('a field that the old manifests put in the wrong place is refused by name', async () => {
    const answer = await fetch(`${server}/apis/apps/v1/namespaces/demo/deployments?fieldValidation=Strict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'x' },
        spec: {},
        strategy: {},
      }),
    })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('unknown field \\"strategy\\"')
  })

  test('a watch from a version that is forgotten gets 410 as an event', async () => {
    cluster.hooks.compact()
    const answer = await fetch(
      `${server}/api/v1/namespaces/demo/pods?watch=1&resourceVersion=1&timeoutSeconds=1`,
    )
    expect(await answer.text()).toMatch(/"type":"ERROR".*"code":410/)
  })

  test('a viewer may read the demo and is told in the usual words what is forbidden', async () => {
    const headers = { authorization: 'Bearer viewer-token', 'content-type': 'application/json-patch+json' }
    expect((await fetch(deployment(), { headers })).status).toBe(200)
    const refused = await fetch(deployment(), { method: 'PATCH', headers, body: '[]' })
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('cannot patch resource \\"deployments\\"')
  })

  test('a wrong token is nobody', async () => {
    expect((await fetch(deployment(), { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
  })
})
