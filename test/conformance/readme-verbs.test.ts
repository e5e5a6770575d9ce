import { execFile } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRealClock } from '../../electron/training/clock/clock.ts'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../electron/training/training-kubeconfig.ts'
import { builtKubectl } from './kubectl.ts'

const readme = readFileSync(resolve(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

const installed = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'kubectl'))
  .find((path) => existsSync(path))
const built = builtKubectl()
const program = installed ?? built
const leading = installed === undefined ? ['kubectl'] : []

let folder = ''
let server = ''
let cluster: TrainingCluster
let stop: () => Promise<void>

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-verbs-'))
  cluster = createTrainingCluster({ clock: createRealClock(20) })
  const served = await cluster.listen({ port: 0 })
  stop = () => served.stop()
  server = served.server
  writeFileSync(join(folder, 'kubeconfig'), trainingKubeconfig(server))
  writeFileSync(join(folder, 'viewer'), trainingKubeconfig(server, 'viewer'))
  for (const name of ['web', 'web-2', 'web-3']) {
    const manifest = deploymentManifest({
      name,
      namespace: 'demo',
      app: name,
      replicas: 1,
      image: 'registry.example/web:1',
    })
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(manifest))
  }
})
afterAll(async () => {
  await stop()
  await cluster.stop()
  rmSync(folder, { recursive: true, force: true })
})

type Said = { readonly code: number; readonly text: string }

function kubectl(line: string, kubeconfig = 'kubeconfig'): Promise<Said> {
  const args = [...leading, '--kubeconfig', join(folder, kubeconfig), ...line.split(' ')]
  return new Promise((tell) => {
    execFile(
      program ?? '',
      args,
      {
        cwd: folder,
        timeout: 40_000,
        env: { PATH: process.env['PATH'], HOME: folder, KUBE_EDITOR: 'sed -i s/:2/:3/' },
      },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        tell({ code, text: out + err })
      },
    )
  })
}

/** Verb -> what is typed, in this order, and what is read in the answer. */
const works: Readonly<Record<string, readonly (readonly [line: string, answer: RegExp])[]>> = {
  apply: [['apply -f web.json', /deployment.apps\/web created/]],
  'create -f': [['create -f web-2.json', /deployment.apps\/web-2 created/]],
  rollout: [
    ['rollout status deploy/web', /successfully rolled out/],
    ['rollout restart deploy/web', /restarted/],
    ['rollout history deploy/web', /REVISION/],
    ['rollout pause deploy/web', /paused/],
    ['rollout resume deploy/web', /resumed/],
  ],
  get: [
    ['get deploy web', /web +[01]\/1/],
    ['get events --sort-by=.lastTimestamp', /Scheduled/],
  ],
  describe: [['describe deploy web', /Replicas: +1 desired/]],
  set: [['set image deploy/web web=registry.example/web:2', /image updated/]],
  edit: [['edit deploy web', /deployment.apps\/web edited/]],
  scale: [['scale deploy/web --replicas=2', /deployment.apps\/web scaled/]],
  patch: [['patch deploy web -p {"spec":{"minReadySeconds":1}}', /patched/]],
  label: [['label deploy web team=shop', /labeled/]],
  annotate: [['annotate deploy web note=x', /annotated/]],
  expose: [['expose deploy web --port=80', /service\/web exposed/]],
  run: [['run alone --image=registry.example/alone:1', /pod\/alone created/]],
  wait: [['wait --for=condition=Ready pod/alone --timeout=30s', /condition met/]],
  logs: [['logs alone', /starting registry.example\/alone:1/]],
  diff: [['diff -f web-2.json', /^$/]],
  replace: [['replace -f web-2.json', /replaced/]],
  cordon: [
    ['cordon training-w1', /cordoned/],
    ['get node training-w1', /SchedulingDisabled/],
  ],
  uncordon: [['uncordon training-w1', /uncordoned/]],
  drain: [
    ['drain training-w2 --force --timeout=60s', /drained/],
    ['uncordon training-w2', /uncordoned/],
  ],
  'auth can-i': [['auth can-i delete pods', /yes/]],
  delete: [
    ['delete pod alone --now', /deleted/],
    ['delete -f web-2.json', /deleted/],
  ],
}

