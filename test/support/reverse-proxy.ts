import { createServer as createHttp, type RequestListener } from 'node:http'
import { createServer as createHttps, request as askHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from './certificates.ts'

export type ReverseProxy = {
  readonly port: number
  /** Method, path and whether the request came with credentials, as they arrived here. */
  readonly passed: readonly string[]
  close(): Promise<void>
}

/** Stands before an API server as Rancher or an ingress does: a name, a path and perhaps TLS of its own. */
export async function startReverseProxy(options: {
  readonly upstream: { readonly server: string; readonly ca: string }
  /** The path under which the API server lies here; other paths are not found. */
  readonly prefix?: string
  readonly host?: string
  /** Plain http without one. */
  readonly certificate?: Certificate
}): Promise<ReverseProxy> {
  const { upstream, prefix = '', host = '127.0.0.1', certificate } = options
  const passed: string[] = []
  const forward: RequestListener = (incoming, answer) => {
    const path = incoming.url ?? ''
    const signed = incoming.headers.authorization === undefined ? '' : ' signed'
    passed.push(`${incoming.method ?? ''} ${path}${signed}`)
    if (!path.startsWith(prefix)) {
      answer.writeHead(404).end()
      return
    }
    const onward = askHttps(
      `${upstream.server}${path.slice(prefix.length)}`,
      {
        method: incoming.method,
        headers: { ...incoming.headers, host: new URL(upstream.server).host },
        ca: upstream.ca,
      },
      (found) => {
        answer.writeHead(found.statusCode ?? 502, found.headers)
        found.pipe(answer)
      },
    )
    onward.on('error', () => answer.destroy())
    incoming.pipe(onward)
  }
  const server =
    certificate === undefined
      ? createHttp(forward)
      : createHttps({ cert: certificate.certificate, key: certificate.key }, forward)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    passed,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
