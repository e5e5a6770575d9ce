import type { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { assertNever } from '../../shared/assert-never.ts'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSpec, Material } from './connection-spec.ts'
import { execCommandOf, type ExecCommand } from './exec-command.ts'
import { runExecPlugin, type ExecCredential } from './exec-plugin.ts'

export type Secrets = {
  readonly headers: Readonly<Record<string, string>>
  readonly certificate?: string
  readonly key?: string
}

export type Credentials = {
  get(): Promise<Reply<Secrets>>
  /** The server answered 401: what we have is not good any more. True if asking again may help. */
  refused(): boolean
}

export type CredentialTools = {
  readonly clock: Clock
  readonly spawn: typeof spawn
  readonly env: Readonly<Record<string, string | undefined>>
  /** Whether the person has agreed to exactly this command. */
  readonly consent: (command: ExecCommand) => boolean
}

/** A plugin's answer is renewed this long before it expires. */
const marginMs = 60_000

/** Turns what the kubeconfig says about a user into headers and certificates. Secrets stay in this process. */
export function createCredentials(spec: ConnectionSpec, tools: CredentialTools): Credentials {
  let fetched: ExecCredential | undefined
  let running: Promise<Reply<ExecCredential>> | undefined

  async function fromPlugin(): Promise<Reply<Secrets>> {
    const command = execCommandOf(spec, tools.env)
    if (spec.user.kind !== 'exec' || command === undefined) return ok({ headers: {} })
    if (!tools.consent(command))
      return failed('consent-needed', `${command.command} may not be run without consent.`)
    const { now } = tools.clock
    if (fetched === undefined || (fetched.expiresAt ?? Infinity) - marginMs <= now()) {
      // One run at a time, however many requests wait for it: each could open a browser tab.
      running ??= runExecPlugin(spec, spec.user.exec, tools)
      const answer = await running
      running = undefined
      if (!answer.ok) return answer
      fetched = answer.value
    }
    return ok({
      headers: fetched.token === undefined ? {} : bearer(fetched.token),
      ...(fetched.certificate !== undefined && { certificate: fetched.certificate }),
      ...(fetched.key !== undefined && { key: fetched.key }),
    })
  }

  async function own(): Promise<Reply<Secrets>> {
    const { user } = spec
    switch (user.kind) {
      case 'none':
        return ok({ headers: {} })
      case 'token':
        return ok({ headers: bearer(user.token) })
      case 'token-file': {
        const token = readText({ kind: 'file', path: user.path })
        return token.ok ? ok({ headers: bearer(token.value.trim()) }) : token
      }
      case 'basic':
        return ok({
          headers: {
            authorization: `Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`,
          },
        })
      case 'certificate': {
        const certificate = readText(user.certificate)
        const key = readText(user.key)
        if (!certificate.ok) return certificate
        return key.ok ? ok({ headers: {}, certificate: certificate.value, key: key.value }) : key
      }
      case 'exec':
        return await fromPlugin()
      case 'unsupported':
        return failed('not-supported', user.why)
      default:
        return assertNever(user)
    }
  }

  return {
    async get() {
      const secrets = await own()
      if (!secrets.ok) return secrets
      return ok({ ...secrets.value, headers: { ...secrets.value.headers, ...impersonationHeaders(spec) } })
    },
    refused() {
      const had = fetched !== undefined
      fetched = undefined
      return had || spec.user.kind === 'token-file'
    },
  }
}

export function readText(material: Material): Reply<string> {
  if (material.kind === 'text') return ok(material.pem)
  try {
    return ok(readFileSync(material.path, 'utf8'))
  } catch {
    return failed('kubeconfig', `The file ${material.path}, which the kubeconfig names, could not be read.`)
  }
}

function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` }
}

function impersonationHeaders({ impersonate }: ConnectionSpec): Readonly<Record<string, string>> {
  if (impersonate === undefined) return {}
  return {
    ...(impersonate.user !== '' && { 'Impersonate-User': impersonate.user }),
    ...(impersonate.uid !== '' && { 'Impersonate-Uid': impersonate.uid }),
  }
}
