import type { ConnectionSpec } from '../dial/connection-spec.ts'
import { isLoopback } from '../dial/proxy.ts'

/** Whoever sits between could read and change everything, the credentials among it. On this machine itself nobody sits there. */
export function isInsecure({ server, tls }: Pick<ConnectionSpec, 'server' | 'tls'>): boolean {
  if (!URL.canParse(server)) return false
  const { protocol, hostname } = new URL(server)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  return (tls.insecure || protocol === 'http:') && !isLoopback(hostname.replace(/^\[|\]$/g, ''))
}
