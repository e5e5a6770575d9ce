import { BlockList, isIP } from 'node:net'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a server: the kubeconfig's own, else what the environment says, by Go's rules (kubectl uses those, they
 * differ from curl's): never for localhost and loopback addresses, NO_PROXY with domains, addresses, CIDR and ports.
 */
export function proxyFor(server: URL, own: string | undefined, env: Environment): string | undefined {
  if (own !== undefined) return own
  const secure = server.protocol === 'https:'
  const named = secure ? variable(env, 'HTTPS_PROXY') : variable(env, 'HTTP_PROXY')
  if (named === '') return undefined
  const host = server.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isLoopback(host)) return undefined
  const port = server.port === '' ? (secure ? '443' : '80') : server.port
  const exceptions = variable(env, 'NO_PROXY').split(',')
  if (exceptions.some((entry) => excepts(entry.trim().toLowerCase(), host, port))) return undefined
  return named.includes('://') ? named : `http://${named}`
}

function variable(env: Environment, name: string): string {
  return (env[name] ?? env[name.toLowerCase()] ?? '').trim()
}

export function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true
  return isIP(host) === 4 && host.startsWith('127.')
}

function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  const family = isIP(host)
  if (entry.includes('/')) return family !== 0 && inRange(entry, host)
  const [, name = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry) ?? []
  if (ofPort !== undefined && ofPort !== port) return false
  const bare = name.replace(/^\[|\]$/g, '')
  if (family !== 0) return bare === host
  if (bare.startsWith('*.') || bare.startsWith('.')) return host.endsWith(bare.replace(/^\*/, ''))
  return host === bare || host.endsWith(`.${bare}`)
}

function inRange(entry: string, host: string): boolean {
  const [network = '', bits = ''] = entry.split('/')
  const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 6 ? 'ipv6' : 'ipv4')
  const list = new BlockList()
  try {
    list.addSubnet(network, Number(bits), family(network))
  } catch {
    // Not a range at all: it excepts nothing.
    return false
  }
  return list.check(host, family(host))
}
