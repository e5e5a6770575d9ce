import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { conditionOf, type Deployment, type Pod } from '../../electron/training/objects/objects.ts'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { eventually } from '../support/eventually.ts'
import { createKubeClient, type KubeClient } from '../support/kube-client.ts'
import { startPlayingKubelet } from '../support/playing-kubelet.ts'
import { itemsOf } from '../support/watched-objects.ts'
import { kubernetesVersion } from './build-control-plane.ts'
import { startControlPlane, type RunningControlPlane } from './start-control-plane.ts'

let plane: RunningControlPlane
let admin: KubeClient
let stopKubelet: () => Promise<void>

const deployments = '/apis/apps/v1/namespaces/demo/deployments'
const pods = '/api/v1/namespaces/demo/pods'

beforeAll(async () => {
  plane = await startControlPlane()
  admin = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
  stopKubelet = await startPlayingKubelet({ client: admin, speed: 20 })
})
afterAll(async () => {
  await stopKubelet()
  await admin.close()
  await plane.stop()
})

async function deployment(name: string): Promise<Deployment> {
  return (await admin.get(`${deployments}/${name}`)).body as unknown as Deployment
}

async function create(name: string, replicas: number, image: string): Promise<void> {
  const manifest = deploymentManifest({ name, namespace: 'demo', app: name, replicas, image })
  const answer = await admin.post(deployments, manifest)
  expect(answer.status, answer.text).toBe(201)
}

function rolled(name: string): Promise<Deployment> {
  return eventually(
    async () => {
      const found = await deployment(name)
      const { replicas } = found.spec
      const { status = {} } = found
      const counts = [status.replicas, status.updatedReplicas, status.availableReplicas]
      const isSeen = (status.observedGeneration ?? 0) >= (found.metadata.generation ?? 0)
      return isSeen && counts.every((count) => count === replicas) ? found : undefined
    },
    { what: `${name} is rolled out` },
  )
}

async function waitingReason(name: string): Promise<string | undefined> {
  const list = itemsOf((await admin.get(`${pods}?labelSelector=app%3D${name}`)).body) as unknown as Pod[]
  return list.map((pod) => pod.status?.containerStatuses?.[0]?.state.waiting?.reason).find(Boolean)
}

test('it is the Kubernetes that go.mod names', async () => {
  expect((await admin.get('/version')).body['gitVersion']).toBe(kubernetesVersion())
})

