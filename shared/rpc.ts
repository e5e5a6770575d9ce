import type {
  CommandInput,
  CommandName,
  CommandOutput,
  commands as commandTable,
  FeedName,
  FeedParams,
  FeedPayload,
  feeds as feedTable,
} from './contract.ts'
import { failed, failedInWords, type Reply } from './fault.ts'
import { messageBytes, utf8Bytes } from './limits.ts'
import type { Pipe } from './rpc-pipe.ts'

type ToApp =
  | { readonly kind: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly kind: 'subscribe'; readonly id: number; readonly feed: string; readonly params: unknown }
  | { readonly kind: 'unsubscribe'; readonly id: number }
type ToPage =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: Reply<unknown> }
  | { readonly kind: 'snapshot'; readonly id: number; readonly revision: number; readonly payload: unknown }

type Parsed<N extends CommandName> = (typeof commandTable)[N]['input']['_output']
type ParsedParams<N extends FeedName> = (typeof feedTable)[N]['params']['_output']
export type Served = {
  readonly commands: typeof commandTable
  readonly feeds: typeof feedTable
  readonly handlers: { readonly [N in CommandName]: (input: Parsed<N>) => Promise<Reply<CommandOutput<N>>> }
  readonly subscribe: {
    readonly [N in FeedName]: (params: ParsedParams<N>, send: (payload: FeedPayload<N>) => void) => () => void
  }
  readonly log: (line: string) => void
}

/** Answers one pipe. Whatever comes in is checked: a page can only ask for what the contract names. */
export function serve(pipe: Pipe, served: Served): () => void {
  const running = new Map<number, () => void>()

  function answer(id: number, reply: Reply<unknown>): void {
    pipe.send({ kind: 'reply', id, reply } satisfies ToPage)
  }

  async function call(message: Extract<ToApp, { kind: 'call' }>): Promise<void> {
    const { id, name, input } = message
    if (!isOwn(served.commands, name)) {
      answer(id, failed('not-found', { kind: 'no-such-command' }))
      return
    }
    const parsed = served.commands[name].input.safeParse(input)
    if (!parsed.success) {
      answer(id, failedInWords('invalid-input', firstIssue(parsed.error)))
      return
    }
    try {
      // The table's schema and its handler belong to the same name; a union of names can't express that.
      const handler = served.handlers[name] as (input: unknown) => Promise<Reply<unknown>>
      answer(id, await handler(parsed.data))
    } catch (error) {
      served.log(`${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
      answer(id, failed('internal', { kind: 'threw' }))
    }
  }

  function subscribe(message: Extract<ToApp, { kind: 'subscribe' }>): void {
    const { id, feed, params } = message
    if (!isOwn(served.feeds, feed) || running.has(id)) return
    const parsed = served.feeds[feed].params.safeParse(params)
    if (!parsed.success) return
    let revision = 0
    const start = served.subscribe[feed] as (params: unknown, send: (payload: unknown) => void) => () => void
    try {
      const stop = start(parsed.data, (payload) => {
        pipe.send({ kind: 'snapshot', id, revision: ++revision, payload } satisfies ToPage)
      })
      running.set(id, stop)
    } catch (error) {
      served.log(`feed ${feed} failed: ${String(error)}`)
    }
  }

  function stopAll(): void {
    for (const stop of running.values()) stop()
    running.clear()
  }

  const stopListening = pipe.onMessage((raw) => {
    const message = readToApp(raw)
    switch (message?.kind) {
      case 'call':
        void call(message)
        return
      case 'subscribe':
        subscribe(message)
        return
      case 'unsubscribe':
        running.get(message.id)?.()
        running.delete(message.id)
        return
      case undefined:
        return
    }
  })
  const stopClose = pipe.onClose(stopAll)
  return () => {
    stopListening()
    stopClose()
    stopAll()
  }
}

export type Client = {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>>
  subscribe<N extends FeedName>(
    feed: N,
    params: FeedParams<N>,
    listener: (payload: FeedPayload<N>, revision: number) => void,
  ): () => void
  /** Settles every waiting call: nobody will answer it any more. */
  close(): void
}

/** The page's end of a pipe. */
export function connect(pipe: Pipe): Client {
  let lastId = 0
  let closed = false
  const waiting = new Map<number, (reply: Reply<unknown>) => void>()
  const listeners = new Map<
    number,
    { revision: number; readonly take: (payload: unknown, revision: number) => void }
  >()

  pipe.onMessage((raw) => {
    const message = readToPage(raw)
    switch (message?.kind) {
      case 'reply':
        waiting.get(message.id)?.(message.reply)
        waiting.delete(message.id)
        return
      case 'snapshot': {
        const listener = listeners.get(message.id)
        if (listener === undefined || message.revision <= listener.revision) return
        listener.revision = message.revision
        listener.take(message.payload, message.revision)
        return
      }
      case undefined:
        return
    }
  })
  pipe.onClose(close)

  function close(): void {
    closed = true
    for (const settle of waiting.values()) settle(lostReply)
    waiting.clear()
    listeners.clear()
  }

  return {
    call<N extends CommandName>(name: N, input: CommandInput<N>) {
      return new Promise<Reply<CommandOutput<N>>>((resolve) => {
        if (closed) {
          resolve(lostReply)
          return
        }
        const id = ++lastId
        const message = { kind: 'call', id, name, input } satisfies ToApp
        // A host would cut the connection, and with it everything that is watched and waited for.
        if (isTooLarge(message)) {
          resolve(failedInWords('too-large', ''))
          return
        }
        waiting.set(id, (reply) => resolve(reply as Reply<CommandOutput<N>>))
        pipe.send(message)
      })
    },
    subscribe(feed, params, listener) {
      const id = ++lastId
      listeners.set(id, { revision: 0, take: listener as (payload: unknown, revision: number) => void })
      if (!closed) pipe.send({ kind: 'subscribe', id, feed, params } satisfies ToApp)
      return () => {
        listeners.delete(id)
        if (!closed) pipe.send({ kind: 'unsubscribe', id } satisfies ToApp)
      }
    },
    close,
  }
}

const lostReply = failed('closed', { kind: 'answer-lost' })

function isTooLarge(message: ToApp): boolean {
  const text = JSON.stringify(message)
  // No letter is longer than three bytes for each unit of its text.
  return 3 * text.length > messageBytes && utf8Bytes(text) > messageBytes
}

/** Own keys only: `constructor` and its like are no commands. */
function isOwn<T extends object>(table: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(table, name)
}

function firstIssue(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]
}): string {
  const issue = error.issues[0]
  if (issue === undefined) return 'The input is not valid.'
  const where = issue.path.map(String).join('.')
  return where === '' ? issue.message : `${where}: ${issue.message}`
}

function readToApp(raw: unknown): ToApp | undefined {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw) || !('id' in raw)) return undefined
  if (!Number.isSafeInteger(raw.id)) return undefined
  const known =
    (raw.kind === 'call' && 'name' in raw && typeof raw.name === 'string') ||
    (raw.kind === 'subscribe' && 'feed' in raw && typeof raw.feed === 'string') ||
    raw.kind === 'unsubscribe'
  return known ? (raw as ToApp) : undefined
}

function readToPage(raw: unknown): ToPage | undefined {
  if (typeof raw !== 'object' || raw === null || !('kind' in raw)) return undefined
  return raw.kind === 'reply' || raw.kind === 'snapshot' ? (raw as ToPage) : undefined
}
