import type { SignInSentence } from '../../../shared/fault-sentences/sign-in-sentence.ts'
import { execFile, type ChildProcess, type spawn } from 'node:child_process'
import { win32 } from 'node:path'
import { Socket } from 'node:net'
import { z } from 'zod'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Clock } from '../clock/clock.ts'
import type { ConnectionSpec, ExecSpec } from '../dial/connection-spec.ts'
import type { ProgramPath } from './exec-command.ts'
import { execInfo } from './exec-info.ts'
import { createSaidLines, type PluginTalk } from './plugin-talk.ts'
import { startProgram } from './start-program.ts'

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
/** After its end all that it has said lies in its pipes. */
const afterEndMs = 1_000

/**
 * Runs a credential plugin once: no shell, no terminal, and never for ever. What it says on stderr is shown while it
 * runs; only one that says that it always asks gets a stdin.
 */
export function runExecPlugin(
  what: { readonly spec: ConnectionSpec; readonly exec: ExecSpec; readonly command: ProgramPath },
  tools: RunTools,
): PluginRun {
  const { exec, command } = what
  const asks = exec.interactiveMode === 'Always'
  if (asks && tools.talk === undefined) {
    const refusal = failed('not-supported', { kind: 'plugin-asks', command: exec.command })
    return { result: Promise.resolve(refusal), stop: () => undefined }
  }
  const own = Object.fromEntries(exec.env.map(({ name, value }) => [name, value]))
  let stop = (): void => undefined
  const result = new Promise<Reply<ExecCredential>>((resolve) => {
    let finished = false
    let atEnd: readonly (() => void)[] = []
    function finish(reply: Reply<ExecCredential>): void {
      // The next run may have begun when the end of this one is told.
      if (finished) return
      finished = true
      for (const one of atEnd) one()
      resolve(reply)
    }
    const child = startProgram(
      () =>
        tools.spawn(command, [...exec.args], {
          env: {
            ...tools.env,
            ...own,
            KUBERNETES_EXEC_INFO: JSON.stringify(execInfo(what.spec, exec, asks)),
          },
          stdio: [asks ? 'pipe' : 'ignore', 'pipe', 'pipe'],
          windowsHide: true,
          // A session of its own: it can't ask on a terminal, and is ended together with what it started.
          detached: process.platform !== 'win32',
        }),
      (error) => finish(failed('plugin', startFailure(exec, error, tools.env['PATH'] ?? ''))),
    )
    if (child === undefined) return
    const end = (): void => endGroup(child.pid)
    const { stdin } = child
    // It may have ended, or have closed its stdin, when the answer comes.
    stdin?.on('error', () => undefined)
    const talk = tools.talk?.begin({
      command: exec.command,
      ...(stdin !== null && { answer: (line) => void stdin.write(`${line}\n`) }),
    })
    const limitMs = asks ? talkLimitMs : timeLimitMs
    const stopTimer = tools.clock.setTimer(limitMs, () => {
      end()
      finish(failed('timeout', { kind: 'plugin-late', command: exec.command, seconds: limitMs / 1000 }))
    })
    atEnd = [stopTimer, () => talk?.end()]
    stop = () => {
      if (!finished) end()
      finish(failed('closed', { kind: 'plugin-ended', command: exec.command }))
    }
    const said = createSaidLines()
    const heard = listen(child, {
      onComplaint: (chunk) => {
        if (!finished) talk?.say(said.add(chunk))
      },
      onTooMuch: () => {
        if (!finished) end()
        finish(failed('plugin', { kind: 'plugin-too-much', command: exec.command }))
      },
    })
    whenOver(child, (outcome) => finish(answerOf(exec, outcome, heard)), {
      later(run) {
        if (finished) return
        atEnd = [...atEnd, tools.clock.setTimer(afterEndMs, run)]
      },
    })
  })
  return { result, stop: () => stop() }
}

/** With its folder: by its name alone Windows takes one that lies where we were started. */
const taskkill = win32.join(process.env['SystemRoot'] || 'C:\\Windows', 'System32', 'taskkill.exe')

