import { execFile, type spawn } from 'node:child_process'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../shared/fault.ts'
import type { Clock } from './clock.ts'
import type { ConnectionSpec, ExecSpec } from './connection-spec.ts'
import { execInfo } from './exec-info.ts'
import { createSaidLines, type PluginTalk } from './plugin-talk.ts'

export type ExecCredential = {
  readonly token?: string
  readonly certificate?: string
  readonly key?: string
  /** Epoch ms; without it the credential holds until the server refuses it. */
  readonly expiresAt?: number
}

export type RunTools = {
  readonly spawn: typeof spawn
  readonly clock: Clock
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where a person sees what the plugin says; without it a plugin that asks questions is refused. */
  readonly talk?: PluginTalk
}

export type PluginRun = { readonly result: Promise<Reply<ExecCredential>>; stop(): void }

const answerSchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('ExecCredential'),
  status: z.looseObject({
    token: z.string().nullish(),
    clientCertificateData: z.string().nullish(),
    clientKeyData: z.string().nullish(),
    expirationTimestamp: z.string().nullish(),
  }),
})
/** Long enough for a person to sign in in a browser. */
const timeLimitMs = 120_000
const longestOutput = 1024 * 1024

/** A plugin that asks questions waits for somebody who types. */
const talkLimitMs = 300_000

/**
 * Runs a credential plugin once: no shell, no terminal, and never for ever. What it says on stderr is shown while it
 * runs; only one that says that it always asks gets a stdin.
 */
export function runExecPlugin(
  what: { readonly spec: ConnectionSpec; readonly exec: ExecSpec; readonly command: string },
  tools: RunTools,
): PluginRun {
  const { exec, command } = what
  const asks = exec.interactiveMode === 'Always'
  if (asks && tools.talk === undefined) {
    const why = `${exec.command} asks questions in a terminal, which can't be done here. Sign in with kubectl first, or use a plugin that needs no terminal.`
    return { result: Promise.resolve(failed('not-supported', why)), stop: () => undefined }
  }
  const own = Object.fromEntries(exec.env.map(({ name, value }) => [name, value]))
  let stop = (): void => undefined
  const result = new Promise<Reply<ExecCredential>>((resolve) => {
    const child = tools.spawn(command, [...exec.args], {
      env: { ...tools.env, ...own, KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(what.spec, exec, asks)) },
      stdio: [asks ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      windowsHide: true,
      // A session of its own: it can't ask on a terminal, and is ended together with what it started.
      detached: process.platform !== 'win32',
    })
    const output: Buffer[] = []
    let length = 0
    let complaint = ''
    const limitMs = asks ? talkLimitMs : timeLimitMs
    const said = createSaidLines()
    const { stdin, stdout, stderr } = child
    // It may have ended, or have closed its stdin, when the answer comes.
    stdin?.on('error', () => undefined)
    const talk = tools.talk?.begin({
      command: exec.command,
      ...(stdin !== null && { answer: (line) => void stdin.write(`${line}\n`) }),
    })
    const stopTimer = tools.clock.setTimer(limitMs, () => {
      end()
      finish(failed('timeout', `${exec.command} did not answer within ${limitMs / 1000} seconds.`))
    })
    function end(): void {
      if (child.pid === undefined) return
      try {
        // Under Windows there are no groups, and a `.cmd` is a shell that has started the plugin.
        if (process.platform === 'win32') execFile('taskkill', ['/pid', String(child.pid), '/T', '/F'])
        else process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It ended by itself at the same moment.
      }
    }
    let finished = false
    function finish(reply: Reply<ExecCredential>): void {
      // The next run may have begun when the end of this one is told.
      if (finished) return
      finished = true
      stopTimer()
      talk?.end()
      resolve(reply)
    }
    stop = () => {
      end()
      finish(failed('closed', `${exec.command} was ended.`))
    }
    stdout?.on('data', (chunk: Buffer) => {
      output.push(chunk)
      length += chunk.length
      if (length <= longestOutput) return
      end()
      finish(failed('plugin', `${exec.command} wrote more than a credential can be.`))
    })
    stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      if (!finished) talk?.say(said.add(chunk))
      complaint = (complaint + chunk).slice(-2000)
    })
    child.on('error', (error) => finish(failed('plugin', startFailure(exec, error, tools.env['PATH'] ?? ''))))
    child.on('close', (code, signal) => {
      const how = code === null ? `ended by ${signal ?? 'a signal'}` : `exit code ${code}`
      finish(
        code === 0
          ? readAnswer(exec, Buffer.concat(output).toString('utf8'))
          : failed('plugin', `${exec.command} failed (${how}): ${complaint.trim() || 'it said nothing'}`),
      )
    })
  })
  return { result, stop: () => stop() }
}

function startFailure(exec: ExecSpec, error: Error, path: string): string {
  const missing = 'code' in error && error.code === 'ENOENT'
  const why = missing ? `was not found (looked in ${path})` : `could not be started: ${error.message}`
  return [`${exec.command} ${why}.`, exec.installHint].filter((part) => part !== '').join(' ')
}

/** The first ExecCredential in the output: some plugins greet on stdout before they answer. */
function findAnswer(output: string): z.output<typeof answerSchema> | 'no JSON' | 'something else' {
  let found: 'no JSON' | 'something else' = 'no JSON'
  const end = output.lastIndexOf('}') + 1
  for (let at = output.indexOf('{'); at >= 0 && at < end; at = output.indexOf('{', at + 1)) {
    try {
      const answer = answerSchema.safeParse(JSON.parse(output.slice(at, end)))
      if (answer.success) return answer.data
      found = 'something else'
    } catch {
      // A brace in the greeting.
    }
    if (found === 'something else') return found
  }
  return found
}

function readAnswer(exec: ExecSpec, output: string): Reply<ExecCredential> {
  const answer = findAnswer(output)
  if (answer === 'no JSON') return failed('plugin', `${exec.command} did not answer with JSON.`)
  if (answer === 'something else')
    return failed('plugin', `${exec.command} did not answer with an ExecCredential.`)
  if (answer.apiVersion !== exec.apiVersion) {
    return failed(
      'plugin',
      `${exec.command} answered in ${answer.apiVersion}, but the kubeconfig asks for ${exec.apiVersion}.`,
    )
  }
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = answer.status
  if ((token ?? '') === '' && (certificate ?? '') === '' && (key ?? '') === '')
    return failed('plugin', `${exec.command} answered without a token and without a certificate.`)
  if (((certificate ?? '') === '') !== ((key ?? '') === ''))
    return failed('plugin', `${exec.command} answered with only one half of a certificate and its key.`)
  const expiresAt = Date.parse(expirationTimestamp ?? '')
  return ok({
    ...(token && { token }),
    ...(certificate && { certificate }),
    ...(key && { key }),
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  })
}
