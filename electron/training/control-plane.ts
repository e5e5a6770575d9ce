import { trackUpdate } from './fields/managed-fields.ts'
import { applyDefaults } from './fields/defaults.ts'
import type { TrainingClock } from './clock/clock.ts'
import type { ControllerContext } from './controllers/controller-context.ts'
import { startDisruptionController } from './controllers/disruption-controller.ts'
import { decode } from './fields/decoding.ts'
import { startDeploymentController } from './controllers/deployment-controller.ts'
import { startEndpointSliceController } from './controllers/endpointslice-controller.ts'
import { createEventRecorder } from './controllers/events.ts'
import { startGarbageCollector } from './controllers/garbage-collector.ts'
import { textAt, type JsonObject } from './objects/json.ts'
import { startKubelet } from './node/kubelet.ts'
import { createLifecycle } from './objects/lifecycle.ts'
import { asKubeObject } from './objects/objects.ts'
import { createPodLogs, type PodLogs } from './node/pod-logs.ts'
import { createRandom } from './clock/random.ts'
import { startReplicaSetController } from './controllers/replicaset-controller.ts'
import { startQuotaController } from './controllers/quota-controller.ts'
import { findKind, groupVersion } from './objects/resources.ts'
import type { Scenario } from './scenarios/demo.ts'
import { startScheduler } from './node/scheduler.ts'
import { createAdmission } from './admission/admission.ts'
import type { AdmissionRule } from './admission/admission-rule.ts'
import { allocateService } from './admission/service-allocation.ts'
import { createStore } from './objects/store.ts'
import { createWarmUpClock } from './clock/warm-up-clock.ts'

/** The cluster without its API: objects, controllers, nodes and the scenario that it opens with. */
export type ControlPlane = ControllerContext & {
  readonly logs: PodLogs
  /** Stores a manifest with its defaults; over an object that is there, as `kubectl replace` would. */
  apply(manifest: JsonObject): void
  /** Back to the beginning of the scenario. Versions go on rising and history is forgotten. */
  reset(): void
  /** Stops controllers and pods. */
  stop(): void
}

export type ControlPlaneOptions = {
  readonly clock: TrainingClock
  readonly seed: number
  readonly scenario: Scenario
  /** Changes of one kind that are kept for watches to resume from. */
  readonly logCapacity: number
  readonly admission: readonly AdmissionRule[]
}

/** Opens with the scenario already played up to now: its pods are ready, with the ages that it tells. */
export function createControlPlane(options: ControlPlaneOptions): ControlPlane {
  const { scenario } = options
  const { clock, warmUp } = createWarmUpClock(options.clock)
  const random = createRandom(options.seed)
  const store = createStore({ logCapacity: options.logCapacity })
  const admission = createAdmission(store, options.admission)
  const lifecycle = createLifecycle({ store, clock, random })
  const events = createEventRecorder({ store, clock, random, lifecycle })
  const logs = createPodLogs()
  const context: ControllerContext = { store, admission, clock, random, lifecycle, events }
  let stops: readonly (() => void)[] = []

  function apply(manifest: JsonObject): void {
    const resource = findKind(textAt(manifest, 'apiVersion') ?? '', textAt(manifest, 'kind') ?? '')
    if (resource === undefined) throw new Error(`scenario ${scenario.name}: no such kind`)
    const decoded = decode(`${groupVersion(resource)} ${resource.kind}`, manifest)
    if (!decoded.ok) throw new Error(`scenario ${scenario.name}: ${decoded.why}`)
    const next = asKubeObject(applyDefaults(resource, decoded.object))
    // Whoever made it owns its fields: without an owner the server would not record who scales it.
    const writer = { manager: 'kubectl-client-side-apply', part: 'main', now: clock.now() } as const
    const old = store.get(resource, next.metadata.namespace ?? '', next.metadata.name)
    if (old === undefined) {
      const allocated = allocateService({ store }, resource, next)
      if (!allocated.ok) throw new Error(`scenario ${scenario.name}: ${allocated.error.message}`)
      lifecycle.create(resource, trackUpdate(resource, { old: undefined, next: allocated.value, writer }))
      return
    }
    // The annotations that controllers wrote stay.
    const annotations = { ...old.metadata.annotations, ...next.metadata.annotations }
    const merged = { ...next, metadata: { ...old.metadata, ...next.metadata, annotations } }
    lifecycle.update(resource, trackUpdate(resource, { old, next: merged, writer }), 'main')
  }

  function start(): void {
    stops = [
      startScheduler(context),
      startKubelet(context, logs),
      startEndpointSliceController(context),
      startReplicaSetController(context),
      startDeploymentController(context),
      startGarbageCollector(context),
      startDisruptionController(context),
      startQuotaController(context),
    ]
    const first = Math.max(...scenario.steps.map((step) => step.agoMs))
    for (const step of scenario.steps) {
      clock.setTimer(first - step.agoMs, () => {
        for (const manifest of step.manifests) apply(manifest)
      })
    }
  }

  function play(): void {
    warmUp(start, Math.max(...scenario.steps.map((step) => step.agoMs)))
    // What happened on the way here is history that no watch can ask for.
    store.compact()
  }

  function halt(): void {
    for (const stop of stops) stop()
    stops = []
  }

  play()
  return {
    ...context,
    logs,
    apply,
    reset() {
      halt()
      store.clear()
      events.reset()
      play()
    },
    stop: halt,
  }
}
