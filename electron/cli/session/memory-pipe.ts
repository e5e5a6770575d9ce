import type { Pipe } from '../../../shared/rpc-pipe.ts'

/** Both ends of a pipe within one process. What is sent is a copy, as on every other transport. */
export function memoryPipe(): { readonly app: Pipe; readonly terminal: Pipe } {
  const listeners = {
    app: new Set<(message: unknown) => void>(),
    terminal: new Set<(message: unknown) => void>(),
  }
  const closers = new Set<() => void>()
  const end = (own: 'app' | 'terminal', other: 'app' | 'terminal'): Pipe => ({
    send(message) {
      const text = JSON.stringify(message)
      for (const listener of [...listeners[other]]) listener(JSON.parse(text))
    },
    onMessage(listener) {
      listeners[own].add(listener)
      return () => listeners[own].delete(listener)
    },
    onClose(listener) {
      closers.add(listener)
      return () => closers.delete(listener)
    },
    close() {
      for (const close of [...closers]) close()
      closers.clear()
    },
  })
  return { app: end('app', 'terminal'), terminal: end('terminal', 'app') }
}
