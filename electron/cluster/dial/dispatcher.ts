import { getCACertificates } from 'node:tls'
import { SocksClient } from 'socks'
import { Agent, buildConnector, ProxyAgent, type Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import type { Secrets } from './secrets.ts'
import { proxyFor } from './proxy.ts'

export type DispatcherTools = {
  readonly env: Readonly<Record<string, string | undefined>>
  /** CAs that this machine trusts, in PEM: what counts when the kubeconfig names none, as with kubectl. */
  readonly trusted: () => readonly string[]
  /** Another way to a server than sockets. */
  readonly network?: (spec: ConnectionSpec) => Dispatcher
}

const connectWithinMs = 10_000
/**
 * Watches have connections of their own, as many as there are watches: each keeps one for as long as it lives, and in a
 * pool of a fixed size the last request would wait for ever. Requests have more than are let through at a time.
 */
export type PoolKind = 'requests' | 'watches'
const connectionsOf: Readonly<Record<PoolKind, number | null>> = { requests: 32, watches: null }
/** The kernel finds a dead peer within 20 s: ten seconds of quiet, and ten probes a second apart. */
const socketOptions = { timeout: connectWithinMs, keepAlive: true, keepAliveInitialDelay: 10_000 }

/** The machine's store besides Node's own list: corporate proxies have their CA only there. Read when first needed. */
export function machineTrust(): () => readonly string[] {
  let found: readonly string[] | undefined
  return () => (found ??= [...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
}

/** The way to one server as one user: TLS, proxy, and a pool of connections. */
export function createDispatcher(
  spec: ConnectionSpec,
  parts: { readonly secrets: Secrets; readonly ca: string | undefined; readonly pool: PoolKind },
  tools: DispatcherTools,
): Reply<Dispatcher> {
  if (tools.network !== undefined) return ok(tools.network(spec))
  // Without HTTP/2: undici 8 is five times slower over it for what we do.
  const common = { allowH2: false, connections: connectionsOf[parts.pool], keepAliveTimeout: 30_000 }
  if (spec.server.startsWith('unix:'))
    return ok(new Agent({ ...common, connect: { socketPath: spec.server.slice('unix:'.length) } }))
  const server = new URL(spec.server)
  const { certificate, key } = parts.secrets
  const secure = server.protocol === 'https:'
  const ca = parts.ca ?? (secure && !spec.tls.insecure ? [...tools.trusted()] : undefined)
  const tls = {
    ...socketOptions,
    rejectUnauthorized: !spec.tls.insecure,
    ...(ca !== undefined && { ca }),
    ...(spec.tls.serverName !== undefined && { servername: spec.tls.serverName }),
    ...(certificate !== undefined && { cert: certificate }),
    ...(key !== undefined && { key }),
  }
  const proxy = proxyFor(server, spec.proxyUrl, tools.env)
  try {
    if (proxy === undefined) return ok(new Agent({ ...common, connect: tls }))
    const { protocol } = new URL(proxy)
    if (protocol === 'http:' || protocol === 'https:')
      return ok(
        new ProxyAgent({
          ...common,
          uri: proxy,
          requestTls: tls,
          proxyTls: { ...socketOptions, ca: [...tools.trusted()] },
        }),
      )
    if (protocol === 'socks5:' || protocol === 'socks5h:')
      return ok(new Agent({ ...common, connect: throughSocks(new URL(proxy), tls) }))
    return failed('not-supported', `A proxy of the kind ${protocol} is not supported, nor is it by kubectl.`)
  } catch (error) {
    // OpenSSL's own words: they name no secret.
    const why = error instanceof Error ? error.message : String(error)
    return failed('kubeconfig', `The certificate, its key or the CA is not usable: ${why}`)
  }
}

/** Names are resolved by the proxy, as with kubectl: inside the tunnel they may mean something else. */
function throughSocks(proxy: URL, tls: buildConnector.BuildOptions): buildConnector.connector {
  const upgrade = buildConnector({ ...tls, allowH2: false })
  return (options, callback) => {
    SocksClient.createConnection({
      proxy: {
        host: proxy.hostname.replace(/^\[|\]$/g, ''),
        port: Number(proxy.port || '1080'),
        type: 5,
        ...(proxy.username !== '' && {
          userId: decodeURIComponent(proxy.username),
          password: decodeURIComponent(proxy.password),
        }),
      },
      command: 'connect',
      destination: {
        host: options.hostname.replace(/^\[|\]$/g, ''),
        port: Number(options.port || (options.protocol === 'https:' ? '443' : '80')),
      },
      timeout: connectWithinMs,
    }).then(
      ({ socket }) => {
        if (options.protocol === 'https:') upgrade({ ...options, httpSocket: socket }, callback)
        else callback(null, socket.setNoDelay())
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
    )
  }
}
