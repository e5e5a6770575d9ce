import type { Page } from '@playwright/test'
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/contract.ts'
import type { Reply } from '../../../shared/fault.ts'

/** Commands as somebody sends them who goes around the page: over its own connection, whatever its buttons allow. */
export type PagePipe = {
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Reply<CommandOutput<N>>>
  /** What the page itself has sent last under this name. */
  lastInput<N extends CommandName>(name: N): Promise<CommandInput<N>>
  /** What it was answered to what it has sent last under this name. */
  lastReply<N extends CommandName>(name: N): Promise<Reply<CommandOutput<N>>>
}

type Tapped = {
  pipe?: WebSocket
  readonly inputs: Record<string, unknown>
  readonly replies: Record<string, unknown>
  readonly names: Record<number, string>
  lastId: number
}

declare global {
  interface Window {
    tapped?: Tapped
  }
}

/** Before the page is opened. */
export async function tapPage(page: Page): Promise<PagePipe> {
  await page.addInitScript(() => {
    // Far from the numbers that the page gives its own calls.
    const tapped: Tapped = { inputs: {}, replies: {}, names: {}, lastId: 1_000_000 }
    window.tapped = tapped
    WebSocket.prototype.send = new Proxy(WebSocket.prototype.send, {
      apply(send, socket: WebSocket, sent: [string]) {
        if (tapped.pipe !== socket)
          socket.addEventListener('message', (event: MessageEvent<string>) => {
            const { id = 0, reply } = JSON.parse(event.data) as {
              readonly id?: number
              readonly reply?: unknown
            }
            const name = tapped.names[id]
            if (name !== undefined && reply !== undefined) tapped.replies[name] = reply
          })
        tapped.pipe = socket
        const message = JSON.parse(sent[0]) as {
          readonly id?: number
          readonly name?: string
          readonly input?: unknown
        }
        if (message.name !== undefined) tapped.inputs[message.name] = message.input
        if (message.name !== undefined && message.id !== undefined) tapped.names[message.id] = message.name
        Reflect.apply(send, socket, sent)
      },
    })
  })
  return {
    call: <N extends CommandName>(name: N, input: CommandInput<N>) =>
      page.evaluate(
        ([command, given]) =>
          new Promise<Reply<CommandOutput<N>>>((resolve, reject) => {
            const { tapped } = window
            const pipe = tapped?.pipe
            if (tapped === undefined || pipe === undefined) {
              reject(new Error('The page has no connection yet.'))
              return
            }
            const id = ++tapped.lastId
            const take = (event: MessageEvent<string>): void => {
              const message = JSON.parse(event.data) as { id: number; reply: Reply<CommandOutput<N>> }
              if (message.id !== id) return
              pipe.removeEventListener('message', take)
              resolve(message.reply)
            }
            pipe.addEventListener('message', take)
            pipe.send(JSON.stringify({ kind: 'call', id, name: command, input: given }))
          }),
        [name, input] as const,
      ),
    async lastInput<N extends CommandName>(name: N) {
      const found = await page.waitForFunction((wanted) => window.tapped?.inputs[wanted], name)
      return (await found.jsonValue()) as CommandInput<N>
    },
    async lastReply<N extends CommandName>(name: N) {
      const found = await page.waitForFunction((wanted) => window.tapped?.replies[wanted], name)
      return (await found.jsonValue()) as Reply<CommandOutput<N>>
    },
  }
}
