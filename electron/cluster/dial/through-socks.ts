import { SocksClient } from 'socks'
import { buildConnector } from 'undici'
import { connectWithinMs } from './way.ts'

/** Names are resolved by the proxy, as with kubectl: inside the tunnel they may mean something else. */
export function throughSocks(proxy: URL, tls: buildConnector.BuildOptions): buildConnector.connector {
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
