import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createApp } from '../../electron/app/app.ts'
import { openSettings } from '../../electron/app/storage/settings-file.ts'
import { createAddedKubeconfigs } from '../../electron/app/clusters/added-kubeconfigs.ts'
import { holderText, type Holder } from '../../electron/release/holder.ts'
import { commands, type CommandInput, type CommandName } from '../../shared/contract.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { ok, type Reply } from '../../shared/fault.ts'
import { findBatchSets } from '../../shared/model/batches.ts'
import { defaultGates } from '../../shared/release/gates/gate-table.ts'
import type { Change, Outcome, Release, ReleaseState } from '../../shared/release/release.ts'
import { connect, type Client } from '../../shared/rpc.ts'
import { buildSpec } from '../support/build-connection.ts'
import { buildRelease } from '../support/build-release.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import { arrayPair } from '../support/pipe-pairs.ts'
import { createStillCluster, stillSnapshot } from '../support/still-cluster.ts'
import { kubeconfigsOf, realFiles } from '../support/foreign-files.ts'

/**
 * What a production cluster that is read-only lets through. `always`: writes nothing, or brakes. `on the way back`: only
 * while a way back runs. `never`: not at all. Written down anew: it must not be the table of the application itself.
 */
const allowed: Readonly<Record<CommandName, 'always' | 'on the way back' | 'never'>> = {
  'cluster/connect': 'always',
  'cluster/disconnect': 'always',
  'cluster/rescan': 'always',
  'cluster/settings': 'always',
  'cluster/unlock': 'always',
  'cluster/lock': 'always',
  'cluster/answer': 'always',
  'kubeconfig/inspect': 'always',
  'kubeconfig/add': 'always',
  'kubeconfig/remove': 'always',
  'doctor/report': 'always',
  'rights/review': 'always',
  'namespace/add': 'always',
  'release/check': 'always',
  'release/start': 'never',
  'template/show': 'always',
  'template/preview': 'always',
  'release/pause': 'always',
  'release/resume': 'on the way back',
  'release/freeze': 'always',
  'release/retry': 'on the way back',
  'release/skip': 'on the way back',
  'release/adopt': 'never',
  'release/restore': 'on the way back',
  'release/change-plan': 'never',
  'release/approve': 'on the way back',
  'release/push-all': 'on the way back',
  'release/stop': 'always',
  'release/take-over': 'on the way back',
  'release/roll-back': 'always',
  'release/ask': 'always',
  'release/forget': 'always',
  'release/go-back': 'always',
  'history/list': 'always',
  'history/differences': 'always',
  'plan/save': 'always',
  'plan/remove': 'always',
  'pod/log': 'always',
  'pod/forward': 'always',
  'pod/stop-forward': 'always',
  'training/speed': 'always',
  'training/reset': 'always',
}
/** They write nothing, whatever the state; a try with dryRun is no write. */
const tries: readonly string[] = ['release/check', 'template/preview']

