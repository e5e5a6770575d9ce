import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { createCredentials } from '../../electron/cluster/sign-in/credentials.ts'
import {
  loadKubeconfigs,
  type ConnectionSpec,
  type LoadedKubeconfigs,
} from '../../electron/cluster/kubeconfig/kubeconfig.ts'
import { bounds } from '../../electron/cluster/requests/bounds.ts'
import { createTransport } from '../../electron/cluster/requests/transport.ts'
import type { Fault } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import { objectAt } from '../../shared/k8s/read-json.ts'
import { buildConnectTools } from '../support/build-connection.ts'
import { controlPlaneProgram } from './build-control-plane.ts'
import { realFiles } from '../support/foreign-files.ts'
import { wordsOf } from '../support/spoken.ts'

/** One environment that kubectl and Tranche are started in. */
export type Environment = {
  readonly home: string
  /** In this order in $KUBECONFIG; without any the variable is not set. */
  readonly kubeconfig?: readonly string[]
  /** `--context`; the current one without it. */
  readonly context?: string
  readonly env?: Readonly<Record<string, string>>
  /** In PEM: what this machine trusts, where the kubeconfig names no authority. */
  readonly trusted?: string
}

/** What somebody gets in an environment: the names to choose from, where the request goes, and as whom. */
export type Side = {
  readonly contexts: readonly string[]
  readonly server: string
  readonly who: Who
}
export type Who =
  | { readonly kind: 'known'; readonly user: Json }
  | { readonly kind: 'refused'; readonly why: string; readonly said: string }

const review = '/apis/authentication.k8s.io/v1/selfsubjectreviews'

function environmentOf({ home, kubeconfig, env }: Environment): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    ...(kubeconfig !== undefined && { KUBECONFIG: kubeconfig.join(delimiter) }),
    ...env,
  }
}

type Said = { readonly code: number; readonly out: string; readonly err: string }

export function kubectl(environment: Environment, args: readonly string[]): Promise<Said> {
  const { trusted } = environment
  return new Promise((resolve, reject) => {
    const child = spawn(controlPlaneProgram(), ['kubectl', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environmentOf(environment),
        KUBECTL_KUBERC: 'false',
        ...(trusted !== undefined && { SSL_CERT_FILE: trusted }),
      },
    })
    let out = ''
    let err = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }))
  })
}

/** What kubectl makes of it: its list of contexts, and its answer to who it is. */
export async function askKubectl(environment: Environment): Promise<Side> {
  const { context } = environment
  const chosen = context === undefined ? [] : ['--context', context]
  const [names, whoami] = await Promise.all([
    kubectl(environment, ['config', 'get-contexts', '-o', 'name']),
    kubectl(environment, ['auth', 'whoami', '-o', 'json', '-v=6', ...chosen]),
  ])
  const url = /verb="POST" url="([^"]+)"/.exec(whoami.err)?.[1] ?? ''
  return {
    contexts: names.out
      .split('\n')
      .filter((line) => line !== '')
      .sort(),
    server: url.replace(review, ''),
    who:
      whoami.code === 0
        ? { kind: 'known', user: objectAt(objectAt(JSON.parse(whoami.out) as Json, 'status'), 'userInfo') }
        : { kind: 'refused', why: whyNot(whoami.err), said: whoami.err },
  }
}

/** Which of our faults kubectl's words stand for. */
function whyNot(said: string): string {
  if (/Unauthorized|must be logged in/.test(said)) return 'unauthorized'
  if (/\(Forbidden\)|forbidden:|do not have permission/.test(said)) return 'forbidden'
  if (/x509:|tls: /.test(said)) return 'tls'
  if (/getting credentials|exec:/.test(said)) return 'plugin'
  if (/refused|no such host/.test(said)) return 'unreachable'
  return 'kubeconfig'
}

export function loadTranche(environment: Environment): Promise<LoadedKubeconfigs> {
  return loadKubeconfigs({ env: environmentOf(environment), homedir: environment.home }, realFiles)
}

/** Of several connections of one name, the one that kubectl means. */
function chosenOf(
  { connections }: LoadedKubeconfigs,
  context: string | undefined,
): ConnectionSpec | undefined {
  if (context === undefined) return connections.find((one) => one.current)
  return connections.findLast(
    (one) => one.name === context && !one.warnings.some(({ kind }) => kind === 'context-hidden'),
  )
}

/** What Tranche makes of it, by its own loader, credentials and transport. */
export async function askTranche(environment: Environment): Promise<Side> {
  const loaded = await loadTranche(environment)
  const spec = chosenOf(loaded, environment.context)
  return {
    contexts: [...new Set(loaded.connections.map((one) => one.name))].sort(),
    server: spec?.server ?? '',
    who:
      spec === undefined
        ? { kind: 'refused', why: 'kubeconfig', said: loaded.problems.map((one) => wordsOf(one)).join(' ') }
        : await whoAmI(spec, environment),
  }
}

export async function whoAmI(spec: ConnectionSpec, environment: Environment): Promise<Who> {
  if (spec.unusable !== undefined) return refused(spec.unusable)
  const { trusted } = environment
  const tools = buildConnectTools({
    env: environmentOf(environment),
    trusted: () => (trusted === undefined ? [] : [readFileSync(trusted, 'utf8')]),
  })
  const credentials = createCredentials(spec, tools)
  const transport = createTransport({ ...tools, spec, credentials, userAgent: 'tranche/test' })
  try {
    const answer = await transport.request({
      method: 'POST',
      path: review,
      body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
      bounds: bounds.read,
    })
    if (!answer.ok) return refused(answer.fault)
    return { kind: 'known', user: objectAt(objectAt(answer.value.body, 'status'), 'userInfo') }
  } finally {
    await transport.close()
  }
}

function refused({ code, message }: Fault): Who {
  return { kind: 'refused', why: code, said: message }
}
