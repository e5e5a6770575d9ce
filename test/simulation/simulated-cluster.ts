import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { textAt, type JsonObject } from '../../electron/training/json.ts'
import { deployments, findResource } from '../../electron/training/resources.ts'
import type { Answer } from '../../electron/training/answer.ts'
import { decodeRelease } from '../../electron/release/journal-codec.ts'
import { journalAnnotation } from '../../electron/release/journal.ts'
import type { DeploymentState, Facts, Journaled } from './facts.ts'
import type { PlainRequest } from './simulated-network.ts'
import { simulatedScenario } from './simulated-scenario.ts'
import type { SimulatedTime } from './simulated-time.ts'

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
  journals(): readonly Journaled[]
  readonly training: TrainingCluster
  readonly epoch: number
}

export const epoch = Date.UTC(2026, 10, 24, 8)
const apps = '/apis/apps/v1/namespaces/demo/deployments/'
const leases = findResource('coordination.k8s.io', 'v1', 'leases')

export function createSimulatedCluster(seed: number, time: SimulatedTime, facts: Facts): SimulatedCluster {
  const training = createTrainingCluster({
    clock: {
      now: () => epoch + time.now(),
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
    ask(method, path, sent) {
      const { body, contentType = 'application/json' } = sent ?? { body: undefined }
      const said = answer({
        from: 'kubectl',
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
