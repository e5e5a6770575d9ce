import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

export type Built =
  | { readonly kind: 'built'; readonly path: string; readonly seconds: number }
  | { readonly kind: 'missing'; readonly what: string }
  | { readonly kind: 'failed'; readonly output: string }

const folder = import.meta.dirname
const suffix = process.platform === 'win32' ? '.exe' : ''

function goVersion(): string {
  return /^go (\S+)$/m.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1] ?? ''
}

/** The version of Kubernetes that is built, for instance `v1.36.3`. */
export function kubernetesVersion(): string {
  return /k8s\.io\/kubernetes (v\S+)/.exec(readFileSync(join(folder, 'go.mod'), 'utf8'))?.[1] ?? ''
}

/** Where the program is, or will be: outside the tree, by the digest of all that it is built from. */
export function controlPlaneProgram(): string {
  const hash = createHash('sha256')
  const sources = readdirSync(folder).filter((name) => name.endsWith('.go') || /^go\.(mod|sum)$/.test(name))
  for (const name of sources.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  const caches =
    process.env['XDG_CACHE_HOME'] ??
    (process.platform === 'win32' ? process.env['LOCALAPPDATA'] : undefined) ??
    join(homedir(), '.cache')
  const digest = hash.digest('hex').slice(0, 16)
  return join(caches, 'tranche', 'controlplane', digest, `control-plane${suffix}`)
}

function findGo(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return [...folders, '/usr/local/go/bin']
    .map((one) => join(one, `go${suffix}`))
    .find((path) => existsSync(path))
}

/** Says what is missing to build, if anything. A Go from 1.21 on may fetch the version that go.mod asks for. */
function findToolchain(): { readonly go: string } | { readonly missing: string } {
  const wanted = goVersion()
  const go = findGo()
  if (go === undefined) return { missing: `Go ${wanted} or newer is missing (https://go.dev/dl)` }
  const { stdout, stderr, status } = spawnSync(go, ['env', 'GOVERSION'], { cwd: folder, encoding: 'utf8' })
  const found = /go(\d+)\.(\d+)/.exec(stdout)
  const [major = 0, minor = 0] = wanted.split('.').map(Number)
  const isNewEnough =
    found !== null && (Number(found[1]) > major || (Number(found[1]) === major && Number(found[2]) >= minor))
  if (status === 0 && isNewEnough) return { go }
  const said = (status === 0 ? stdout : stderr).trim().split('\n').at(-1) ?? ''
  return { missing: `Go ${wanted} or newer is missing: ${go} says "${said}"` }
}

/** Builds the program once; afterwards it is only found. A cold build takes about ten minutes on two cores. */
export function buildControlPlane(): Built {
  const path = controlPlaneProgram()
  if (existsSync(path)) return { kind: 'built', path, seconds: 0 }
  const toolchain = findToolchain()
  if ('missing' in toolchain) return { kind: 'missing', what: toolchain.missing }
  const started = performance.now()
  const version = kubernetesVersion()
  const [, major = '', minor = ''] = /^v(\d+)\.(\d+)/.exec(version) ?? []
  const stamp = Object.entries({ gitVersion: version, gitMajor: major, gitMinor: minor })
    .map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`)
    .join(' ')
  mkdirSync(join(path, '..'), { recursive: true })
  // Renamed when it is whole: another build at the same time, or one that was broken off, does no harm.
  const unfinished = `${path}.${process.pid}`
  const run = spawnSync(
    toolchain.go,
    ['build', '-trimpath', '-buildvcs=false', '-ldflags', `-s -w ${stamp}`, '-o', unfinished, '.'],
    { cwd: folder, encoding: 'utf8' },
  )
  if (run.status !== 0) {
    rmSync(unfinished, { force: true })
    return { kind: 'failed', output: run.error?.message ?? run.stderr }
  }
  renameSync(unfinished, path)
  return { kind: 'built', path, seconds: (performance.now() - started) / 1000 }
}
