import type { buildConnector } from 'undici'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import { proxyFor } from './proxy.ts'
import type { Secrets } from './secrets.ts'

/**
 * How one server is reached as one user. Worked out once: a request and a connection that is kept for a port must not
 * differ in whom they trust, what they show, or which proxy they take.
 */
export type Way =
  | { readonly kind: 'local'; readonly socketPath: string }
  | { readonly kind: 'direct'; readonly tls: Tls }
  | {
      readonly kind: 'http-proxy'
      readonly proxy: string
      readonly tls: Tls
      readonly proxyTls: Tls
    }
  | { readonly kind: 'socks'; readonly proxy: URL; readonly tls: Tls }

type Tls = buildConnector.BuildOptions

export type WayTools = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** CAs that this machine trusts, in PEM: what counts when the kubeconfig names none, as with kubectl. */
  readonly trusted: () => readonly string[]
}

export const connectWithinMs = 10_000
/** The kernel finds a dead peer within 20 s: ten seconds of quiet, and ten probes a second apart. */
const socketOptions = { timeout: connectWithinMs, keepAlive: true, keepAliveInitialDelay: 10_000 }

export function wayTo(
  spec: ConnectionSpec,
  { secrets, ca }: { readonly secrets: Secrets; readonly ca: string | undefined },
  tools: WayTools,
): Reply<Way> {
  if (spec.server.startsWith('unix:'))
    return ok({ kind: 'local', socketPath: spec.server.slice('unix:'.length) })
  const server = new URL(spec.server)
  const { certificate, key } = secrets
  const trusted =
    ca ?? (server.protocol === 'https:' && !spec.tls.insecure ? [...tools.trusted()] : undefined)
  const tls = {
    ...socketOptions,
    rejectUnauthorized: !spec.tls.insecure,
    ...(trusted !== undefined && { ca: trusted }),
    ...(spec.tls.serverName !== undefined && { servername: spec.tls.serverName }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
  }
  const proxy = proxyFor(server, spec.proxyUrl, tools.env)
  if (proxy === undefined) return ok({ kind: 'direct', tls })
  const { protocol } = new URL(proxy)
  if (protocol === 'http:' || protocol === 'https:') {
    const proxyTls = { ...socketOptions, ca: [...tools.trusted()] }
    return ok({ kind: 'http-proxy', proxy, tls, proxyTls })
  }
  if (protocol === 'socks5:' || protocol === 'socks5h:')
    return ok({ kind: 'socks', proxy: new URL(proxy), tls })
  return failed('not-supported', { kind: 'proxy-kind', protocol })
}