/** Under Windows there are no groups, and a `.cmd` is a shell that has started the plugin. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    if (process.platform === 'win32') execFile(taskkill, ['/pid', String(pid), '/T', '/F'])
    else process.kill(-pid, 'SIGKILL')
  } catch {
    // It ended by itself at the same moment.
  }
}

type Heard = { answer(): string; complaint(): string }

function listen(
  { stdout, stderr }: ChildProcess,
  tell: { readonly onComplaint: (chunk: string) => void; readonly onTooMuch: () => void },
): Heard {
  let output: readonly Buffer[] = []
  let length = 0
  let complaint = ''
  stdout?.on('data', (chunk: Buffer) => {
    length += chunk.length
    // What is left behind may go on for ever: it is read on, so that it does not break, and not kept.
    if (length <= longestOutput) output = [...output, chunk]
    else tell.onTooMuch()
  })
  stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tell.onComplaint(chunk)
    complaint = (complaint + chunk).slice(-2000)
  })
  return { answer: () => Buffer.concat(output).toString('utf8'), complaint: () => complaint.trim() }
}

type Outcome = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

/**
 * The plugin's own end counts. Its pipes may stay open for days: an agent, a daemon or a browser that it leaves behind
 * holds them, and is neither waited for nor ended.
 */
function whenOver(
  child: ChildProcess,
  over: (outcome: Outcome) => void,
  { later }: { readonly later: (run: () => void) => void },
): void {
  const { stdout, stderr } = child
  child.on('exit', (code, signal) => {
    const tell = (): void => {
      over({ code, signal })
      for (const pipe of [stdout, stderr]) if (pipe instanceof Socket) pipe.unref()
    }
    // Where it was held up: what has arrived meanwhile is read first.
    later(() => setImmediate(tell))
    // The answer is there when stdout has ended; a complaint when all has.
    child.on('close', tell)
    if (code === 0) {
      if (stdout?.readableEnded === true) tell()
      else stdout?.on('end', tell)
    }
  })
}

function answerOf(exec: ExecSpec, { code, signal }: Outcome, heard: Heard): Reply<ExecCredential> {
  if (code === 0) return readAnswer(exec, heard.answer())
  return failed('plugin', {
    kind: 'plugin-failed',
    command: exec.command,
    words: heard.complaint(),
    ...(code !== null && { exitCode: code }),
    ...(signal !== null && { signal }),
  })
}

const reasons: Readonly<Record<string, 'denied' | 'no-folder' | 'circle' | 'busy' | 'too-long'>> = {
  EACCES: 'denied',
  ENOTDIR: 'no-folder',
  ELOOP: 'circle',
  ETXTBSY: 'busy',
  E2BIG: 'too-long',
}

function startFailure({ command, installHint: hint }: ExecSpec, error: Error, path: string): SignInSentence {
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return { kind: 'plugin-not-found', command, lookedIn: path, hint }
  const notStarted = { kind: 'plugin-not-started', command, hint } as const
  // Node's own words would repeat the value.
  if (code === 'ERR_INVALID_ARG_VALUE') return { ...notStarted, which: 'nul', words: '' }
  const which = reasons[code]
  return which === undefined
    ? { ...notStarted, which: 'other', words: error.message }
    : { ...notStarted, which, words: code }
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
  if (answer === 'no JSON') return failed('plugin', { kind: 'plugin-no-json', command: exec.command })
  if (answer === 'something else')
    return failed('plugin', { kind: 'plugin-no-credential', command: exec.command })
  if (answer.apiVersion !== exec.apiVersion) {
    return failed('plugin', {
      kind: 'plugin-other-version',
      command: exec.command,
      answered: answer.apiVersion,
      asked: exec.apiVersion,
    })
  }
  const { token, clientCertificateData: certificate, clientKeyData: key, expirationTimestamp } = answer.status
  if ((token ?? '') === '' && (certificate ?? '') === '' && (key ?? '') === '')
    return failed('plugin', { kind: 'plugin-empty-credential', command: exec.command })
  if (((certificate ?? '') === '') !== ((key ?? '') === ''))
    return failed('plugin', { kind: 'plugin-half-credential', command: exec.command })
  const expiresAt = Date.parse(expirationTimestamp ?? '')
  return ok({
    ...(token && { token }),
    ...(certificate && { certificate }),
    ...(key && { key }),
    ...(!Number.isNaN(expiresAt) && { expiresAt }),
  })
}