/** What is refused -> what is typed, and what its answer says beside that this is the practice cluster. */
const refused: Readonly<Record<string, readonly [line: string, answer: RegExp]>> = {
  'create KIND': ['create deployment x --image=registry.example/x:1', /kubectl apply -f/],
  autoscale: ['autoscale deploy web --min=2 --max=5', /kubectl apply -f/],
  exec: ['exec deploy/web -- date', /kubectl logs/],
  attach: ['attach deploy/web', /kubectl logs/],
  cp: ['cp web.json demo/POD:/x', /kubectl logs/],
  'port-forward': ['port-forward svc/demo-http 0:80', /tranche port-forward/],
  debug: ['debug POD --image=registry.example/x:1 --container=x', /kubectl describe pod/],
  '--as': ['get pods --as viewer', /\/users\/viewer/],
}

/** The verbs that README names between two words of its own. */
function named(from: string, to: string): readonly string[] {
  const part = readme.slice(readme.indexOf(from) + from.length)
  return [...part.slice(0, part.indexOf(to)).matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
}

test('README names each verb that is tried here, and no other', () => {
  expect(named('These verbs do', 'These are refused').toSorted()).toEqual(Object.keys(works).toSorted())
  expect(named('These are refused', 'Its kinds').toSorted()).toEqual(Object.keys(refused).toSorted())
})

describe.skipIf(program === undefined)('kubectl, where this machine has one', () => {
  for (const [verb, lines] of Object.entries(works))
    test(`kubectl ${verb} does what it says`, { timeout: 120_000 }, async () => {
      for (const [line, answer] of lines) {
        const said = await kubectl(line)
        expect(said.text, line).toMatch(answer)
        expect(said.code, `${line}: ${said.text}`).toBe(0)
      }
    })

  for (const [verb, [line, answer]] of Object.entries(refused))
    test(`kubectl ${verb} is refused by name, with what to use instead`, async () => {
      const pods = (await kubectl('get pods -o name')).text
      const pod = pods.split('\n')[0]?.replace('pod/', '') ?? ''
      const before = await kubectl('get deploy,hpa -o name')
      const said = await kubectl(line.replace('POD', pod))
      expect(said.code).not.toBe(0)
      expect(said.text).toContain('this is the practice cluster')
      expect(said.text).toMatch(answer)
      expect(await kubectl('get deploy,hpa -o name')).toEqual(before)
    })

  test('kinds that it does not have are named by kubectl itself, and by the answer where it is asked all the same', async () => {
    expect((await kubectl('get statefulsets')).text).toContain(`doesn't have a resource type "statefulsets"`)
    const asked = await kubectl('get --raw /apis/apps/v1/namespaces/demo/statefulsets')
    expect(asked.text).toContain('this is the practice cluster: it has no statefulsets.apps')
  })

  test('what is stored and then does nothing is said when it is written', async () => {
    writeFileSync(
      join(folder, 'hpa.json'),
      JSON.stringify({
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: { name: 'web' },
        spec: { maxReplicas: 4, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } },
      }),
    )
    const said = await kubectl('apply -f hpa.json')
    expect(said.text).toContain(
      'Warning: this is the practice cluster: nothing carries out a HorizontalPodAutoscaler',
    )
    expect(said.code).toBe(0)
  })

  test('with the kubeconfig of a viewer kubectl is the viewer, not the administrator', async () => {
    expect((await kubectl('auth whoami', 'viewer')).text).toContain('viewer')
    const said = await kubectl('delete deploy web', 'viewer')
    expect(said.text).toContain('User "viewer" cannot delete resource "deployments"')
    expect((await kubectl('get deploy web', 'viewer')).code).toBe(0)
    expect((await kubectl(`--server=${server}/users/nobody get pods`)).text).toMatch(/Unauthorized|logged in/)
  })

  test('the log of a time and of a size is no more than that', async () => {
    expect((await kubectl('run talks --image=registry.example/talks:1')).code).toBe(0)
    expect((await kubectl('wait --for=condition=Ready pod/talks --timeout=30s')).code).toBe(0)
    expect((await kubectl('logs talks --since-time=2099-01-01T00:00:00Z')).text).toBe('')
    expect((await kubectl('logs talks --limit-bytes=4')).text).toBe('INFO')
  })
})
