import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { textAt, type JsonObject } from '../../electron/training/objects/json.ts'
import { deployments, findResource } from '../../electron/training/objects/resources.ts'
import type { Answer } from '../../electron/training/api/answer.ts'
import { decodeRelease } from '../../electron/release/journal-codec.ts'
import { journalAnnotation } from '../../electron/release/lease-body.ts'
import type { DeploymentState, Facts, Journaled } from './facts.ts'
import type { PlainRequest } from './simulated-network.ts'
import { createWebhook } from './simulated-webhook.ts'
import { simulatedScenario } from './simulated-scenario.ts'
import type { SimulatedTime } from './simulated-time.ts'
import { watchBatches } from './watch-batches.ts'

/** The training cluster on simulated time, and an eye on what is written to it. */
export type SimulatedCluster = {
  answer(request: PlainRequest): Answer
  /** As `kubectl` with all rights: `undefined` for what is not there. */
  ask(
    method: string,
    path: string,
    sent?: { readonly body: unknown; readonly contentType?: string },
  ): { readonly code: number; readonly body: JsonObject }
  deployment(name: string): DeploymentState | undefined
  /** A webhook that meets the next writes of Deployments. */
  admit(how: { readonly act: 'deny' | 'mutate'; readonly writes: number }): void
  /** Every other request is answered by a server whose clock differs by so much. */
  skew(ms: number): void
  /** The clock of the server that answered last. */
  now(): number
  /** No webhook, no skew any more. */
  calm(): void
  /** When something that a page shows last changed. */
  changedAt(): number
  journals(): readonly Journaled[]
  readonly training: TrainingCluster
  readonly epoch: number
}

/** Kinds that a picture is made of. */
const shown: readonly string[] = ['deployments', 'replicasets', 'pods', 'services', 'endpointslices']
export const epoch = Date.UTC(2026, 10, 24, 8)
const apps = '/apis/apps/v1/namespaces/demo/deployments/'
const leases = findResource('coordination.k8s.io', 'v1', 'leases')

export function createSimulatedCluster(seed: number, time: SimulatedTime, facts: Facts): SimulatedCluster {
  const webhook = createWebhook()
  let skewMs = 0
  let answers = 0
  let skewed = false
  let changed = 0
  let lastNow = epoch
  const clockNow = (): number => epoch + time.now() + (skewed ? skewMs : 0)
  const training = createTrainingCluster({
    clock: {
      now: clockNow,
      setTimer: time.setTimer,
      setWallTimer: time.setTimer,
      speed: () => 1,
      setSpeed: () => undefined,
    },
    seed,
    scenario: simulatedScenario,
    bookmarkIntervalMs: 30_000,
  })
  const { store } = training.hooks.plane
  store.subscribe(({ resource }) => {
    if (shown.includes(resource.plural)) changed = time.now()
  })
  watchBatches(store, time, facts)
  const decoded = new Map<string, Journaled['release'] | undefined>()

  function deployment(name: string): DeploymentState | undefined {
    const found = store.get(deployments, 'demo', name)
    if (found === undefined) return undefined
    const { spec } = found as unknown as { spec: JsonObject }
    const template = spec['template'] as JsonObject
    return {
      uid: found.metadata.uid,
      name,
      template,
      replicas: Number(spec['replicas'] ?? 1),
      paused: spec['paused'] === true,
      image: textAt(template, 'spec', 'containers', 0, 'image') ?? '',
    }
  }

  function journals(): readonly Journaled[] {
    if (leases === undefined) return []
    return store.list(leases, 'demo').flatMap((lease) => {
      const text = lease.metadata.annotations?.[journalAnnotation]
      if (text === undefined || text === '') return []
      if (!decoded.has(text)) {
        const release = decodeRelease(text)
        decoded.set(text, release.ok ? release.value : undefined)
      }
      const release = decoded.get(text)
      const holder = textAt(lease, 'spec', 'holderIdentity') ?? ''
      return release === undefined ? [] : [{ service: release.service.name, holder, release }]
    })
  }

  function answer(request: PlainRequest): Answer {
    answers += 1
    skewed = answers % 2 === 0 && request.from !== 'kubectl'
    try {
      return answerBy(webhook.admitted(request, deployment))
    } finally {
      lastNow = clockNow()
      skewed = false
    }
  }

  function answerBy(request: PlainRequest | Answer): Answer {
    if ('kind' in request) return request
    const received = {
      method: request.method,
      path: request.path,
      headers: request.headers,
      body: request.body,
    }
    const isWrite = request.method !== 'GET' && !request.path.includes('dryRun=All')
    const isDeployment = isWrite && request.path.startsWith(apps)
    const name = isDeployment ? (request.path.slice(apps.length).split(/[/?]/)[0] ?? '') : ''
    const before = isDeployment ? deployment(name) : undefined
    const stood = isDeployment ? journals() : []
    const said = training.answer(received)
    if (said.kind === 'text' && said.code < 300 && isDeployment)
      facts.writes.push({
        at: time.now(),
        sentAt: request.sentAt,
        from: request.from,
        name,
        before,
        after: deployment(name),
        journals: stood,
      })
    if (isWrite && request.path.includes('/leases') && said.kind === 'text' && said.code < 300)
      noteLease(/\/leases\/tranche-([^?]*)/.exec(request.path)?.[1] ?? '')
    return said
  }

  function noteLease(service: string): void {
    for (const entry of journals()) {
      const last = facts.journaled.findLast((one) => one.entry.service === entry.service)
      if (last?.entry.release !== entry.release) facts.journaled.push({ at: time.now(), entry })
      if (service === '' || service === entry.service) facts.renewed.push({ at: time.now(), entry })
    }
  }

  return {
    training,
    epoch,
    answer,
    deployment,
    journals,
    admit: (how) => webhook.arm(how),
    skew(ms) {
      skewMs = ms
    },
    now: () => lastNow,
    calm() {
      webhook.arm({ act: 'deny', writes: 0 })
      skewMs = 0
    },
    changedAt: () => changed,
    ask(method, path, sent) {
      const { body, contentType = 'application/json' } = sent ?? { body: undefined }
      const said = answer({
        from: 'kubectl',
        sentAt: time.now(),
        method,
        path,
        headers: {
          accept: 'application/json',
          'content-type': contentType,
          'user-agent': 'kubectl/v1.36.2 (linux/amd64) kubernetes/0000000',
        },
        body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
      })
      return said.kind === 'text'
        ? { code: said.code, body: JSON.parse(said.text || '{}') as JsonObject }
        : { code: 0, body: {} }
    },
  }
}
