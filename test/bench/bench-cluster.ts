import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../electron/app/app.ts'
import type { Deployment } from '../../electron/training/objects/objects.ts'
import { deploymentManifest, serviceManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { startControlPlane, type RunningControlPlane } from '../controlplane/start-control-plane.ts'
import { startApiProxy, type ApiProxy, type ApiProxyOptions } from '../support/api-proxy.ts'
import { openDesk, type Desk } from '../support/app-on-training.ts'
import { eventually } from '../support/eventually.ts'
import { createKubeClient, type KubeClient } from '../support/kube-client.ts'
import { startPlayingKubelet } from '../support/playing-kubelet.ts'

export const sizes = [1, 16, 16, 16] as const
export const repository = 'registry.example/app-cloud/demo'
export const deployments = '/apis/apps/v1/namespaces/demo/deployments'

/** A real control plane with pods that live `podSpeed` times as fast as they would, and the demo application on it. */
export type BenchCluster = {
  readonly plane: RunningControlPlane
  readonly client: KubeClient
  deployment(name: string): Promise<Deployment>
  /** Resolves when the Deployment controller calls it complete at this image. */
  rolled(name: string, image?: string): Promise<void>
  /** The application with a proxy of its own before the API server. `number` names the process, `home` its files. */
  open(person: string, number: number, proxy?: Omit<ApiProxyOptions, 'upstream'>): Promise<OpenDesk>
  stop(): Promise<void>
}
export type OpenDesk = { readonly desk: Desk; readonly app: App; readonly proxy: ApiProxy }

export async function startBenchCluster({ podSpeed = 20 } = {}): Promise<BenchCluster> {
  const plane = await startControlPlane()
  const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-'))
  const client = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
  const stopKubelet = await startPlayingKubelet({ client, speed: podSpeed })
  const open: OpenDesk[] = []

  async function deployment(name: string): Promise<Deployment> {
    return (await client.get(`${deployments}/${name}`)).body as unknown as Deployment
  }

  async function rolled(name: string, image?: string): Promise<void> {
    await eventually(
      async () => {
        const found = await deployment(name)
        const isRight = image === undefined || found.spec.template.spec.containers[0]?.image === image
        return isRight && isComplete(found) ? true : undefined
      },
      { what: `${name} is complete`, atMostMs: 120_000 },
    )
  }

  await client.post(
    '/api/v1/namespaces/demo/services',
    serviceManifest({ name: 'demo-http', namespace: 'demo', app: 'demo-aone' }),
  )
  for (const [index, replicas] of sizes.entries()) {
    const batch = { name: `demo-aone-${index + 1}`, namespace: 'demo', app: 'demo-aone', replicas }
    await client.post(deployments, deploymentManifest({ ...batch, image: `${repository}:1` }))
  }
  for (const index of sizes.keys()) await rolled(`demo-aone-${index + 1}`)

  return {
    plane,
    client,
    deployment,
    rolled,
    async open(person, number, options = {}) {
      const proxy = await startApiProxy({
        ...options,
        upstream: { server: plane.server, token: plane.tokens.admin, ca: plane.ca },
      })
      const kubeconfig = join(folder, `${person}.kubeconfig`)
      writeFileSync(kubeconfig, kubeconfigFor(proxy.server))
      try {
        const opened = {
          ...(await openDesk({ kubeconfig, home: join(folder, person), person, number })),
          proxy,
        }
        open.push(opened)
        return opened
      } catch (error) {
        await proxy.stop()
        throw error
      }
    },
    async stop() {
      for (const { app, proxy } of open) {
        await proxy.stop()
        await app.close()
      }
      await stopKubelet()
      await client.close()
      await plane.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The Deployment controller's own rule of "complete" (deployment_util.go, DeploymentComplete). */
export function isComplete({ metadata, spec, status = {} }: Deployment): boolean {
  return (
    (status.observedGeneration ?? 0) >= (metadata.generation ?? 0) &&
    status.updatedReplicas === spec.replicas &&
    status.replicas === spec.replicas &&
    status.availableReplicas === spec.replicas
  )
}

/** The proxy knows who we are; to the application it is a cluster without a login, under a name that stays. */
export function kubeconfigFor(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'bench',
    clusters: [{ name: 'bench', cluster: { server } }],
    contexts: [{ name: 'bench', context: { cluster: 'bench', user: 'bench', namespace: 'demo' } }],
    users: [{ name: 'bench', user: {} }],
  })
}
