import type { Presses } from './presses.ts'
import type { Seen } from './seen.ts'

export type Wire = {
  /** Comes back once all that the application has sent so far has been taken. */
  reached(): Promise<void>
  /** Answers that are still waited for, by their commands. */
  waiting(): readonly string[]
  subscriptions(): number
}

type Message = {
  readonly kind?: string
  readonly id?: number
  readonly name?: string
  readonly feed?: string
  readonly input?: unknown
  readonly payload?: unknown
  readonly reply?: unknown
  readonly ready?: boolean
}

/** Listens to what goes between the page and the application, before the page hears it. */
export function tapWire(presses: () => Presses, note: (seen: Seen) => void): Wire {
  const Own = window.WebSocket
  const ready = new Set<Tapped>()
  const calls = new Map<string, string>()
  const feeds = new Map<string, string>()
  let pipeline: unknown
  let sockets = 0
  let syncs = 0
  const answered = new Map<number, () => void>()

  class Tapped extends Own {
    readonly number = ++sockets

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      this.addEventListener('message', (event: MessageEvent<string>) => this.#take(event))
      this.addEventListener('close', ({ code }) => {
        ready.delete(this)
        for (const settle of answered.values()) settle()
        answered.clear()
        for (const id of feeds.keys()) if (id.startsWith(`${String(this.number)}.`)) feeds.delete(id)
        note({ kind: 'socket', what: 'close', code })
      })
    }

    #take(event: MessageEvent<string>): void {
      const message = JSON.parse(event.data) as Message
      if (message.ready === true) {
        ready.add(this)
        note({ kind: 'socket', what: 'open', code: 0 })
      }
      const id = `${String(this.number)}.${String(message.id)}`
      if (message.kind === 'snapshot' && feeds.get(id) === 'pipeline') pipeline = message.payload
      if (message.kind !== 'reply' || message.id === undefined) return
      if (message.id < 0) {
        answered.get(message.id)?.()
        answered.delete(message.id)
        event.stopImmediatePropagation()
        return
      }
      note({ kind: 'reply', id, name: calls.get(id) ?? '', reply: message.reply })
      calls.delete(id)
    }

    override send(data: string): void {
      const message = JSON.parse(data) as Message
      const id = `${String(this.number)}.${String(message.id)}`
      if (message.kind === 'subscribe') feeds.set(id, message.feed ?? '')
      if (message.kind === 'unsubscribe') feeds.delete(id)
      if (message.kind === 'call') {
        calls.set(id, message.name ?? '')
        const known = presses()
        const typedAt = known.typedAt()
        note({
          kind: 'sent',
          id,
          name: message.name ?? '',
          input: brief(message.input),
          press: known.current(),
          view: pipeline,
          typedAt,
        })
      }
      super.send(data)
    }

    sync(): Promise<void> {
      const id = -++syncs
      return new Promise((resolve) => {
        answered.set(id, resolve)
        super.send(JSON.stringify({ kind: 'call', id, name: 'hands/sync', input: null }))
      })
    }
  }

  window.WebSocket = Tapped
  return {
    async reached() {
      await Promise.all(
        [...ready].map((one) => (one.readyState === Own.OPEN ? one.sync() : Promise.resolve())),
      )
    },
    waiting: () => [...calls.values()],
    subscriptions: () => feeds.size,
  }
}

/** Megabytes of pasted text need not be told. */
function brief(input: unknown): unknown {
  const text = JSON.stringify(input)
  return text.length > 20_000 ? { tooLong: text.length } : input
}
