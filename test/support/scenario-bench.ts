import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'
import { deploymentManifest, serviceManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import type { Reply } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import type { Target } from '../conformance/targets/target.ts'
import { startTrainingTarget } from '../conformance/targets/training-target.ts'
import { createFakeTime, type ComputerClock, type FakeTime } from './fake-time.ts'
import { createKubectl, type Kubectl } from './kubectl.ts'
import { startLink, type Link, type LinkRequest } from './link.ts'
import { startOperator, type Operator } from './operator.ts'
import { createRealComputer, type RealComputer } from './real-computer.ts'
import { wordsOf } from './spoken.ts'

const oldTag = '1.0.0'
const app = 'web'

/** A cluster with an application of several batches in it, the way to it, people at their applications, and time. */
export type Bench = {
  readonly kind: Target['kind']
  readonly namespace: string
  /** The way of li@laptop to the cluster; its record has what all applications send. Others go another way. */
  readonly link: Link
  /** Somebody else's hand. */
  readonly kubectl: Kubectl
  readonly image: (tag: string) => string
  /** A person sits down at a laptop. The same person again: at the same laptop, started anew. */
  open(person?: string, options?: { readonly aheadMs?: number; readonly token?: string }): Promise<Operator>
  /** The file that a person's laptop finds its clusters in. */
  kubeconfigOf(person: string): string
  /** The wall clock of a person's laptop jumps. */
  jump(person: string, ms: number): void
  /** Time goes by until there is an answer; fails with what was waited for. */
  until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T>
  /** Time goes by until the picture of an operator fits. */
  sees(operator: Operator, what: string, fits: (view: PipelineView) => boolean): Promise<PipelineView>
  /** Time goes by until all pods of all batches serve. */
  allServe(operator: Operator): Promise<PipelineView>
  /** So much time goes by, whatever happens. Only where the test moves time. */
  pass(seconds: number): Promise<void>
  /** So much time goes by, on a real cluster too: for moments only. */
  rest(seconds: number): Promise<void>
  /** A laptop sleeps while something else happens, and finds its connections broken when it wakes. */
  asleep<T>(person: string, meanwhile: () => Promise<T>): Promise<T>
  sleep(person: string, seconds: number): Promise<void>
  /** So much time goes by for this person; on a real cluster for nobody else. */
  passFor(person: string, seconds: number): Promise<void>
  /** So long that a lock that nobody renews has expired before this person's eyes. */
  letExpire(person: string): Promise<void>
  /** Time goes by until a command is answered; fails when it is refused. */
  answer<T>(reply: Promise<Reply<T>>): Promise<T>
  /** Time goes by until a promise is fulfilled. */
  arrived<T>(promise: Promise<T>): Promise<T>
  /** What is under way arrives; no time goes by. */
  settle(): Promise<void>
  /** Watches from before are told that they are too old. */
  forgetWatches(): Promise<void>
  close(): Promise<void>
}

export type BenchOptions = {
  readonly sizes?: readonly number[]
  /** What each batch runs before; otherwise all run the same. */
  readonly tags?: readonly string[]
  /** Workers of a training cluster; 6 when left out. */
  readonly nodes?: number
  /** Whether it is waited for all pods to serve; true when left out. */
  readonly serve?: boolean
  /** Changes a manifest before it is applied. */
  readonly manifest?: (manifest: Manifest, number: number) => Manifest
}
export type Manifest = ReturnType<typeof deploymentManifest>

/** A target with time of its own kind, for as many benches as want to stand on it, one after the other. */
export type BenchTarget = { readonly target: Target; readonly time?: FakeTime; count: number }

/** Another `seed`: another cluster, also by its uids. */
export async function openTarget(kind: Target['kind'], seed = 1, nodes = 6): Promise<BenchTarget> {
  if (kind === 'real') return { target: await startRealTarget({ podSpeed: 20 }), count: 0 }
  const time = createFakeTime()
  return {
    target: await startTrainingTarget({ podSpeed: 1, clock: time.cluster, seed, nodes }),
    time,
    count: 0,
  }
}

export async function openBench(on: BenchTarget, options: BenchOptions = {}): Promise<Bench> {
  const { target, time } = on
  const namespace = `scene-${(on.count += 1)}`
  const folder = mkdtempSync(join(tmpdir(), 'tranche-scene-'))
  const config = parse(readFileSync(target.kubeconfigPath, 'utf8')) as Kubeconfig
  const authority = config.clusters[0]?.cluster['certificate-authority-data']
  const requests: LinkRequest[] = []
  const links: Link[] = []
  async function newLink(): Promise<Link> {
    const made = await startLink({
      server: target.server,
      requests,
      ...(authority !== undefined && { ca: Buffer.from(authority, 'base64').toString() }),
      ...(time !== undefined && { now: () => time.now() }),
    })
    links.push(made)
    return made
  }
  const link = await newLink()
  const client = target.client('admin')
  const kubectl = createKubectl(client, namespace, () =>
    new Date(time?.now() ?? Date.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
  )
  const laptops = new Map<string, Laptop>()
  const running = new Map<number, Operator>()
  let processes = 0

  async function settle(): Promise<void> {
    if (time === undefined) return
    // What moves within this process arrives within a few turns of its loop.
    for (let quiet = 0, seen = -1; quiet < 6;) {
      await new Promise((resolve) => setImmediate(resolve))
      const activity = links.reduce((sum, one) => sum + one.activity(), 0)
      const isQuiet = activity === seen && links.every((one) => one.inFlight() === 0)
      seen = activity
      quiet = isQuiet ? quiet + 1 : 0
    }
  }

  async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
    const fakeUntil = (time?.now() ?? 0) + 3_600_000
    const realUntil = performance.now() + 120_000
    for (;;) {
      await settle()
      const found = await look()
      if (found !== undefined) return found
      const isOver = time === undefined ? performance.now() > realUntil : time.now() > fakeUntil
      if (isOver) throw new Error(`never: ${what}\n${[...running.values()].map(standing).join('\n')}`)
      if (time === undefined) await new Promise((resolve) => setTimeout(resolve, 30))
      else time.step(1_000)
    }
  }

  function standing(operator: Operator): string {
    const batches = operator.picture()?.batches.map((one) => `${one.number} ${one.look} ${one.pods}`)
    return [operator.says(), ...(batches ?? []), ...operator.log.slice(-12)].join('\n')
  }

  async function pass(seconds: number): Promise<void> {
    if (time === undefined) throw new Error('nobody moves the time of a real cluster')
    const end = time.now() + seconds * 1000
    while (time.now() < end) {
      await settle()
      time.step(Math.min(1_000_000, end - time.now()))
    }
    await settle()
  }

  function laptopNamed(person: string): Laptop {
    const laptop = laptops.get(person)
    if (laptop === undefined) throw new Error(`${person} has no laptop here`)
    return laptop
  }

  async function asleep<T>(person: string, meanwhile: () => Promise<T>): Promise<T> {
    const { clock, link: way } = laptopNamed(person)
    way.cut()
    clock.sleep()
    const result = await meanwhile()
    clock.wake()
    way.mend()
    await settle()
    return result
  }

  async function arrived<T>(promise: Promise<T>): Promise<T> {
    let found: { readonly value: T } | undefined
    void promise.then((value) => (found = { value }))
    return (await until('an answer', () => found)).value
  }

  async function rest(seconds: number): Promise<void> {
    if (time === undefined) await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    else await pass(seconds)
  }

  async function passFor(person: string, seconds: number): Promise<void> {
    if (time !== undefined) {
      await pass(seconds)
      return
    }
    for (let left = seconds; left > 0; left -= 1) {
      laptopNamed(person).clock.skip?.(1_000)
      // What was due may send something before the next second.
      await rest(0.005)
    }
  }

  async function sees(
    operator: Operator,
    what: string,
    fits: (view: PipelineView) => boolean,
  ): Promise<PipelineView> {
    // A picture may be a tenth of a second old: the first look must not be at the one from before.
    await rest(0.15)
    return until(what, () => {
      const view = operator.picture()
      return view !== undefined && fits(view) ? view : undefined
    })
  }

  async function laptopOf(
    person: string,
    { aheadMs = 0, token }: { readonly aheadMs?: number; readonly token?: string },
  ): Promise<Laptop> {
    const known = laptops.get(person)
    if (known !== undefined) return known
    const home = join(folder, `${laptops.size}`)
    mkdirSync(home)
    const path = join(home, 'kubeconfig')
    const way = laptops.size === 0 ? link : await newLink()
    writeFileSync(path, kubeconfigOver(config, { server: way.server, namespace, token }))
    const laptop = {
      home,
      path,
      link: way,
      clock: time?.computer({ aheadMs }) ?? createRealComputer({ aheadMs }),
    }
    laptops.set(person, laptop)
    return laptop
  }

  const metadata = { name: namespace }
  await expectCreated(client.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata }))
  await kubectl.create('services', serviceManifest({ name: app, namespace, app }))
  const image = (tag: string): string => `registry.example/${app}:${tag}`
  const { sizes = [1, 4, 4], tags = [], manifest = (one: Manifest) => one } = options
  for (const [index, replicas] of sizes.entries()) {
    const name = `${app}-${index + 1}`
    const plain = deploymentManifest({ name, namespace, app, replicas, image: image(tags[index] ?? oldTag) })
    await kubectl.create('deployments', manifest(plain, index + 1))
  }

  return {
    kind: target.kind,
    namespace,
    link,
    kubectl,
    image,
    until,
    sees,
    pass,
    rest,
    settle,
    arrived,
    async answer(reply) {
      const answered = await arrived(reply)
      if (!answered.ok) throw new Error(wordsOf(answered.fault))
      return answered.value
    },
    allServe: (operator) =>
      sees(operator, 'all pods serve', ({ endpoints, freshness }) => {
        const total = sizes.reduce((sum, size) => sum + size, 0)
        return freshness.kind === 'live' && endpoints.ready === total
      }),
    asleep,
    async sleep(person, seconds) {
      await asleep(person, async () => {
        // The cluster's clock cannot be moved: only the laptop believes that so much time has gone by.
        if (time === undefined) laptopNamed(person).clock.jump(seconds * 1000)
        else await pass(seconds)
      })
    },
    passFor,
    async letExpire(person) {
      // What the holder wrote last must have arrived: from then on it counts.
      if (time === undefined) await rest(1)
      // More than the 60 seconds of a lock.
      await passFor(person, 61)
    },
    async open(person = 'li@laptop', options = {}) {
      const laptop = await laptopOf(person, options)
      const processId = (processes += 1)
      const operator = await startOperator({
        person,
        home: laptop.home,
        kubeconfig: () => laptop.path,
        clock: laptop.clock,
        processId,
        isGone: ({ pid }) => !running.has(pid),
        namespace,
        service: app,
        image,
        container: app,
      })
      running.set(processId, operator)
      await sees(operator, 'the application as it stands', (view) => view.freshness.kind === 'live')
      return {
        ...operator,
        async kill() {
          running.delete(processId)
          const ended = operator.kill()
          await settle()
          await ended
        },
      }
    },
    jump: (person, ms) => laptopNamed(person).clock.jump(ms),
    kubeconfigOf: (person) => laptopNamed(person).path,
    forgetWatches: () => target.forgetWatches(),
    async close() {
      for (const operator of running.values()) await operator.kill()
      for (const one of links) await one.stop()
      await client.remove(`/api/v1/namespaces/${namespace}`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type Laptop = {
  readonly home: string
  readonly path: string
  readonly link: Link
  readonly clock: LaptopClock
}

/** On a real cluster its time can be moved ahead. */
type LaptopClock = ComputerClock & Partial<Pick<RealComputer, 'skip'>>

type Kubeconfig = {
  readonly 'current-context': string
  readonly clusters: readonly {
    readonly name: string
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string }
  }[]
  readonly contexts: readonly { readonly name: string; readonly context: Readonly<Record<string, string>> }[]
  readonly users: readonly { readonly name: string; readonly user: unknown }[]
}

/** The same users, unless another's token is given, but everything goes over the link. */
function kubeconfigOver(
  config: Kubeconfig,
  {
    server,
    namespace,
    token,
  }: { readonly server: string; readonly namespace: string; readonly token: string | undefined },
): string {
  return stringify({
    ...config,
    clusters: config.clusters.map(({ name }) => ({ name, cluster: { server } })),
    ...(token !== undefined && { users: config.users.map(({ name }) => ({ name, user: { token } })) }),
    contexts: config.contexts.map(({ name, context }) => ({ name, context: { ...context, namespace } })),
  })
}

async function expectCreated(
  answer: Promise<{ readonly status: number; readonly text: string }>,
): Promise<void> {
  const { status, text } = await answer
  if (status !== 201) throw new Error(text)
}
