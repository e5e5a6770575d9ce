import { faultOf, type Reply } from '../../../shared/fault.ts'
import type { PluginConsent } from '../../../shared/model/plugin-consent.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { Connection } from '../../cluster/connection.ts'
import { createRedactor, secretsOf } from '../../cluster/dial/redact.ts'
import type { ConnectionSpec } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { PluginTalk } from '../../cluster/sign-in/plugin-talk.ts'

/** What an attempt to connect comes to. */
export type AttemptEnd =
  | Extract<ClusterView['state'], { kind: 'consent' | 'failed' }>
  | { readonly kind: 'opened'; readonly connection: Connection }

export type AttemptTools = {
  readonly connect: (
    spec: ConnectionSpec,
    how: { readonly consent: string | undefined; readonly signal: AbortSignal; readonly talk: PluginTalk },
  ) => Promise<Reply<Connection>>
  /** The plugin that this spec would run, for the question to the person; a fault where it can't be run at all. */
  readonly pluginOf: (spec: ConnectionSpec) => Promise<Reply<PluginConsent> | undefined>
  readonly log: (line: string) => void
}

type Attempt = {
  readonly spec: ConnectionSpec
  readonly consent: string | undefined
  readonly signal: AbortSignal
  readonly talk: PluginTalk
}

/** Never throws: without an outcome an attempt would never end, and no other could be made. */
export async function attemptToConnect(tools: AttemptTools, attempt: Attempt): Promise<AttemptEnd> {
  const { spec, consent, signal, talk } = attempt
  try {
    const plugin = spec.unusable === undefined ? await tools.pluginOf(spec) : undefined
    if (plugin?.ok === false) return { kind: 'failed', fault: plugin.fault }
    if (plugin !== undefined && consent !== plugin.value.key) return { kind: 'consent', ...plugin.value }
    if (signal.aborted) return { kind: 'failed', fault: faultOf('closed', { kind: 'given-up' }) }
    const connection = await tools.connect(spec, { consent, signal, talk })
    return connection.ok
      ? { kind: 'opened', connection: connection.value }
      : { kind: 'failed', fault: connection.fault }
  } catch (error) {
    logError(tools.log, { what: `connecting to ${spec.name} failed`, error, spec })
    return { kind: 'failed', fault: faultOf('internal', { kind: 'threw' }) }
  }
}

/** Without the secrets of that context. */
export function logError(
  log: (line: string) => void,
  { what, error, spec }: { readonly what: string; readonly error: unknown; readonly spec: ConnectionSpec },
): void {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
  log(`${what}: ${createRedactor(secretsOf([spec]))(why)}`)
}
