import type { Presses } from './presses.ts'
import type { Seen } from './seen.ts'

export type Wire = {
  /** Comes back once all that the application has sent so far has been taken. */
  reached(): Promise<void>
  /** Comes back once no connection is on its way; one that was made anew then waits to be let in. */
  settled(): Promise<void>
  /** Lets the page have the connections that were made anew. */
  letIn(): Promise<void>
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

/** So long a connection is waited for that may never come to be. */
const longestTurns = 2_000

/**
 * Listens to what goes between the page and the application, before the page hears it. How long it takes to connect
 * again, no clock of the test can say: each new connection of a page waits at its last message until it is let in, so
 * that what is to be seen meanwhile is the same in each run.
 */
export function tapWire(presses: () => Presses, note: (seen: Seen) => void, turn: () => Promise<void>): Wire {
  const Own = window.WebSocket
  const ready = new Set<Tapped>()
  const opening = new Set<Tapped>()
  const held = new Map<Tapped, string>()
  const proofs = watchProofs()
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
      opening.add(this)
      this.addEventListener('message', (event: MessageEvent<string>) => this.#take(event))
      this.addEventListener('close', ({ code }) => {
        ready.delete(this)
        opening.delete(this)
        held.delete(this)
        for (const settle of answered.values()) settle()
        answered.clear()
        for (const id of feeds.keys()) if (id.startsWith(`${String(this.number)}.`)) feeds.delete(id)
        note({ kind: 'socket', what: 'close', code })
      })
    }

    #take(event: MessageEvent<string>): void {
      const message = JSON.parse(event.data) as Message
      if (message.ready === true) {
        opening.delete(this)
        if (this.number > 1 && !held.has(this)) {
          held.set(this, event.data)
          event.stopImmediatePropagation()
          return
        }
        held.delete(this)
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
        // One that closes says so soon, and is asked nothing.
        if (this.readyState === Own.OPEN)
          super.send(JSON.stringify({ kind: 'call', id, name: 'hands/sync', input: null }))
      })
    }
  }

  window.WebSocket = Tapped
  return {
    async reached() {
      await Promise.all([...ready].map((one) => one.sync()))
    },
    async settled() {
      for (let quiet = 0, turns = 0; quiet < 3 && turns < longestTurns; turns++) {
        quiet = opening.size + proofs.underWay() === 0 ? quiet + 1 : 0
        await turn()
      }
    },
    async letIn() {
      // Those that were cut meanwhile say so before.
      await Promise.all([...held.keys()].map((one) => one.sync()))
      for (const [one, data] of [...held]) one.dispatchEvent(new MessageEvent('message', { data }))
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

/** A connection begins with proofs that are made in another thread. */
function watchProofs(): { underWay(): number } {
  let count = 0
  const { subtle } = crypto as { readonly subtle: SubtleCrypto | undefined }
  if (subtle === undefined) return { underWay: () => 0 }
  const counted =
    <A extends readonly unknown[], R>(run: (...all: A) => Promise<R>) =>
    (...all: A): Promise<R> => {
      count++
      return run(...all).finally(() => count--)
    }
  Object.assign(subtle, {
    importKey: counted(subtle.importKey.bind(subtle)),
    sign: counted(subtle.sign.bind(subtle)),
    verify: counted(subtle.verify.bind(subtle)),
    digest: counted(subtle.digest.bind(subtle)),
  })
  return { underWay: () => count }
}
