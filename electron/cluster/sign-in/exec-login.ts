import { failed, ok, type FaultCode, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from '../dial/connection-spec.ts'
import { execCommandOf, type ExecCommand } from './exec-command.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { runExecPlugin, type ExecCredential, type PluginRun, type RunTools } from './exec-plugin.ts'
import { pluginRefusal, type PluginPolicy } from './plugin-policy.ts'
import { readText } from '../dial/read-text.ts'
import { createRenewedCredential, type Renewed, type RenewedCredential } from './renewed-credential.ts'

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

export type ExecLogin = RenewedCredential<ExecCredential> & { close(): void }

/**
 * One user's plugin: one run at a time however many requests wait for it (each could open a browser tab), pauses
 * after failures, and none at all after a login that nobody answered, until a person tries again.
 */
export function createExecLogin(spec: ConnectionSpec, tools: ExecTools): ExecLogin {
  let running: PluginRun | undefined
  let closed = false

  /** With the CA as text, for the plugin may want to know it. Where it can't be read connecting says so in words. */
  async function specWithCa(): Promise<ConnectionSpec> {
    const { ca, ...tls } = spec.tls
    const text = ca === undefined ? undefined : await readText(ca, tools.files)
    return { ...spec, tls: { ...tls, ...(text?.ok === true && { ca: { kind: 'text', pem: text.value } }) } }
  }

  async function run(): Promise<Reply<Renewed<ExecCredential>>> {
    if (spec.user.kind !== 'exec') return failed('internal', { kind: 'threw' })
    const { exec } = spec.user
    const [policy, shown] = await Promise.all([tools.pluginPolicy(), specWithCa()])
    running = undefined
    if (closed) return failed('closed', { kind: 'connection-closed' })
    const found = execCommandOf(exec, tools.env)
    if (!found.ok) return found
    const { command } = found.value
    const refusal = pluginRefusal(command, policy, tools.env)
    if (refusal !== undefined) return failed('not-supported', refusal)
    if (!tools.consent(found.value))
      return failed('consent-needed', { kind: 'plugin-without-consent', command })
    running = runExecPlugin({ spec: shown, exec, command }, tools)
    const answer = await running.result
    if (!answer.ok) return answer
    const { expiresAt } = answer.value
    return ok({ value: answer.value, ...(expiresAt !== undefined && { expiresAt }) })
  }

  const credential = createRenewedCredential({
    clock: tools.clock,
    marginMs,
    mayRenew: () => true,
    renew: run,
    // Where nothing was run, looking again costs nothing: a file may have been put right.
    pauseMs: ({ code }, failures) => (running === undefined ? 0 : pauseAfter(code, failures)),
    refusedTwice: { kind: 'plugin-refused-twice' },
  })
  return {
    ...credential,
    get: () => (closed ? Promise.resolve(failed('closed', { kind: 'connection-closed' })) : credential.get()),
    close() {
      closed = true
      running?.stop()
    },
  }
}

/** A login that nobody has answered would ask once more. */
function pauseAfter(code: FaultCode, failures: number): number {
  return code === 'timeout' ? Infinity : Math.min(longestWaitMs, firstWaitMs * 2 ** failures)
}
