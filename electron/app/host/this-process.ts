import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import type { ProcessMark } from '../../release/holder.ts'

/** What is read of a machine: its files, and the programs of one that has no such files. */
export type MachineReads = {
  readonly platform: string
  read(path: string): string
  link(path: string): string
  run(program: string, args: readonly string[]): string
  /** As `process.kill(pid, 0)`: throws with a code. */
  signal(pid: number): void
}

export const thisMachine: MachineReads = {
  platform: process.platform,
  read: (path) => readFileSync(path, 'utf8'),
  link: (path) => readlinkSync(path),
  run: (program, args) =>
    execFileSync(program, args, { encoding: 'utf8', timeout: 2_000, env: { LC_ALL: 'C' }, stdio: 'pipe' }),
  signal: (pid) => void process.kill(pid, 0),
}

/** Of a process that runs now. Where it can't be known, it is like no other: nothing is ever proved of it. */
export function markOf(pid: number, machine: MachineReads): ProcessMark {
  const started = startOf(pid, machine)
  const name = machineOf(machine)
  const isKnown = started !== undefined && name !== undefined
  return { machine: isKnown ? name : `unknown-${randomUUID()}`, pid, started: started ?? '0' }
}

/**
 * Whether a process of this very machine is proved to be gone: there is none of its number, or a later one has it. One
 * that may not be asked, or of which it can't be read when it began, may be it.
 */
export function isGone({ pid, started }: ProcessMark, machine: MachineReads): boolean {
  try {
    machine.signal(pid)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return true
  }
  const now = startOf(pid, machine)
  return now !== undefined && now !== started
}

/** This boot of this machine; in Linux also the namespaces in which numbers and start times of processes are counted. */
function machineOf(machine: MachineReads): string | undefined {
  if (machine.platform === 'linux') {
    const boot = tried(() => machine.read('/proc/sys/kernel/random/boot_id').trim())
    const processes = tried(() => machine.link('/proc/self/ns/pid'))
    if (boot === undefined || processes === undefined) return undefined
    const times = tried(() => machine.link('/proc/self/ns/time')) ?? ''
    return plain(`${boot}.${processes}.${times}`)
  }
  if (machine.platform !== 'darwin') return undefined
  const boot = tried(() => machine.run('/usr/sbin/sysctl', ['-n', 'kern.bootsessionuuid']))
  return boot === undefined || boot.trim() === '' ? undefined : plain(boot)
}

/** When it began, in whatever the system counts; only ever compared. */
function startOf(pid: number, machine: MachineReads): string | undefined {
  if (machine.platform === 'linux') {
    // Field 22, counted after the name: that stands in brackets and may hold brackets and blanks itself.
    const stat = tried(() => machine.read(`/proc/${pid}/stat`))
    const started = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return started === undefined || !/^\d+$/.test(started) ? undefined : started
  }
  if (machine.platform !== 'darwin') return undefined
  const text = tried(() => machine.run('/bin/ps', ['-o', 'lstart=', '-p', `${pid}`]))
  return text === undefined || text.trim() === '' ? undefined : plain(text)
}

/** Without what separates the parts of a holder. */
function plain(text: string): string {
  return text.replaceAll(/[^a-zA-Z0-9.]/g, '')
}

function tried(read: () => string): string | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
