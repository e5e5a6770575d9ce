import type { Duplex } from 'node:stream'

/** A greeting and a proof are some hundred bytes. */
const mostBytes = 4 * 1024

/** Connections that have not proved yet that they know the secret. */
export type Unproved = {
  /** Another one; `said`: what came with its request. Returns what is called once it has proved itself. */
  admit(socket: Duplex, said: Buffer): () => void
  readonly count: () => number
}

/**
 * Bounded in number and in bytes: any program of this machine can knock, and must neither fill our memory nor keep the
 * page out. Whoever comes when all places are taken gets that of the one who has waited longest.
 */
export function createUnproved(most: number): Unproved {
  const waiting = new Set<Duplex>()
  return {
    admit(socket, said) {
      let bytes = said.length
      const count = (piece: Buffer): void => {
        bytes += piece.length
        if (bytes > mostBytes) socket.destroy()
      }
      const leave = (): void => {
        waiting.delete(socket)
        socket.off('data', count)
        socket.off('close', leave)
      }
      for (const oldest of waiting) {
        if (waiting.size < most) break
        waiting.delete(oldest)
        oldest.destroy()
      }
      waiting.add(socket)
      socket.on('data', count)
      socket.on('close', leave)
      return leave
    },
    count: () => waiting.size,
  }
}
