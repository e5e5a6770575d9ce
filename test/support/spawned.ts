import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { outputLine, type OutputLine } from '../../electron/cli/output/output-line.ts'

const root = resolve(import.meta.dirname, '..', '..')

/** A process of ours whose lines can be waited for. */
export type Spawned = {
  readonly child: ChildProcessWithoutNullStreams
  /** Lines of stdout so far. */
  lines(): readonly string[]
  objects(): readonly OutputLine[]
  stderr(): string
  /** The first line, past or to come, that fits; fails with everything that was said if it ends without. */
  line(fits: (line: string) => boolean): Promise<string>
  /** Resolves with its exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>
}

export function spawnNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): Spawned {
  const child = spawn(process.execPath, [...args], { cwd: root, env: { ...process.env, LANG: 'C', ...env } })
  const lines: string[] = []
  let stderr = ''
  let over = false
  let waiting: (() => void)[] = []
  const wake = (): void => {
    const all = waiting
    waiting = []
    for (const one of all) one()
  }
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line)
    wake()
  })
  child.stderr.on('data', (data) => (stderr += String(data)))
  const ended = new Promise<number | NodeJS.Signals>((done) => {
    child.on('close', (code, signal) => {
      over = true
      wake()
      done(code ?? signal ?? 0)
    })
  })
  return {
    child,
    ended,
    lines: () => lines,
    objects: () => lines.map((line) => outputLine.parse(JSON.parse(line))),
    stderr: () => stderr,
    async line(fits) {
      for (;;) {
        const found = lines.find(fits)
        if (found !== undefined) return found
        if (over) throw new Error(`it ended before that line:\n${lines.join('\n')}\n${stderr}`)
        await new Promise<void>((resume) => waiting.push(resume))
      }
    },
  }
}
