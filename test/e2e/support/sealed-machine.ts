import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..', '..', '..')
const recorder = pathToFileURL(join(import.meta.dirname, 'record-connections.mjs')).href

/** Nobody but root of a namespace may give it a loopback. */
const enterSealed = ['--user', '--map-root-user', '--net', '--', 'sh', '-c']
const withLoopback = 'ip link set lo up && exec "$0" "$@"'

/** Whether this machine can start programs in a network of their own that leads nowhere. */
export function canSeal(): boolean {
  return (
    process.platform === 'linux' && spawnSync('unshare', [...enterSealed, 'ip link set lo up']).status === 0
  )
}

/** What was tried in vain since the start, by the kernel's own count: it sees every program and every protocol. */
type Unreachable = { readonly ipv4: number; readonly ipv6: number }

/** A program with a home of its own and every connection of its Node processes written down. */
export type SealedProgram = {
  /** The first line that it prints of those asked for. */
  readonly said: string
  /** Undefined where the network is the machine's own. */
  unreachable(): Unreachable | undefined
  /** `connects to HOST by PROGRAM`, of all its processes. */
  recorded(): readonly string[]
  /** A program that starts another one in the same network. */
  alsoIn(program: string): string
  stop(): Promise<void>
}

/** Starts a program and waits for its line; `sealed`: in a network without any way out. */
export async function startSealed(
  [command = '', ...args]: readonly string[],
  {
    sealed,
    until,
    env,
  }: { readonly sealed: boolean; readonly until: RegExp; readonly env?: NodeJS.ProcessEnv },
): Promise<SealedProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-sealed-'))
  const record = join(folder, 'connections')
  const whole = sealed ? ['unshare', ...enterSealed, withLoopback, command, ...args] : [command, ...args]
  const [program = '', ...rest] = whole
  const child = spawn(program, rest, {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      USERPROFILE: folder,
      LANG: 'C.UTF-8',
      NODE_OPTIONS: `--import=${recorder}`,
      RECORD_CONNECTIONS: record,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32',
    // A group of its own: what it started ends with it.
    detached: true,
  })
  const said = await lineOf(child, until)
  return {
    said,
    unreachable: () => (sealed ? unreachableIn(child) : undefined),
    recorded: () => (existsSync(record) ? readFileSync(record, 'utf8').trimEnd().split('\n') : []),
    alsoIn(other) {
      if (!sealed) return other
      const script = join(folder, 'enter')
      const enter = `nsenter --target ${child.pid ?? 0} --user --net --preserve-credentials`
      writeFileSync(script, `#!/bin/sh\nexec ${enter} -- '${other}' "$@"\n`)
      chmodSync(script, 0o755)
      return script
    },
    async stop() {
      await ended(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function lineOf(child: ChildProcess, until: RegExp): Promise<string> {
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('exit', (code) => fail(new Error(`it ended with ${code ?? 'a signal'}`)))
    if (child.stdout === null) return
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = until.exec(line)?.[1]
      if (said !== undefined) done(said)
    })
  })
}

function unreachableIn({ pid = 0 }: ChildProcess): Unreachable {
  const [names = '', values = ''] = readFileSync(`/proc/${pid}/net/snmp`, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Ip: '))
  const at = names.split(' ').indexOf('OutNoRoutes')
  const ipv6 = /^Ip6OutNoRoutes\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/net/snmp6`, 'utf8'))
  return { ipv4: Number(values.split(' ')[at]), ipv6: Number(ipv6?.[1]) }
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done()
    else child.once('exit', () => done())
    if (process.platform === 'win32') child.kill()
    else process.kill(-(child.pid ?? 0), 'SIGTERM')
  })
}
