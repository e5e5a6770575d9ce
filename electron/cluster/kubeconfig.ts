import { delimiter, dirname, join, resolve } from 'node:path'
import type { ConnectionSpec, LoadedKubeconfigs } from './connection-spec.ts'
import { findParts, toConnection, type Lookup } from './kubeconfig-context.ts'
import { readKubeconfigFile, type KubeconfigFile } from './kubeconfig-file.ts'
import { kubeconfigsIn } from './kubeconfig-folder.ts'

export type { ConnectionSpec, LoadedKubeconfigs } from './connection-spec.ts'

type Problem = LoadedKubeconfigs['problems'][number]

export type KubeconfigPlaces = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
  /** Files and folders that were added in Tranche: each stands on its own, kubectl does not know them. */
  readonly added?: readonly string[]
  /** Where text that was pasted is kept: relative paths in it mean nothing. */
  readonly pasted?: string
}

/** The files that kubectl reads: `$KUBECONFIG` (a list, even if it names none), else `~/.kube/config`. */
function kubectlPaths({ env, homedir }: KubeconfigPlaces): readonly string[] {
  const listed = env['KUBECONFIG'] ?? ''
  const paths =
    listed === '' ? [join(homedir, '.kube', 'config')] : listed.split(delimiter).filter((path) => path !== '')
  return [...new Set(paths.map((path) => resolve(path)))]
}

/** Every file and folder that is looked at, there or not. */
export function kubeconfigPaths(places: KubeconfigPlaces): readonly string[] {
  return [...new Set([...kubectlPaths(places), ...(places.added ?? [])])]
}

/**
 * All contexts of all kubeconfigs. Each file stands on its own, so that equal names in two files stay two connections;
 * where kubectl's merge of the files gives a context another cluster or user, that is a connection of its own too.
 * Executes nothing, connects to nothing, writes nothing.
 */
export function loadKubeconfigs(places: KubeconfigPlaces): LoadedKubeconfigs {
  const problems: Problem[] = []
  const listed = kubectlPaths(places)
  const lookedAt = kubeconfigPaths(places)
  const files = listed.flatMap((path) => read(path, places, problems))
  const added = (places.added ?? []).filter((path) => !listed.includes(path))
  const others = [...new Set(added.flatMap((path) => kubeconfigsIn(path)))]
    // A folder that was added may hold a file that kubectl reads anyway: its contexts are there once.
    .filter((path) => !listed.includes(path))
    .flatMap((path) => read(path, places, problems))
  const own = files.flatMap((file) => contextsOf(file, files, problems))
  // kubectl: the first file that names a current context wins.
  const current = files.find((file) => file.current !== '')?.current ?? ''
  const all = [...own, ...mergedContexts(files, own)]
  const chosen = all.findLast((one) => one.name === current && isFirst(one, files))
  return {
    connections: [
      ...all.map((one) => (one === chosen ? { ...one, current: true } : one)),
      ...others.flatMap((file) => contextsOf(file, [file], problems)),
    ],
    problems,
    lookedAt: lookedAt.length > 0 ? lookedAt : ['$KUBECONFIG'],
  }
}

function read(path: string, { pasted }: KubeconfigPlaces, problems: Problem[]): readonly KubeconfigFile[] {
  const file = readKubeconfigFile(path, dirname(path) === pasted ? undefined : dirname(path))
  if (file.ok) {
    problems.push(...file.value.problems.map((message) => ({ file: path, message })))
    return [file.value]
  }
  // kubectl passes over files that are not there.
  if (file.fault.code !== 'not-found') problems.push({ file: path, message: file.fault.message })
  return []
}

/** Whether kubectl sees this context: it takes the first of equal names. */
function isFirst({ name, file }: ConnectionSpec, files: readonly KubeconfigFile[]): boolean {
  return files.find((one) => one.contexts.has(name))?.path === file
}

/** The contexts of one file. What they name is looked for there first, then where kubectl would. */
export function contextsOf(
  file: KubeconfigFile,
  files: readonly KubeconfigFile[],
  problems: Problem[],
): readonly ConnectionSpec[] {
  return [...file.contexts].flatMap(([name, context]) => {
    const first = files.find((one) => one.contexts.has(name))?.path
    const warnings =
      first === file.path || first === undefined
        ? []
        : [`kubectl does not see this context: ${first} has one of the same name.`]
    const lookup: Lookup = {
      name,
      context,
      files: [file, ...files],
      identity: `${file.path}\0${name}`,
      warnings,
    }
    const parts = findParts(lookup)
    if (parts.ok) return [toConnection(lookup, parts.value)]
    problems.push({ file: file.path, message: parts.fault.message })
    return []
  })
}

/** What kubectl makes of the files together, where that is something else: it takes the first definition of a name. */
function mergedContexts(
  files: readonly KubeconfigFile[],
  own: readonly ConnectionSpec[],
): readonly ConnectionSpec[] {
  return own
    .filter((one) => isFirst(one, files))
    .flatMap((one) => {
      const context = files.find((file) => file.path === one.file)?.contexts.get(one.name)
      if (context === undefined) return []
      const lookup = { name: one.name, context, files, identity: `kubectl\0${one.name}`, warnings: [] }
      const parts = findParts(lookup)
      if (!parts.ok) return []
      const { cluster, user } = parts.value
      const elsewhere = [
        ...(cluster.file === one.file ? [] : [`cluster "${context.entry.cluster}" of ${cluster.file}`]),
        ...(user.file === one.file ? [] : [`user "${context.entry.user}" of ${user.file}`]),
      ]
      const warning = `As kubectl merges the files: with ${elsewhere.join(' and ')}.`
      const merged = {
        ...toConnection({ ...lookup, warnings: [warning] }, parts.value),
        merged: true,
      } as const
      return sameTarget(merged, one) ? [] : [merged]
    })
}

/** Whether two entries lead to the same server as the same person. */
export function sameTarget(a: ConnectionSpec, b: ConnectionSpec): boolean {
  const target = ({ server, user, tls, clientCertificate, proxyUrl, impersonate }: ConnectionSpec): string =>
    JSON.stringify([server, user, tls, clientCertificate, proxyUrl, impersonate])
  return target(a) === target(b)
}
