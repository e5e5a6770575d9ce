import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import { execCommandOf, type ExecCommand } from './exec-command.ts'
import { runExecPlugin, type ExecCredential, type PluginRun, type RunTools } from './exec-plugin.ts'
import { pluginRefusal, type PluginPolicy } from './plugin-policy.ts'

export type ExecTools = RunTools & {
  /** Whether the person has agreed to exactly this command. */
  readonly consent: (command: ExecCommand) => boolean
  /** What kubectl's own preferences say about plugins: it wins over the consent. */
  readonly pluginPolicy: () => PluginPolicy
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

  async function run(): Promise<Reply<ExecCredential>> {
    if (spec.user.kind !== 'exec') return failed('internal', 'This user has no plugin.')
    const { exec } = spec.user
    const command = execCommandOf(exec, tools.env)
    const refusal = pluginRefusal(command.command, tools.pluginPolicy(), tools.env)
    if (refusal !== undefined) return failed('not-supported', refusal)
    if (!tools.consent(command))
      return failed('consent-needed', `${command.command} may not be run without consent.`)
    running ??= runExecPlugin({ spec, exec, command: command.command }, tools)
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
    get() {
      if (closed) return Promise.resolve(failed('closed', 'The connection was closed.'))
      if (current !== undefined && (current.expiresAt ?? Infinity) - marginMs > clock.wall())
        return Promise.resolve(ok(current))
      if (failure !== undefined && clock.monotonic() < failure.until)
        return Promise.resolve({ ok: false, fault: failure.fault })
      return run()
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
