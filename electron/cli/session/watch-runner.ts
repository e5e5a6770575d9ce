import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** One process above us. */
export type Ancestor = { readonly parent: number; readonly command: string }

/** What runs commands of packages: npm, npx and their kin. */
const runner = /(^|[/\s])(npm|npx|pnpm|pnpx|yarn|bunx?)(\s|$|-cli\.js|\.c?js)/
/** Ourselves, our launcher, a shell, and the runner; one more for a shell that stands between. */
const mostAncestors = 5

/**
 * The processes between us and whoever a person sees: npm and our launcher. npm hands a SIGTERM to its shell, which dies
 * of it and hands on nothing, and a SIGINT or SIGHUP of npm alone reaches nobody: then the only sign is that it is gone.
 * Nobody is watched who was not started in this way: `nohup tranche … &` outlives its shell.
 */
export function findRunners(
  env: Readonly<Record<string, string | undefined>>,
  ppid: number,
  look: (pid: number) => Ancestor | undefined,
): readonly number[] {
  const launcher = Number(env['TRANCHE_LAUNCHER'])
  if (env['npm_lifecycle_script'] === undefined && Number.isNaN(launcher)) return []
  const seen: number[] = []
  let runners: readonly number[] = []
  for (let pid = ppid; pid > 1 && seen.length < mostAncestors;) {
    const found = look(pid)
    if (found === undefined) break
    seen.push(pid)
    if (pid === launcher || runner.test(found.command)) runners = [...seen]
    pid = found.parent
  }
  return runners
}

const everyMs = 300

/** Tells, once, that one of them is gone. Returns its stop function. */
export function watchRunners(runners: readonly number[], onGone: () => void): () => void {
  if (runners.length === 0) return () => undefined
  const timer = setInterval(() => {
    if (runners.every((pid, index) => isThere(pid, runners[index + 1]))) return
    clearInterval(timer)
    onGone()
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** A process that has ended is seen for as long as nobody asks what became of it: its child has another parent by then. */
function isThere(pid: number, parent: number | undefined): boolean {
  const found = fromProc(pid)
  if (found !== undefined && parent !== undefined && found.parent !== parent) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export function lookAtProcess(pid: number): Ancestor | undefined {
  return fromProc(pid) ?? fromPs(pid)
}

function fromProc(pid: number): Ancestor | undefined {
  try {
    // The name in parentheses may hold anything, also a parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, parent = ''] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    return { parent: Number(parent), command }
  } catch {
    return undefined
  }
}

function fromPs(pid: number): Ancestor | undefined {
  try {
    const options = { encoding: 'utf8' as const, timeout: 2_000 }
    const line = execFileSync('/bin/ps', ['-o', 'ppid=,args=', '-p', `${pid}`], options).trim()
    const [, parent, command] = /^(\d+)\s+(.*)$/s.exec(line) ?? []
    return parent === undefined || command === undefined ? undefined : { parent: Number(parent), command }
  } catch {
    return undefined
  }
}