const folder = mkdtempSync(join(tmpdir(), 'tranche-read-only-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const spec = buildSpec({ name: 'prod-east' })
const target = { connection: spec.id, namespace: 'demo', service: 'demo-http' }
const set = findBatchSets(stillSnapshot())[0]
if (set === undefined) throw new Error('no batches')
const [first, second] = set.batches
if (first === undefined || second === undefined) throw new Error('two batches are needed')

const changes: readonly Change[] = [
  { kind: 'image' },
  { kind: 'restart', at: 1 },
  { kind: 'template' },
  { kind: 'restore' },
  { kind: 'none' },
]
const outcomes: readonly Outcome[] = ['done', 'stopped', 'rolled-back', 'rolled-back-in-part', 'superseded']
const foreign = { kind: 'foreign', batch: second.uid, digest: 'x', manager: 'kubectl-set', at: 1 } as const
const failing = { kind: 'pods', batch: second.uid, reason: 'CrashLoopBackOff', message: '', pods: 1 } as const
const back = { kind: 'rolling-back', since: 1, by: 'li', mode: 'at-once', batches: [first.uid] } as const
const states: readonly ReleaseState[] = [
  { kind: 'running' },
  { kind: 'paused', since: 1, by: 'li' },
  { kind: 'held', since: 1, hold: foreign },
  { kind: 'held', since: 1, hold: failing },
  { ...back, then: 'end' },
  { ...back, by: '', because: failing, then: 'hold' },
  ...outcomes.map((outcome) => ({ kind: 'ended', at: 1, outcome }) as const),
]

/** Nothing of it moves by itself: what was written has not been seen yet. */
function releaseIn(change: Change, state: ReleaseState): Release {
  const unseen = { generation: 99, digest: first?.templateDigest ?? '' }
  const target = { template: {}, digest: 'wanted' }
  const built = buildRelease(set ?? fail(), {
    change,
    targets: new Map(set?.batches.map((one) => [one.uid, target])),
    sizes: change.kind === 'none' ? [{ batch: second?.uid ?? fail(), from: 1, to: 2 }] : [],
  })
  const goesBack = state.kind === 'rolling-back'
  const batches = built.batches.map((own, index) => {
    if (index > 0) return { ...own, phase: { kind: 'waiting' } as const }
    return goesBack
      ? { ...own, phase: { kind: 'rolling-back', since: 1, ...unseen } as const }
      : { ...own, phase: { kind: 'done', at: 1, rolledSince: 1, pods: 1, ...unseen } as const }
  })
  const resize = built.resize && {
    ...built.resize,
    targets: built.resize.targets.map((one) => ({ ...one, sent: true })),
  }
  return { ...built, batches, state, ...(resize !== undefined && { resize }) }
}

function fail(): never {
  throw new Error('missing')
}

type Situation = { readonly release: Release | undefined; readonly driven: boolean }
const situations: readonly Situation[] = [
  { release: undefined, driven: false },
  ...changes.flatMap((change) =>
    states.flatMap((state) =>
      (state.kind === 'ended' ? [false] : [true, false]).map((driven) => ({
        release: releaseIn(change, state),
        driven,
      })),
    ),
  ),
]

const self: Holder = {
  person: 'li@laptop',
  install: 'install-1',
  process: { machine: 'm', pid: 2, started: '2' },
  session: 'now',
}
const past: Holder = { ...self, process: { machine: 'm', pid: 1, started: '1' }, session: 'before' }

/** An application on a cluster that stands like this, its person at the page. */
async function open({ release, driven }: Situation) {
  const home = join(folder, randomUUID())
  const clock = createSystemClock()
  const settings = openSettings(home, { newId: () => self.install, log: () => undefined })
  settings.change((old) => ({
    ...old,
    driving: driven ? [target] : [],
    clusters: { [spec.id]: { production: true } },
  }))
  const cluster = createStillCluster(clock, { release, holder: driven ? holderText(past) : '' })
  const app = createApp({
    clock,
    newId: () => randomUUID(),
    settings,
    kubeconfigs: kubeconfigsOf(spec),
    loadKubeconfigs: () => Promise.resolve(kubeconfigsOf(spec)),
    connect: (one) => Promise.resolve(ok(cluster.connect(one))),
    pluginOf: () => Promise.resolve(undefined),
    watchKubeconfigs: () => ({ refresh: () => undefined, stop: () => undefined }),
    addedKubeconfigs: createAddedKubeconfigs({ dataFolder: home, settings, homedir: home, files: realFiles }),
    survey: () => Promise.resolve([]),
    about: { version: '0', platform: 'test' },
    self,
    isGone: () => true,
    openTraining: false,
    log: () => undefined,
  })
  const pair = await arrayPair()
  app.attach(pair.app)
  const client = connect(pair.page)
  await client.call('cluster/connect', { connection: spec.id })
  await seen(client, (view) => !driven || view.release?.driving === true)
  cluster.writes.length = 0
  return { client, cluster, close: () => app.close() }
}

function seen(client: Client, fits: (view: PipelineView) => boolean): Promise<void> {
  return new Promise((resolve) => {
    client.subscribe('pipeline', target, (payload) => {
      if (payload.kind === 'view' && fits(payload.view)) resolve()
    })
  })
}

/** What a page, or somebody at its pipe, could send for each command. */
function inputs(release: string): { readonly [N in CommandName]: readonly CommandInput<N>[] } {
  const request = randomUUID()
  const connection = spec.id
  const batch = second?.uid ?? ''
  const of = { request, target, release }
  const steps = set?.batches.map((one) => ({ batch: one.uid, gates: defaultGates, leftOut: false })) ?? []
  const sizes = [{ batch, from: 1, to: 3 }]
  const rest = { target, steps, onFailure: 'pause' as const, batchLimitSeconds: 600 }
  const draft: CommandInput<'release/check'> = {
    ...rest,
    sizes: [],
    change: { kind: 'image', images: [{ batch, container: 'demo-aone', image: 'demo:3' }] },
  }
  const revisions = [{ batch, digest: 'older' }]
  const text = 'spec: {}'
  return {
    'cluster/connect': [{ connection }],
    'cluster/disconnect': [{ connection }],
    'cluster/rescan': [{}],
    'cluster/settings': [{ connection, alias: 'x', production: true }],
    'cluster/unlock': [{ connection, typed: 'something else' }],
    'cluster/lock': [{ connection }],
    'cluster/answer': [{ connection, run: 1, line: '' }],
    'kubeconfig/inspect': [{ kind: 'text', name: 'x', text: '{}' }],
    'kubeconfig/add': [{ kind: 'text', name: 'x', text: '{}' }],
    'kubeconfig/remove': [{ path: '/nowhere' }],
    'doctor/report': [{}],
    'rights/review': [{ connection, namespace: 'demo' }],
    'namespace/add': [{ connection, namespace: 'other' }],
    'release/check': [draft],
    'release/start': [
      { request, draft },
      { request: randomUUID(), draft: { ...draft, supersedes: { release, from: 'rest' } } },
      { request: randomUUID(), draft: { ...draft, withoutLock: true } },
      { request: randomUUID(), draft: { ...rest, change: { kind: 'none' }, sizes } },
    ],
    'template/show': [{ target, batch }],
    'template/preview': [{ target, batch, text }],
    'release/pause': [of],
    'release/resume': [of, { ...of, request: randomUUID() }],
    'release/freeze': [of],
    'release/retry': [{ ...of, batch }],
    'release/skip': [{ ...of, batch }],
    'release/adopt': [{ ...of, batch }],
    'release/restore': [{ ...of, batch }],
    'release/change-plan': [
      { ...of, change: { steps: [], sizes } },
      { ...of, request: randomUUID(), change: { steps: [], sizes: [] } },
    ],
    'release/approve': [{ ...of, step: 0 }],
    'release/push-all': [of, { ...of, request: randomUUID() }],
    'release/stop': [of],
    'release/take-over': [of],
    'release/roll-back': [{ ...of, mode: 'at-once', batches: [first?.uid ?? ''] }],
    'release/ask': [{ ...of, wish: 'pause' }],
    'release/forget': [{ request, target, version: '7' }],
    'release/go-back': [{ request, target, mode: 'at-once', revisions, from: revisions }],
    'history/list': [{ target }],
    'history/differences': [{ target, revisions }],
    'plan/save': [{ target, name: 'x', plan: { steps: [], onFailure: 'pause', batchLimitSeconds: 600 } }],
    'plan/remove': [{ target, name: 'x' }],
    'pod/log': [{ target, pod: 'demo-aone-1-a-1', previous: false }],
    'pod/forward': [{ target, pod: 'demo-aone-1-a-1' }],
    'pod/stop-forward': [{ forward: 'f' }],
    'training/speed': [{ factor: 2 }],
    'training/reset': [{}],
  }
}

function isGoingBack(release: Release | undefined): boolean {
  if (release === undefined || release.state.kind === 'ended') return false
  return release.state.kind === 'rolling-back' || release.change.kind === 'restore'
}

const names = Object.keys(commands) as readonly CommandName[]
const named = (situation: Situation): string => {
  const { release, driven } = situation
  if (release === undefined) return 'no release'
  const { state } = release
  const more = state.kind === 'ended' ? state.outcome : state.kind === 'held' ? state.hold.kind : ''
  return `${release.change.kind} ${state.kind} ${more} ${driven ? 'driven here' : 'driven by nobody'}`
}

function isRefused(name: CommandName, { release }: Situation): boolean {
  const way = allowed[name]
  return way === 'never' || (way === 'on the way back' && !isGoingBack(release))
}

test.each(situations.map((situation) => [named(situation), situation] as const))(
  'on a read-only cluster no step forward is taken, and nothing is written for it: %s',
  async (_, situation) => {
    const desk = await open(situation)
    for (const name of names.filter((one) => isRefused(one, situation))) {
      for (const input of inputs(situation.release?.id ?? 'none')[name]) {
        const reply: Reply<unknown> = await desk.client.call(name, input)
        expect({ name, writes: desk.cluster.writes }).toEqual({ name, writes: [] })
        if (situation.release !== undefined || name === 'release/start')
          expect({ name, ok: reply.ok }).toEqual({ name, ok: false })
      }
    }
    await desk.close()
  },
)

/** One of each kind: what may be done does not depend on more. */
const telling = situations.filter(({ release }) => {
  const kind = release?.change.kind
  return kind === undefined || kind === 'image' || kind === 'restore'
})

test.each(telling.map((situation) => [named(situation), situation] as const))(
  'on a read-only cluster brakes, and the steps of a way back that runs, are never refused for that: %s',
  async (_, situation) => {
    const mine = names.filter((name) => !isRefused(name, situation))
    const here = mine.filter((name) => situation.release === undefined || name.startsWith('release/'))
    for (const name of here) {
      const [input] = inputs(situation.release?.id ?? 'none')[name]
      const desk = await open(situation)
      const reply: Reply<unknown> = await desk.client.call(name, input as never)
      if (!reply.ok) expect({ name, code: reply.fault.code }).not.toEqual({ name, code: 'read-only' })
      if (!name.startsWith('release/') && !tries.includes(name))
        expect({ name, writes: desk.cluster.writes }).toEqual({ name, writes: [] })
      await desk.close()
    }
  },
)

test('with changes allowed the same steps are taken: the cluster itself holds nothing back', async () => {
  const image = { kind: 'image' } as const
  const paused = { kind: 'paused', since: 1, by: 'li' } as const
  const desk = await open({ release: releaseIn(image, paused), driven: true })
  const resume = () =>
    desk.client.call('release/resume', {
      request: randomUUID(),
      target,
      release: releaseIn(image, paused).id,
    })
  expect(await resume()).toMatchObject({ ok: false, fault: { code: 'read-only' } })
  await desk.client.call('cluster/unlock', { connection: spec.id, typed: spec.name })
  expect(await resume()).toMatchObject({ ok: true })
  expect(desk.cluster.writes).not.toEqual([])
  await desk.close()
})
