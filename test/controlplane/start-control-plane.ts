import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKubeClient, type KubeClient } from '../support/kube-client.ts'
import { buildControlPlane } from './build-control-plane.ts'
import { tokenFile, tokens, userRights } from './control-plane-users.ts'
import { findFreePorts } from './free-ports.ts'
import { kubeconfigText } from './kubeconfig-text.ts'
import { startPart, type PartProcess } from './part-process.ts'

export type ControlPlaneOptions = {
  /** Behaves as this older version, for instance `1.33`. */
  readonly emulatedVersion?: string
  /** Another API server on the same etcd, perhaps of another version. */
  readonly secondServer?: { readonly emulatedVersion?: string }
  /** More flags for every API server. */
  readonly serverFlags?: readonly string[]
}

export type RunningControlPlane = {
  readonly server: string
  readonly secondServer?: string
  /** The authority of all servers, in PEM. */
  readonly ca: string
  readonly tokens: typeof tokens
  /** For the admin; contexts `viewer` and `partial` are in it too. */
  readonly kubeconfigPath: string
  readonly directory: string
  readonly processIds: readonly number[]
  /** Forgets the history of etcd: page tokens and exact versions from before get 410. */
  compact(): Promise<void>
  /** Kills the API server and starts it anew: what watches were told before is forgotten (410). */
  restartServer(): Promise<void>
  /** Ends all processes and removes the directory. */
  stop(): Promise<void>
}

const controllers = [
  'deployment-controller',
  'replicaset-controller',
  'statefulset-controller',
  'endpointslice-controller',
  'garbage-collector-controller',
  'disruption-controller',
  'resourcequota-controller',
  'horizontal-pod-autoscaler-controller',
  'namespace-controller',
]

