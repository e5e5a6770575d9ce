import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import { execCommandOf, type ExecCommand } from './exec-command.ts'
import type { ForeignFiles } from './foreign-files.ts'
import { runExecPlugin, type ExecCredential, type PluginRun, type RunTools } from './exec-plugin.ts'
import { pluginRefusal, type PluginPolicy } from './plugin-policy.ts'
import { readText } from './read-text.ts'

export type ExecTools = RunTools & {
  /** Whether the person has agreed to exactly this command. */
  readonly consent: (command: ExecCommand) => boolean
  /** What kubectl's own preferences say about plugins: it wins over the consent. */
  readonly pluginPolicy: () => Promise<PluginPolicy>
  readonly files: ForeignFiles
}

/** A plugin's answer is renewed this long before it expires. */
const marginMs = 60_000
const firstWaitMs = 30_000
const longestWaitMs = 600_000

export type ExecLogin = {
  get(): Promise<Reply<ExecCredential>>
  /** True if the plugin may be run once more for this 401. */
  refused(): boolean
  accepted(): void
  retry(): void
  close(): void
}

/**
 * One user's plugin: one run at a time however many requests wait for it (each could open a browser tab), pauses
 * after failures, and none at all after a login that nobody answered, until a person tries again.
 */
export function createExecLogin(spec: ConnectionSpec, tools: ExecTools): ExecLogin {
  const { clock } = tools
  let current: ExecCredential | undefined
  let running: PluginRun | undefined
  let closed = false
  let renewedAfterRefusal = false
  let failure: { readonly fault: Fault; readonly until: number } | undefined
  let failures = 0

  /** What counts without running it. */
  function settled(): Reply<ExecCredential> | undefined {
    if (closed) return failed('closed', 'The connection was closed.')
    if (current !== undefined && (current.expiresAt ?? Infinity) - marginMs > clock.wall()) return ok(current)
    return failure !== undefined && clock.monotonic() < failure.until
      ? { ok: false, fault: failure.fault }
      : undefined
  }

  /** With the CA as text, for the plugin may want to know it. Where it can't be read connecting says so in words. */
  async function specWithCa(): Promise<ConnectionSpec> {
    const { ca, ...tls } = spec.tls
    const text = ca === undefined ? undefined : await readText(ca, tools.files)
    return { ...spec, tls: { ...tls, ...(text?.ok === true && { ca: { kind: 'text', pem: text.value } }) } }
  }

  async function run(): Promise<Reply<ExecCredential>> {
    if (spec.user.kind !== 'exec') return failed('internal', 'This user has no plugin.')
    const { exec } = spec.user
    const [policy, shown] = await Promise.all([tools.pluginPolicy(), specWithCa()])
    // Others may have run it meanwhile: a second run could open a second browser tab.
    const now = settled()
    if (now !== undefined) return now
    const found = execCommandOf(exec, tools.env)
    if (!found.ok) return found
    const { command } = found.value
    const refusal = pluginRefusal(command, policy, tools.env)
    if (refusal !== undefined) return failed('not-supported', refusal)
    if (!tools.consent(found.value))
      return failed('consent-needed', `${command} may not be run without consent.`)
    running ??= runExecPlugin({ spec: shown, exec, command }, tools)
    const mine = running
    const answer = await mine.result
    // Those who waited for the same run find it settled already.
    if (running !== mine) return answer
    running = undefined
    if (answer.ok) {
      current = answer.value
      failures = 0
    } else {
      const wait = Math.min(longestWaitMs, firstWaitMs * 2 ** failures++)
      const unanswered = answer.fault.code === 'timeout'
      failure = { fault: answer.fault, until: unanswered ? Infinity : clock.monotonic() + wait }
    }
    return answer
  }

  return {
    async get() {
      return settled() ?? (await run())
    },
    refused() {
      if (renewedAfterRefusal) {
        const fault: Fault = {
          code: 'unauthorized',
          message: 'The server refused the credentials of the plugin twice. Sign in again.',
        }
        failure = { fault, until: Infinity }
        current = undefined
        return false
      }
      renewedAfterRefusal = true
      current = undefined
      return true
    },
    accepted() {
      renewedAfterRefusal = false
    },
    retry() {
      failure = undefined
      failures = 0
      renewedAfterRefusal = false
    },
    close() {
      closed = true
      running?.stop()
    },
  }
}
