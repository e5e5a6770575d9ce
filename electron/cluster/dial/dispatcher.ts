import { getCACertificates } from 'node:tls'
import { Agent, ProxyAgent, type Dispatcher } from 'undici'
import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from './connection-spec.ts'
import type { Secrets } from './secrets.ts'
import { throughSocks } from './through-socks.ts'
import { wayTo, type Way, type WayTools } from './way.ts'

export type DispatcherTools = WayTools & {
  /** Another way to a server than sockets. */
  readonly network?: (spec: ConnectionSpec) => Dispatcher
}

/**
 * Watches have connections of their own, as many as there are watches: each keeps one for as long as it lives, and in a
 * pool of a fixed size the last request would wait for ever. Requests have more than are let through at a time.
 */
export type PoolKind = 'requests' | 'watches'
const connectionsOf: Readonly<Record<PoolKind, number | null>> = { requests: 32, watches: null }

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
  const way = wayTo(spec, parts, tools)
  if (!way.ok) return way
  try {
    return ok(poolOf(way.value, connectionsOf[parts.pool]))
  } catch (error) {
    // OpenSSL's own words: they name no secret.
    const words = error instanceof Error ? error.message : String(error)
    return failed('kubeconfig', { kind: 'key-unusable', words })
  }
}

function poolOf(way: Way, connections: number | null): Dispatcher {
  // Without HTTP/2: undici 8 is five times slower over it for what we do.
  const common = { allowH2: false, connections, keepAliveTimeout: 30_000 }
  switch (way.kind) {
    case 'local':
      return new Agent({ ...common, connect: { socketPath: way.socketPath } })
    case 'direct':
      return new Agent({ ...common, connect: way.tls })
    case 'http-proxy':
      return new ProxyAgent({ ...common, uri: way.proxy, requestTls: way.tls, proxyTls: way.proxyTls })
    case 'socks':
      return new Agent({ ...common, connect: throughSocks(way.proxy, way.tls) })
  }
}