/** Starts etcd, kube-apiserver and kube-controller-manager on free loopback ports, in a directory of their own. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<RunningControlPlane> {
  const program = programPath()
  const directory = mkdtempSync(join(tmpdir(), 'tranche-controlplane-'))
  const [etcdPort = 0, peerPort = 0, serverPort = 0, secondPort = 0] = await findFreePorts(4)
  const etcdUrl = `http://127.0.0.1:${etcdPort}`
  const server = `https://127.0.0.1:${serverPort}`
  const secondServer = `https://127.0.0.1:${secondPort}`
  const parts: PartProcess[] = []
  let ca = ''

  function start(name: string, args: readonly string[]): PartProcess {
    const part = startPart({ program, directory, name, args })
    parts.push(part)
    return part
  }
  function startServer(port: number, emulatedVersion: string | undefined): PartProcess {
    const flags = [...serverFlags(etcdUrl, port), ...(options.serverFlags ?? [])]
    if (emulatedVersion !== undefined) flags.push(`--emulated-version=${emulatedVersion}`)
    return start(`kube-apiserver-${port}`, ['kube-apiserver', ...flags])
  }
  async function stop(): Promise<void> {
    const [etcd, ...others] = parts
    await Promise.all(others.map((part) => part.stop()))
    await etcd?.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  function clientOf(where: string): KubeClient {
    return createKubeClient({ server: where, token: tokens.admin, ca })
  }

  try {
    runOnce(program, ['certificates', '--dir', directory])
    ca = readFileSync(join(directory, 'ca.crt'), 'utf8')
    writeFileSync(join(directory, 'tokens.csv'), tokenFile(), { mode: 0o600 })
    const kubeconfigPath = join(directory, 'kubeconfig')
    writeFileSync(kubeconfigPath, kubeconfigText({ server, ca }), { mode: 0o600 })

    const peerUrl = `http://127.0.0.1:${peerPort}`
    const etcdFlags = ['--client-url', etcdUrl, '--peer-url', peerUrl, '--data-dir', join(directory, 'etcd')]
    start('etcd', ['etcd', ...etcdFlags, '--remove-on-exit', directory])
    let serving = startServer(serverPort, options.emulatedVersion)
    const client = clientOf(server)
    await untilReady(serving, client)
    if (options.secondServer !== undefined) {
      const second = clientOf(secondServer)
      await untilReady(startServer(secondPort, options.secondServer.emulatedVersion), second)
      await second.close()
    }
    const managerFlags = [`--kubeconfig=${kubeconfigPath}`, `--controllers=${controllers.join(',')}`]
    start('kube-controller-manager', ['kube-controller-manager', ...managerFlags, ...quietManager])
    for (const manifest of [namespace, ...userRights()]) await create(client, manifest)
    await client.close()

    return {
      server,
      ...(options.secondServer === undefined ? {} : { secondServer }),
      ca,
      tokens,
      kubeconfigPath,
      directory,
      get processIds() {
        return parts.map((part) => part.processId)
      },
      compact() {
        runOnce(program, ['compact', '--client-url', etcdUrl])
        return Promise.resolve()
      },
      async restartServer() {
        await serving.stop()
        parts.splice(parts.indexOf(serving), 1)
        serving = startServer(serverPort, options.emulatedVersion)
        const again = clientOf(server)
        await untilReady(serving, again)
        await again.close()
      },
      stop,
    }
  } catch (error) {
    const said = parts.map((part) => `--- ${part.name}\n${part.lastLines()}`).join('\n')
    await stop()
    throw new Error(`the control plane does not start: ${String(error)}\n${said}`, { cause: error })
  }
}

const namespace = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } }
// Its identity is the admin's: under its own name the controllers would be refused.
const quietManager = [
  '--leader-elect=false',
  '--use-service-account-credentials=false',
  '--secure-port=0',
  // By default it may ask 20 times a second, which a few Deployments of 50 pods use up.
  '--kube-api-qps=500',
  '--kube-api-burst=1000',
  // Nobody waits a quarter of a minute for what it says.
  '--horizontal-pod-autoscaler-sync-period=1s',
]

function programPath(): string {
  const built = buildControlPlane()
  switch (built.kind) {
    case 'built':
      return built.path
    case 'missing':
      throw new Error(built.what)
    case 'failed':
      throw new Error(built.output)
  }
}

/** ServiceAccount admission is off because no controller makes the accounts that it asks for. */
function serverFlags(etcdUrl: string, port: number): string[] {
  return [
    `--etcd-servers=${etcdUrl}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--secure-port=${port}`,
    '--tls-cert-file=server.crt',
    '--tls-private-key-file=server.key',
    '--client-ca-file=ca.crt',
    '--token-auth-file=tokens.csv',
    '--authorization-mode=RBAC',
    '--anonymous-auth=false',
    '--service-account-issuer=https://kubernetes.default.svc',
    '--service-account-key-file=sa.key',
    '--service-account-signing-key-file=sa.key',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--endpoint-reconciler-type=none',
    '--disable-admission-plugins=ServiceAccount',
  ]
}

function runOnce(program: string, args: readonly string[]): void {
  const run = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  if (run.status !== 0) throw new Error(`${args.join(' ')}: ${run.error?.message ?? run.stderr}`)
}

async function create(client: KubeClient, manifest: unknown): Promise<void> {
  const { apiVersion, kind, metadata } = manifest as {
    readonly apiVersion: string
    readonly kind: string
    readonly metadata: { readonly name: string; readonly namespace?: string }
  }
  const where = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`
  const group = apiVersion === 'v1' ? '/api/v1' : `/apis/${apiVersion}`
  const answer = await client.post(`${group}${where}/${kind.toLowerCase()}s`, manifest)
  if (answer.status !== 201) throw new Error(`${kind} ${metadata.name}: ${answer.text}`)
}

const startSeconds = 90

/** Ready only after the hooks that make the built-in roles. */
async function untilReady(part: PartProcess, client: KubeClient): Promise<void> {
  const until = performance.now() + startSeconds * 1000
  let last = ''
  while (performance.now() < until) {
    if (part.hasEnded()) throw new Error(`${part.name} has ended`)
    try {
      const { status, text } = await client.get('/readyz')
      if (status === 200) return
      last = text
    } catch (error) {
      last = String(error)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${part.name} is not ready after ${startSeconds} s: ${last}`)
}
