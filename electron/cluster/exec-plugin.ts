import type { spawn } from 'node:child_process'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSpec, ExecSpec } from './connection-spec.ts'

export type ExecCredential = {
  readonly token?: string
  readonly certificate?: string
  readonly key?: string
  /** Epoch ms; without it the credential holds until the server refuses it. */
  readonly expiresAt?: number
}

const answerSchema = z.looseObject({
  kind: z.literal('ExecCredential'),
  status: z.looseObject({
    token: z.string().optional(),
    clientCertificateData: z.string().optional(),
    clientKeyData: z.string().optional(),
    expirationTimestamp: z.string().optional(),
  }),
})
const timeLimitMs = 30_000
const longestOutput = 1024 * 1024

/** Runs a credential plugin once: no shell, nothing on its stdin, and never for ever. */
export function runExecPlugin(
  spec: ConnectionSpec,
  exec: ExecSpec,
  tools: {
    readonly spawn: typeof spawn
    readonly clock: Clock
    readonly env: Readonly<Record<string, string | undefined>>
  },
): Promise<Reply<ExecCredential>> {
  if (exec.interactiveMode === 'Always') {
    return Promise.resolve(
      failed('not-supported', `${exec.command} asks questions in a terminal, which can't be done here yet.`),
    )
  }
  const info = {
    apiVersion: exec.apiVersion,
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec.provideClusterInfo && { cluster: { server: spec.server } }) },
  }
  const own = Object.fromEntries(exec.env.map(({ name, value }) => [name, value]))
  return new Promise((resolve) => {
    const child = tools.spawn(exec.command, [...exec.args], {
      env: { ...tools.env, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(info) },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    let complaint = ''
    const stopTimer = tools.clock.setTimer(timeLimitMs, () => {
      child.kill('SIGKILL')
      finish(failed('plugin', `${exec.command} did not answer within 30 seconds.`))
    })
    function finish(reply: Reply<ExecCredential>): void {
      stopTimer()
      resolve(reply)
    }
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (output.length > longestOutput) child.kill('SIGKILL')
    })
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString('utf8')).slice(-2000)
    })
    child.on('error', (error) => {
      const hint = exec.installHint === '' ? '' : ` ${exec.installHint}`
      finish(failed('plugin', `${exec.command} could not be started: ${error.message}.${hint}`))
    })
    child.on('close', (code) => {
      if (code === 0) finish(readAnswer(exec, output))
      else
        finish(
          failed(
            'plugin',
            `${exec.command} failed (exit code ${code ?? 'none'}): ${complaint.trim() || 'no message'}`,
          ),
        )
    })
  })
}

function readAnswer(exec: ExecSpec, output: string): Reply<ExecCredential> {
  let parsed: unknown
  try {
    // Some plugins greet on stdout before they answer.
    parsed = JSON.parse(output.slice(Math.max(0, output.indexOf('{'))))
  } catch {
    return failed('plugin', `${exec.command} did not answer with JSON.`)
  }
  const answer = answerSchema.safeParse(parsed)
  if (!answer.success) return failed('plugin', `${exec.command} did not answer with an ExecCredential.`)
  const { token, clientCertificateData, clientKeyData, expirationTimestamp } = answer.data.status
  const expiresAt = expirationTimestamp === undefined ? Number.NaN : Date.parse(expirationTimestamp)
  return ok({
    ...(token !== undefined && { token }),
    ...(clientCertificateData !== undefined && { certificate: clientCertificateData }),
    ...(clientKeyData !== undefined && { key: clientKeyData }),
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  })
}
