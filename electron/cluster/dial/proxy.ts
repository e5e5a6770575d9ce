import { BlockList, isIP } from 'node:net'
import { domainToASCII } from 'node:url'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy for a server: the kubeconfig's own, else what the environment says, by the rules of Go's `httpproxy` and of
 * what client-go puts around it (kubectl uses those, they differ from curl's): never for localhost and loopback
 * addresses, NO_PROXY with domains, addresses, CIDR and ports.
 */
export function proxyFor(server: URL, own: string | undefined, env: Environment): string | undefined {
  if (own !== undefined) return own
  const secure = server.protocol === 'https:'
  const named = secure ? variable(env, 'HTTPS_PROXY') : variable(env, 'HTTP_PROXY')
  if (named === '') return undefined
  const host = server.hostname.replace(/^\[|\]$/g, '')
  if (isLoopback(host)) return undefined
  const port = server.port === '' ? (secure ? '443' : '80') : server.port
  const exceptions = variable(env, 'NO_PROXY').split(',')
  if (exceptions.some((entry) => excepts(entry.trim().toLowerCase(), host, port))) return undefined
  return named.includes('://') ? named : `http://${named}`
}

/** An empty one counts for nothing: shells and CI set it to switch the proxy of the other spelling neither on nor off. */
function variable(env: Environment, name: string): string {
  return (env[name] ?? '').trim() || (env[name.toLowerCase()] ?? '').trim()
}

export function isLoopback(host: string): boolean {
  const address = canonicalAddress(host)
  return host === 'localhost' || address === '::1' || (address?.startsWith('127.') ?? false)
}

function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '') return false
  if (entry === '*') return true
  const address = canonicalAddress(host)
  const range = rangeOf(entry)
  if (range !== undefined) return address !== undefined && isIn(range, address)
  const { name, ofPort } = nameAndPort(entry)
  if (ofPort !== '' && ofPort !== port) return false
  // An address is excepted by addresses alone, and one in brackets without a port is none: as in Go.
  if (address !== undefined) return canonicalAddress(name) === address
  const domain = domainToASCII(name.replace(/^\*(?=\.)/, ''))
  if (domain === '') return false
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`)
}

/** `host:port`, `[IPv6]:port`; everything else is a name as it stands. */
function nameAndPort(entry: string): { readonly name: string; readonly ofPort: string } {
  const [, bracketed, plain, ofPort = ''] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry) ?? []
  return { name: bracketed ?? plain ?? entry, ofPort }
}

type Range = { readonly network: string; readonly bits: number }

/** Like client-go's, and unlike Go's own, it takes numbers with zeros before them. */
function rangeOf(entry: string): Range | undefined {
  const [, written = '', digits] = /^([^/]*)\/(\d{1,3})$/.exec(entry) ?? []
  const network = written.includes(':') ? written : written.replace(/(^|\.)0+(?=\d)/g, '$1')
  const family = isIP(network)
  const bits = Number(digits)
  if (family === 0 || bits > (family === 4 ? 32 : 128)) return undefined
  // Where not all of the bits are counted that make it an IPv4 address, it is none.
  const mapped = family === 6 && bits >= 96 ? canonicalAddress(network) : undefined
  return mapped !== undefined && isIP(mapped) === 4 ? { network: mapped, bits: bits - 96 } : { network, bits }
}

function isIn({ network, bits }: Range, address: string): boolean {
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(address) !== isIP(network)) return false
  const list = new BlockList()
  list.addSubnet(network, bits, family)
  return list.check(address, family)
}

/** An address in its one form: shortened, and as IPv4 where it is one in the dress of IPv6. */
function canonicalAddress(text: string): string | undefined {
  const family = isIP(text)
  if (family !== 6) return family === 4 ? text : undefined
  const short = URL.parse(`http://[${text}]`)?.hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short ?? '') ?? []
  if (high === undefined || low === undefined) return short
  const number = Number.parseInt(high, 16) * 0x10000 + Number.parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}
