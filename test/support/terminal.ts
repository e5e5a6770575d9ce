import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { App } from '../../electron/app/app.ts'
import { createSystemApp } from '../../electron/app/create-system-app.ts'
import { createInterrupts, type Interrupts } from '../../electron/cli/session/interrupts.ts'
import type { Io } from '../../electron/cli/session/io.ts'
import { outputLine, type OutputLine } from '../../electron/cli/output/output-line.ts'
import type { Command } from '../../electron/cli/commands/command.ts'
import { run } from '../../electron/cli/run.ts'
import { createRealClock } from '../../electron/training/clock/clock.ts'
import { createTrainingCluster, type TrainingCluster } from '../../electron/training/training-cluster.ts'
import { trainingKubeconfig } from '../../electron/training/training-kubeconfig.ts'
import { visible } from '../../shared/visible.ts'

/** What one command did. */
export type Ran = {
  readonly exit: number
  /** Lines of stdout. */
  readonly out: readonly string[]
  readonly err: string
  /** With `--output json`: the lines, each held against the documented shape. */
  readonly lines: readonly OutputLine[]
  /** Questions that were put. */
  readonly asked: readonly string[]
}

export type RunOptions = {
  /** Somebody sits at the terminal and answers so, in this order. */
  readonly answers?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly interrupts?: Interrupts
  readonly person?: string
  /** After a reboot: no process that ran before can be proved gone. */
  readonly machine?: string
  readonly openApp?: () => Promise<App>
  readonly onLine?: (line: string) => void
  /** Instead of those of the command table. */
  readonly commands?: readonly Command[]
}

/** The terminal host in this process, on a training cluster twenty times as fast. */
export type Terminal = {
  readonly cluster: TrainingCluster
  readonly folder: string
  readonly kubeconfig: string
  /** Where the cluster is, for whoever works beside Tranche. */
  readonly server: string
  tranche(args: readonly string[], options?: RunOptions): Promise<Ran>
  /** How often each Deployment of the namespace has been given another template, by name. */
  revisions(): Promise<Readonly<Record<string, number>>>
  close(): Promise<void>
}

export async function openTerminal(): Promise<Terminal> {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-terminal-'))
  const cluster = createTrainingCluster({ clock: createRealClock(20) })
  const { server, stop } = await cluster.listen({ port: 0 })
  const kubeconfig = join(folder, 'kubeconfig')
  writeFileSync(kubeconfig, trainingKubeconfig(server))

  // Each command is a process of its own, on one machine: those that have ended are gone.
  const running = new Set<number>()
  let started = 0

  async function tranche(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const pid = (started += 1)
    running.add(pid)
    try {
      return await runAs(pid, args, options)
    } finally {
      running.delete(pid)
    }
  }

  async function runAs(pid: number, args: readonly string[], options: RunOptions): Promise<Ran> {
    const answers = [...(options.answers ?? [])]
    const asked: string[] = []
    let out = ''
    let err = ''
    const env = { KUBECONFIG: kubeconfig, LANG: 'C', ...options.env }
    const io: Io = {
      args,
      env,
      stdout: {
        isTTY: false,
        write(text) {
          out += text
          for (const line of text.trimEnd().split('\n')) options.onLine?.(line)
        },
      },
      stderr: { isTTY: false, write: (text) => void (err += text) },
      ask:
        options.answers === undefined
          ? undefined
          : (question) => {
              // As a terminal shows it.
              asked.push(visible(question))
              return Promise.resolve(answers.shift() ?? '')
            },
      interrupts: options.interrupts ?? createInterrupts(),
      setTimer(seconds, fire) {
        const timer = setTimeout(fire, seconds * 1000)
        return () => clearTimeout(timer)
      },
      readFile: (path) => readFileSync(path, 'utf8'),
      loadFile: (path) => readFile(path, 'utf8'),
      person: options.person ?? `${userInfo().username}@${hostname()}`,
      version: '0.0.0',
      openApp:
        options.openApp ??
        (({ kubeconfig: file, training, dataFolder }) =>
          createSystemApp({
            training: training ? 'only' : 'off',
            dataFolder: dataFolder ?? join(folder, 'data'),
            env: { ...env, ...(file !== undefined && { KUBECONFIG: file }) },
            homedir: folder,
            version: '0',
            resumeReleases: false,
            identity: {
              process: { machine: options.machine ?? 'test', pid, started: String(pid) },
              isGone: (one) => !running.has(one.pid),
            },
            log: () => undefined,
          })),
    }
    const exit = await run(io, options.commands)
    const written = out.split('\n').filter((line) => line !== '')
    const lines = args.includes('json') ? written.map((line) => outputLine.parse(JSON.parse(line))) : []
    return { exit, out: written, err, lines, asked }
  }

  return {
    cluster,
    folder,
    kubeconfig,
    server,
    tranche,
    async revisions() {
      const answer = await fetch(`${server}/apis/apps/v1/namespaces/demo/deployments`)
      const list = (await answer.json()) as {
        readonly items: readonly {
          readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> }
        }[]
      }
      return Object.fromEntries(
        list.items.map(({ metadata }) => [
          metadata.name,
          Number(metadata.annotations['deployment.kubernetes.io/revision']),
        ]),
      )
    },
    async close() {
      await stop()
      await cluster.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The lines of one kind. */
export function linesOf<K extends OutputLine['kind']>(
  { lines }: Pick<Ran, 'lines'>,
  kind: K,
): readonly Extract<OutputLine, { readonly kind: K }>[] {
  return lines.filter((line): line is Extract<OutputLine, { readonly kind: K }> => line.kind === kind)
}