test('a Deployment of 16 rolls to a new image, with the pods that the kubelet plays', async () => {
  await create('rolls', 16, 'registry.example/demo:1')
  await rolled('rolls')
  const image = {
    spec: { template: { spec: { containers: [{ name: 'rolls', image: 'registry.example/demo:2' }] } } },
  }
  await admin.patch(`${deployments}/rolls`, 'strategic', image)
  const done = await rolled('rolls')
  expect(done.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('2')
  expect(conditionOf(done.status?.conditions, 'Progressing')?.reason).toBe('NewReplicaSetAvailable')
})

test('a missing image stops its rollout in ImagePullBackOff, and the old pods stay', async () => {
  await create('stops', 4, 'registry.example/demo:1')
  await rolled('stops')
  await admin.patch(`${deployments}/stops`, 'json', [
    { op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'registry.example/demo:missing' },
  ])
  await eventually(async () => ((await waitingReason('stops')) === 'ImagePullBackOff' ? true : undefined), {
    what: 'a pod waits in ImagePullBackOff',
  })
  await eventually(
    async () => {
      const { status = {} } = await deployment('stops')
      return status.updatedReplicas === 2 && status.availableReplicas === 3 ? true : undefined
    },
    { what: 'three of the old pods serve on, beside two new ones that do not start' },
  )
})

test('a StatefulSet gets its pods one after the other, by name', async () => {
  const name = 'ordered'
  const { spec } = deploymentManifest({
    name,
    namespace: 'demo',
    app: name,
    replicas: 2,
    image: 'demo:1',
  }) as {
    readonly spec: { readonly selector: unknown; readonly template: unknown }
  }
  const { selector, template } = spec
  const answer = await admin.post('/apis/apps/v1/namespaces/demo/statefulsets', {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: { name },
    spec: { replicas: 2, serviceName: name, selector, template },
  })
  expect(answer.status, answer.text).toBe(201)
  const [first, second] = await eventually(
    async () => {
      const found = itemsOf((await admin.get(`${pods}?labelSelector=app%3D${name}`)).body) as unknown as Pod[]
      const ready = found.filter((pod) => conditionOf(pod.status?.conditions, 'Ready')?.status === 'True')
      return ready.length === 2 ? ready : undefined
    },
    { what: 'both are ready' },
  )
  expect([first?.metadata.name, second?.metadata.name]).toEqual(['ordered-0', 'ordered-1'])
  const ready = conditionOf(first?.status?.conditions, 'Ready')?.lastTransitionTime ?? ''
  expect((second?.metadata.creationTimestamp ?? '') >= ready).toBe(true)
})

test('the viewer may read but not write', async () => {
  const viewer = createKubeClient({ server: plane.server, token: plane.tokens.viewer, ca: plane.ca })
  expect((await viewer.get(deployments)).status).toBe(200)
  const refused = await viewer.patch(`${deployments}/rolls`, 'merge', { spec: { replicas: 1 } })
  expect([refused.status, refused.body['reason']]).toEqual([403, 'Forbidden'])
  await viewer.close()
})

test('a page token from before a compaction gets 410', async () => {
  const config = (name: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
  for (const name of ['a', 'b']) await admin.post('/api/v1/namespaces/demo/configmaps', config(name))
  const page = await admin.get('/api/v1/namespaces/demo/configmaps?limit=1')
  const { continue: token = '' } = page.body['metadata'] as { readonly continue?: string }
  await plane.compact()
  const next = `/api/v1/namespaces/demo/configmaps?limit=1&continue=${encodeURIComponent(token)}`
  // The server drops the snapshots of its cache some seconds after etcd has forgotten.
  const gone = await eventually(
    async () => {
      const answer = await admin.get(next)
      return answer.status === 410 ? answer : undefined
    },
    { what: 'the token is refused' },
  )
  expect(gone.body['reason']).toBe('Expired')
})

test('stopping leaves no process and no directory', async () => {
  const other = await startControlPlane({ secondServer: { emulatedVersion: '1.33' } })
  const second = createKubeClient({
    server: other.secondServer ?? '',
    token: other.tokens.admin,
    ca: other.ca,
  })
  expect((await second.get('/api/v1/namespaces/demo')).status).toBe(200)
  expect((await second.get('/version')).body['emulationMinor']).toBe('33')
  await second.close()
  const { processIds } = other
  expect(processIds.every(isAlive)).toBe(true)
  await other.stop()
  expect([processIds.filter(isAlive), existsSync(other.directory)]).toEqual([[], false])
})

test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'a command line that ends by %s leaves no process and no directory',
  async (signal) => {
    const command = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'start'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const directory = dirname(await kubeconfigOf(command))
    const parts = childrenOf(command.pid ?? 0)
    expect(existsSync(directory)).toBe(true)
    command.kill(signal)
    await once(command, 'exit')
    await eventually(() => Promise.resolve(existsSync(directory) ? undefined : true), {
      what: 'the directory is gone',
    })
    await eventually(() => Promise.resolve(parts.some(isAlive) ? undefined : true), {
      what: 'all have ended',
    })
  },
)

test('when what started the command line is killed, it ends too, and leaves nothing', async () => {
  const inner = `import { spawn } from 'node:child_process'
    spawn(process.execPath, [${JSON.stringify(join(import.meta.dirname, 'main.ts'))}, 'start'], { stdio: 'inherit' })`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', inner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const directory = dirname(await kubeconfigOf(parent))
  const [command = 0] = childrenOf(parent.pid ?? 0)
  const all = [command, ...childrenOf(command)]
  expect([all.length, all.every(isAlive)]).toEqual([4, true])
  parent.kill('SIGKILL')
  await eventually(() => Promise.resolve(existsSync(directory) ? undefined : true), {
    what: 'the directory is gone',
  })
  await eventually(() => Promise.resolve(all.some(isAlive) ? undefined : true), { what: 'all have ended' })
})

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch {
    return false
  }
}

/** Read from the lines that it prints; it is ready after the last of them. */
async function kubeconfigOf(command: ChildProcess): Promise<string> {
  let path = ''
  for await (const line of createInterface({ input: command.stdout ?? process.stdin })) {
    path = /^KUBECONFIG=(.+)$/.exec(line)?.[1] ?? path
    if (line.startsWith('ready:')) break
  }
  return path
}

function childrenOf(parent: number): readonly number[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([, from]) => from === parent)
    .map(([processId = 0]) => processId)
}
