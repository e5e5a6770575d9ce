import { rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createApiServer } from './api-server.ts'
import type { TrainingClock } from './clock.ts'
import type { ControllerContext } from './controller-context.ts'
import { applyDefaults } from './defaults.ts'
import { startDeploymentController } from './deployment-controller.ts'
import { createDisturbances, type Rule } from './disturbances.ts'
import { startEndpointSliceController } from './endpointslice-controller.ts'
import { createEventRecorder } from './events.ts'
import { startGarbageCollector } from './garbage-collector.ts'
import { textAt, type JsonObject } from './json.ts'
import { startKubelet } from './kubelet.ts'
import { createLifecycle } from './lifecycle.ts'
import { createObjectText } from './object-text.ts'
import { asKubeObject, type ClusterNode } from './objects.ts'
import { createPodLogs } from './pod-logs.ts'
import { createRandom } from './random.ts'
import { startReplicaSetController } from './replicaset-controller.ts'
import type { RequestInfo } from './request-info.ts'
import { findKind, nodes, services } from './resources.ts'
import { demoScenario, type Scenario } from './scenarios.ts'
import { startScheduler } from './scheduler.ts'
import { allocateService } from './service-allocation.ts'
import { createStore } from './store.ts'
import { createWarmUpClock } from './warm-up-clock.ts'
import { createWatchRegistry } from './watch-registry.ts'

export type TrainingCluster = {
  /** Serves on a Unix socket (named pipe) or a loopback port, 0 for a free one. */
  listen(where: { readonly socketPath: string } | { readonly port: number }): Promise<{
    /** `http://127.0.0.1:PORT` or `unix:/path`. */
    readonly server: string
    stop(): Promise<void>
  }>
  setSpeed(factor: number): void
  speed(): number
  /** Puts the scenario back to its beginning; watches go on. */
  reset(): void
  stop(): Promise<void>
  /** For tests: what goes wrong on purpose. */
  readonly hooks: {
    disturb(rule: Rule): () => void
    compact(): void
    cutWatches(): void
    readonly requests: readonly RequestInfo[]
  }
}

/** How long ago a scenario was set up, as its ages tell. */
const historyMs = 3 * 3_600_000
const keptRequests = 10_000

export function createTrainingCluster(options: {
  readonly clock: TrainingClock
  readonly seed?: number
  readonly scenario?: Scenario
}): TrainingCluster {
  const scenario = options.scenario ?? demoScenario
  const { clock, warmUp } = createWarmUpClock(options.clock)
  const random = createRandom(options.seed ?? 1)
  const store = createStore({ logCapacity: 20_000 })
  const lifecycle = createLifecycle({ store, clock, random })
  const events = createEventRecorder({ store, clock, random, lifecycle })
  const logs = createPodLogs()
  const watches = createWatchRegistry()
  const disturbances = createDisturbances()
  const requests: RequestInfo[] = []
  const controllers: ControllerContext = { store, clock, random, lifecycle, events }
  let stops: readonly (() => void)[] = []

  function start(): void {
    stops = [
      startScheduler(controllers),
      startKubelet(controllers, logs),
      startEndpointSliceController(controllers),
      startReplicaSetController(controllers),
      startDeploymentController(controllers),
      startGarbageCollector(controllers),
    ]
    for (let number = 1; number <= scenario.nodes; number++)
      lifecycle.create<ClusterNode>(nodes, nodeDraft(number))
    for (const manifest of scenario.manifests) apply(manifest)
  }

  function apply(manifest: JsonObject): void {
    const resource = findKind(textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'kind') ?? '')
    if (resource === undefined) throw new Error(`scenario ${scenario.name}: no such kind`)
    const draft = lifecycle.stampNew(resource, asKubeObject(applyDefaults(resource, manifest)))
    store.put(resource, resource === services ? allocateService({ store }, resource, draft) : draft)
  }

  function halt(): void {
    for (const stop of stops) stop()
    stops = []
  }

  warmUp(start, historyMs)
  const server = createApiServer({
    context: {
      store,
      clock,
      random,
      lifecycle,
      text: createObjectText(),
      watches,
      logs,
      settings: { bookmarkIntervalMs: 30_000, streamingLists: true },
    },
    disturbances,
    onRequest: (info) => {
      requests.push(info)
      if (requests.length > keptRequests) requests.shift()
    },
  })

  function close(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  return {
    async listen(where) {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        if ('port' in where) server.listen(where.port, '127.0.0.1', resolve)
        else server.listen(where.socketPath, resolve)
      })
      const address = 'port' in where ? (server.address() as AddressInfo) : undefined
      return {
        server: 'socketPath' in where ? `unix:${where.socketPath}` : `http://127.0.0.1:${address?.port ?? 0}`,
        async stop() {
          await close()
          if ('socketPath' in where && process.platform !== 'win32') rmSync(where.socketPath, { force: true })
        },
      }
    },
    setSpeed(factor) {
      options.clock.setSpeed(Math.min(20, Math.max(1, factor)))
    },
    speed: () => options.clock.speed(),
    reset() {
      halt()
      store.clear()
      events.reset()
      warmUp(start, historyMs)
      // What was seen before is no history of the new beginning: every watch lists anew.
      store.compact()
      watches.forEach(
        () => true,
        (sink) => sink.cut(),
      )
    },
    async stop() {
      halt()
      if (server.listening) await close()
    },
    hooks: {
      disturb: (rule) => disturbances.add(rule),
      compact: () => store.compact(),
      cutWatches() {
        watches.forEach(
          () => true,
          (sink) => sink.cut(),
        )
      },
      requests,
    },
  }
}

function nodeDraft(
  number: number,
): Omit<ClusterNode, 'metadata' | 'kind' | 'apiVersion'> & { metadata: { name: string } } {
  return {
    metadata: { name: `training-w${number}` },
    spec: {},
    status: {
      allocatable: { pods: '40' },
      addresses: [{ type: 'InternalIP', address: `10.0.0.${10 + number}` }],
    },
  }
}
