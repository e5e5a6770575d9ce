import { failedInWords, ok, type Fault, type Reply } from '../../shared/fault.ts'
import { uid } from '../../shared/ids.ts'
import type { JsonObject } from '../../shared/k8s/json.ts'
import type { Deployment, Lease } from '../../shared/k8s/objects.ts'
import type { Batch } from '../../shared/model/batch-set.ts'
import { guardedBy } from '../../electron/release/operations.ts'
import type { JsonPatchOperation, ReleaseApi } from '../../electron/release/release-api.ts'
import type { ToyCluster } from './toy-cluster.ts'

export type ToyApi = ReleaseApi & {
  /** Real writes of Deployments, in order. */
  readonly writes: readonly string[]
  /** Deployments that were only touched, so that their generation moves, in order. */
  readonly fences: readonly string[]
  lease(): Lease | undefined
  /** Somebody else writes the Lease. */
  seize(holder: string): void
  /** The next real Deployment write is done, but its answer is lost. */
  loseNextAnswer(): void
  /** The next real Deployment write is on its way, and lands when it is told to, whoever has given it up meanwhile. */
  hangNextWrite(): void
  landWrites(): void
  /** Every call fails like this until it is undefined again. */
  breakWith(fault: Fault | undefined): void
}

/** A ReleaseApi on the toy cluster: Leases with compare-and-swap, Deployments with guarded patches. */
export function createToyApi(cluster: ToyCluster): ToyApi {
  const writes: string[] = []
  const fences: string[] = []
  let lease: Lease | undefined
  let version = 1
  let lose = false
  let hang = false
  let inTheAir: readonly (() => void)[] = []
  let broken: Fault | undefined

  function call<T>(run: () => Reply<T>): Promise<Reply<T>> {
    return Promise.resolve(broken === undefined ? run() : { ok: false, fault: broken })
  }

  function find(name: string): Batch | undefined {
    return cluster.batches().find((batch) => batch.name === name)
  }

  function patch(
    name: string,
    operations: readonly JsonPatchOperation[],
    dryRun: boolean,
  ): Reply<Deployment> {
    const batch = find(name)
    if (batch === undefined) return failedInWords('not-found', `deployments.apps "${name}" not found`)
    const isTrue = operations.every((operation) => operation.op !== 'test' || holds(batch, operation))
    if (!isTrue)
      return failedInWords('invalid', 'the server rejected our request due to an error in our request')
    if (dryRun) return ok(deploymentOf(batch))
    const image = operations.find((one) => one.op === 'replace' && one.path.endsWith('/image'))
    const template = operations.find((one) => one.op === 'replace' && one.path === '/spec/template')
    const replicas = operations.find((one) => one.op === 'replace' && one.path === '/spec/replicas')
    const paused = operations.find((one) => one.path === '/spec/paused')
    const isFence = [image, template, replicas, paused].every((one) => one === undefined)
    if (isFence) {
      fences.push(name)
      cluster.touch(batch.number)
    } else writes.push(name)
    if (image?.op === 'replace') {
      cluster.apply({
        kind: 'set-images',
        id: '',
        batch: batch.uid,
        name,
        generation: batch.generation,
        images: [
          {
            container: 'demo-aone',
            index: 0,
            init: false,
            from: imageOf(batch),
            to: typeof image.value === 'string' ? image.value : '',
          },
        ],
        cause: '',
      })
    } else if (template?.op === 'replace') {
      cluster.apply({
        kind: 'set-template',
        way: 'back',
        id: '',
        batch: batch.uid,
        name,
        template: template.value as JsonObject,
        templateDigest: '',
        replaceable: [batch.templateDigest],
        unpause: false,
        cause: '',
      })
    } else if (replicas?.op === 'replace') {
      const to = Number(replicas.value)
      cluster.apply({ kind: 'set-replicas', id: '', batch: batch.uid, name, from: batch.desired, to })
    } else if (paused !== undefined) {
      cluster.apply({ kind: 'set-paused', id: '', batch: batch.uid, name, paused: paused.op === 'add' })
    }
    if (lose) {
      lose = false
      return failedInWords('timeout', 'no answer')
    }
    return ok(deploymentOf(find(name) ?? batch))
  }

  function store(body: unknown, found: Lease | undefined): Reply<Lease> {
    const { metadata, spec } = body as {
      readonly metadata: {
        readonly name: string
        readonly resourceVersion?: string
        readonly annotations: Record<string, string>
      }
      readonly spec: {
        readonly holderIdentity: string
        readonly renewTime: string
        readonly leaseTransitions: number
      }
    }
    if (found !== undefined && metadata.resourceVersion !== found.meta.resourceVersion) {
      return failedInWords('conflict', 'the object has been modified')
    }
    version++
    lease = {
      meta: {
        name: metadata.name,
        namespace: 'demo',
        uid: uid('lease'),
        resourceVersion: `${version}`,
        generation: 0,
        labels: {},
        annotations: metadata.annotations,
        createdAt: 0,
      },
      holder: spec.holderIdentity,
      durationSeconds: 60,
      renewTime: spec.renewTime,
      transitions: spec.leaseTransitions,
    }
    return ok(lease)
  }

  return {
    writes,
    fences,
    lease: () => lease,
    seize(holder) {
      if (lease === undefined) return
      version++
      lease = { ...lease, holder, meta: { ...lease.meta, resourceVersion: `${version}` } }
    },
    loseNextAnswer() {
      lose = true
    },
    hangNextWrite() {
      hang = true
    },
    landWrites() {
      for (const land of inTheAir) land()
      inTheAir = []
    },
    breakWith(fault) {
      broken = fault
    },
    getDeployment: (_namespace, name) =>
      call(() => {
        const batch = find(name)
        return batch === undefined ? failedInWords('not-found', 'not found') : ok(deploymentOf(batch))
      }),
    patchDeployment({ name, ...guard }, changes, { signal }) {
      const land = () => call(() => patch(name, guardedBy(guard, changes), false))
      if (!hang) return land()
      hang = false
      return new Promise((resolve) => {
        inTheAir = [...inTheAir, () => void land().then(resolve)]
        signal.addEventListener('abort', () => resolve(failedInWords('timeout', 'given up')), { once: true })
      })
    },
    tryDeployment: ({ name, ...guard }, changes) => call(() => patch(name, guardedBy(guard, changes), true)),
    getLease: () => call(() => (lease === undefined ? failedInWords('not-found', 'not found') : ok(lease))),
    listLeases: () => call(() => ok(lease === undefined ? [] : [lease])),
    createLease: (_namespace, body) =>
      call(() =>
        lease === undefined ? store(body, undefined) : failedInWords('conflict', 'already exists'),
      ),
    // Nothing of what it would come to is kept.
    tryLease: (_place, body) =>
      call(() => {
        const before = { lease, version }
        const tried = store(body, lease)
        ;({ lease, version } = before)
        return tried
      }),
    replaceLease: (_namespace, _name, body) =>
      call(() => (lease === undefined ? failedInWords('not-found', 'not found') : store(body, lease))),
  }
}

