import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One process of the control plane. It ends when its standard input does, so also when this process dies. */
export type PartProcess = {
  readonly name: string
  readonly processId: number
  /** What it printed last: for messages about why it does not work. */
  lastLines(): string
  hasEnded(): boolean
  stop(): Promise<void>
}

export function startPart(options: {
  readonly program: string
  readonly directory: string
  readonly name: string
  readonly args: readonly string[]
}): PartProcess {
  const { program, directory, name, args } = options
  const log = join(directory, `${name}.log`)
  const output = openSync(log, 'a', 0o600)
  const child = spawn(program, args, { cwd: directory, stdio: ['pipe', output, output] })
  closeSync(output)
  let isOver = false
  const ended = new Promise<void>((resolve) => {
    for (const event of ['exit', 'error'] as const) {
      child.once(event, () => {
        isOver = true
        resolve()
      })
    }
  })
  // Writing never happens; that the other end closes is no error.
  child.stdin?.on('error', () => undefined)

  return {
    name,
    processId: child.pid ?? 0,
    lastLines() {
      try {
        return readFileSync(log, 'utf8').split('\n').slice(-15).join('\n')
      } catch {
        return ''
      }
    },
    hasEnded: () => isOver,
    async stop() {
      child.stdin?.end()
      // It has nothing to finish; one that hangs is not waited for.
      const killer = setTimeout(() => child.kill('SIGKILL'), 5_000)
      await ended
      clearTimeout(killer)
    },
  }
}
