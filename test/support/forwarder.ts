import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export type Forwarder = {
  readonly port: number
  /** Breaks every connection, and refuses new ones until it is told where they go. */
  cut(): void
  /** New connections go to this port of 127.0.0.1. */
  lead(to: number): void
  close(): Promise<void>
}

/** Hands connections on as they are, TLS and all. */
export async function startForwarder(options: {
  readonly host: string
  readonly to: number
}): Promise<Forwarder> {
  let to: number | undefined = options.to
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    if (to === undefined) {
      socket.destroy()
      return
    }
    const onward = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => undefined)
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, options.host, resolve)
  })

  function cut(): void {
    to = undefined
    for (const socket of sockets) socket.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    lead(port) {
      to = port
    },
    async close() {
      cut()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
