import type { spawn } from 'node:child_process'
import { delimiter } from 'node:path'
import type { Clock } from '../clock/clock.ts'
import { startProgram } from './start-program.ts'

type Environment = Readonly<Record<string, string | undefined>>

const timeLimitMs = 10_000
const longestOutput = 1024 * 1024

/**
 * The environment of this person's login shell, asked for once. Programs started from a dock have a short PATH and no
 * KUBECONFIG; plugins of aws, gcloud, az and krew live where only the shell looks. Empty if the shell can't say.
 */
export function createLoginShell(tools: {
  readonly spawn: typeof spawn
  readonly clock: Clock
  readonly env: Environment
  /** Something that no greeting of a shell contains. */
  readonly marker: string
  readonly log: (line: string) => void
}): () => Promise<Environment> {
  let asked: Promise<Environment> | undefined
  return () => (asked ??= ask(tools))
}

function ask(tools: Parameters<typeof createLoginShell>[0]): Promise<Environment> {
  const { env, marker, log } = tools
  const shell = env['SHELL'] ?? ''
  if (process.platform === 'win32' || shell === '') return Promise.resolve({})
  return new Promise((resolve) => {
    // Interactive as well, because zsh sets PATH in .zshrc. Markers, because greetings and integrations print.
    const script = `printf %s ${marker}; command env -0; printf %s ${marker}`
    let stopTimer = (): void => undefined
    function finish(found: Environment): void {
      stopTimer()
      resolve(found)
    }
    const child = startProgram(
      () =>
        tools.spawn(shell, ['-i', '-l', '-c', script], {
          stdio: ['ignore', 'pipe', 'ignore'],
          // A session of its own: it finds no terminal to stop us on.
          detached: true,
          env: {
            ...env,
            TERM: 'dumb',
            DISABLE_AUTO_UPDATE: 'true',
            ITERM_SHELL_INTEGRATION_INSTALLED: 'Yes',
          },
        }),
      (error) => {
        log(`${shell} could not be started: ${error.message}`)
        finish({})
      },
    )
    if (child === undefined) return
    const { pid } = child
    let output = ''
    stopTimer = tools.clock.setTimer(timeLimitMs, () => {
      log(`${shell} did not tell its environment within ${timeLimitMs / 1000} s`)
      end()
      finish({})
    })
    function end(): void {
      if (pid === undefined) return
      try {
        process.kill(-pid, 'SIGKILL')
      } catch {
        // It ended by itself at the same moment.
      }
    }
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (output.length > longestOutput) end()
      // Not waiting for its end: something that .zshrc started may hold the pipe open.
      const parts = output.split(marker)
      if (parts.length < 3) return
      finish(parse(parts[1] ?? ''))
      end()
    })
    child.on('close', () => finish({}))
  })
}

function parse(text: string): Environment {
  return Object.fromEntries(
    text.split('\0').flatMap((line) => {
      const at = line.indexOf('=')
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : []
    }),
  )
}

/** Ours, with what only the shell has; on PATH the shell's folders come first, as in a terminal. */
export function withLoginShell(own: Environment, shell: Environment): Environment {
  const folders = [shell['PATH'], own['PATH']].flatMap((path) => (path ?? '').split(delimiter))
  const path = [...new Set(folders.filter((folder) => folder !== ''))].join(delimiter)
  return { ...shell, ...own, PATH: path }
}