function imageOf(batch: Batch): string {
  return batch.containers[0]?.image ?? ''
}

function holds(
  batch: Batch,
  operation: Extract<JsonPatchOperation, { op: 'test' | 'replace' | 'add' }>,
): boolean {
  if (operation.path === '/metadata/uid') return operation.value === batch.uid
  if (operation.path === '/metadata/generation') return operation.value === batch.generation
  if (operation.path.endsWith('/image')) return operation.value === imageOf(batch)
  if (operation.path === '/spec/replicas') return operation.value === batch.desired
  return true
}

function deploymentOf(batch: Batch): Deployment {
  return {
    meta: {
      name: batch.name,
      namespace: 'demo',
      uid: batch.uid,
      resourceVersion: '1',
      generation: batch.generation,
      labels: {},
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      createdAt: 0,
    },
    replicas: batch.desired,
    selector: { matchLabels: {}, matchExpressions: [] },
    paused: batch.paused,
    strategy: { type: 'RollingUpdate', maxSurge: '25%', maxUnavailable: '25%' },
    minReadySeconds: 0,
    progressDeadlineSeconds: 600,
    revisionHistoryLimit: 10,
    template: batch.template,
    templateDigest: batch.templateDigest,
    containers: batch.containers,
    writers: batch.writers,
    status: { observedGeneration: 1, replicas: 0, updated: 0, ready: 0, available: 0, conditions: [] },
  }
}
