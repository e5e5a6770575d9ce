import type { MessagePortMain, UtilityProcess } from 'electron'
import type { FromApp, ToApp } from './messages.ts'

const firstWaitMs = 250
const longestWaitMs = 10_000
/** A process that lived this long was well: the next wait is short again. */
const healthyMs = 60_000
/** For writes under way; what is not written by then is found again in the journal. */
const closingMs = 3_000

export type AppProcessKeeper = {
  /** Gives a page's port to the application, as soon as it runs. */
  attach(port: MessagePortMain): void
  /** The Services whose releases are driven from here. */
  driving(): readonly string[]
  /** Ends the application in order, at the latest after some seconds. */
  close(): Promise<void>
}

/** Keeps one application process alive. Its releases go on from the journal when it has to be started anew. */
export function keepAppProcess(options: {
  readonly start: () => UtilityProcess
  readonly onDriving: (services: readonly string[]) => void
  readonly log: (line: string) => void
}): AppProcessKeeper {
  let child: UtilityProcess | undefined
  let services: readonly string[] = []
  let waitMs = firstWaitMs
  let closing = false
  let ended: (() => void) | undefined
  let waiting: MessagePortMain[] = []

  function tell(next: readonly string[]): void {
    services = next
    options.onDriving(next)
  }

  function start(): void {
    const startedAt = performance.now()
    const process = options.start()
    child = process
    process.on('message', (message: FromApp) => tell(message.services))
    process.on('exit', (code: number) => {
      child = undefined
      ended?.()
      if (closing) return
      tell([])
      if (performance.now() - startedAt > healthyMs) waitMs = firstWaitMs
      options.log(`the application ended with ${code} and starts again in ${waitMs} ms`)
      setTimeout(start, waitMs)
      waitMs = Math.min(longestWaitMs, waitMs * 2)
    })
    for (const port of waiting) process.postMessage({ kind: 'port' } satisfies ToApp, [port])
    waiting = []
  }

  start()
  return {
    attach(port) {
      if (child === undefined) waiting.push(port)
      else child.postMessage({ kind: 'port' } satisfies ToApp, [port])
    },
    driving: () => services,
    close() {
      closing = true
      const last = child
      if (last === undefined) return Promise.resolve()
      return new Promise((resolve) => {
        const timer = setTimeout(() => last.kill(), closingMs)
        ended = () => {
          clearTimeout(timer)
          resolve()
        }
        last.postMessage({ kind: 'close' } satisfies ToApp)
      })
    },
  }
}
