import { delimiter, dirname, join, resolve } from 'node:path'
import { assertNever } from '../../../shared/assert-never.ts'
import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { sentenceOf } from '../../../shared/fault.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from '../dial/connection-spec.ts'
import type { ForeignFiles } from '../dial/foreign-files.ts'
import { contextId, findParts, toConnection, type Lookup } from './kubeconfig-context.ts'
import {
  readKubeconfigFile,
  unreadKubeconfig,
  type KubeconfigFile,
  type KubeconfigReading,
} from './kubeconfig-file.ts'
import { kubeconfigsIn } from './kubeconfig-folder.ts'

export type { ConnectionSpec, LoadedKubeconfigs } from '../dial/connection-spec.ts'

type Problem = LoadedKubeconfigs['problems'][number]

export type KubeconfigPlaces = {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
  /** Files and folders that were added in Tranche: each stands on its own, kubectl does not know them. */
  readonly added?: readonly string[]
  /** Where text that was pasted is kept: relative paths in it mean nothing. */
  readonly pasted?: string
}

type Listed = { readonly path: string; /** As it stands in KUBECONFIG. */ readonly written: string }

/** The files that kubectl reads: `$KUBECONFIG` (a list, even if it names none), else `~/.kube/config`. */
function kubectlFiles({ env, homedir }: KubeconfigPlaces): readonly Listed[] {
  const listed = env['KUBECONFIG'] ?? ''
  const written =
    listed === '' ? [join(homedir, '.kube', 'config')] : listed.split(delimiter).filter((path) => path !== '')
  const files = written.map((path) => ({ path: resolve(path), written: path }))
  return files.filter((file, at) => files.findIndex((one) => one.path === file.path) === at)
}

/** Every file and folder that is looked at, there or not. */
export function kubeconfigPaths(places: KubeconfigPlaces): readonly string[] {
  const listed = kubectlFiles(places).map((one) => one.path)
  return [...new Set([...listed, ...addedPaths(places)])]
}

/** However they were typed: with `..` in them, or with a slash at the end. */
function addedPaths({ added = [] }: KubeconfigPlaces): readonly string[] {
  return [...new Set(added.map((path) => resolve(path)))]
}

export type FoundKubeconfig = {
  readonly path: string
  readonly from: 'kubectl' | 'added'
  readonly reading: KubeconfigReading
  /** As it stands in KUBECONFIG, where it is read for that. */
  readonly written?: string
}

/**
 * Each file once, in the order in which it counts: a file that kubectl reads may lie in a folder that was added, or be
 * what a link there leads to. Executes nothing, connects to nothing, writes nothing.
 */
export async function readKubeconfigs(
  places: KubeconfigPlaces,
  files: ForeignFiles,
): Promise<readonly FoundKubeconfig[]> {
  const listed = kubectlFiles(places)
  const paths = listed.map((one) => one.path)
  const added = await Promise.all(
    addedPaths(places)
      .filter((path) => !paths.includes(path))
      .map((path) => kubeconfigsIn(path, files)),
  )
  const others = added.flat().filter((one) => !paths.includes(one.path))
  const readAt = (path: string): Promise<KubeconfigReading> =>
    readKubeconfigFile(path, dirname(path) === places.pasted ? undefined : dirname(path), files)
  const all = await Promise.all([
    ...listed.map(async ({ path, written }): Promise<FoundKubeconfig> => ({
      path,
      from: 'kubectl',
      written,
      reading: await readAt(path),
    })),
    ...others.map(async (one): Promise<FoundKubeconfig> => ({
      path: one.path,
      from: 'added',
      reading: one.kind === 'unread' ? unreadKubeconfig(one.why) : await readAt(one.path),
    })),
  ])
  const identities = await Promise.all(all.map(({ path }) => identityOf(path, files)))
  return all.filter(({ from }, at) => from === 'kubectl' || identities.indexOf(identities[at] ?? '') === at)
}

/** The same for all the names of one file; where nothing is known, its path. */
async function identityOf(path: string, files: ForeignFiles): Promise<string> {
  const found = await files.look(path)
  return found.kind === 'unread' ? path : found.identity
}

/**
 * All contexts of all kubeconfigs. Each file stands on its own, so that equal names in two files stay two connections;
 * where kubectl's merge of the files gives a context another cluster or user, that is a connection of its own too.
 */
export async function loadKubeconfigs(
  places: KubeconfigPlaces,
  reader: ForeignFiles,
): Promise<LoadedKubeconfigs> {
  const found = await readKubeconfigs(places, reader)
  const lookedAt = kubeconfigPaths(places)
  const problems = found.flatMap((one) => problemsOf(one, found))
  const filesOf = (from: FoundKubeconfig['from']): readonly KubeconfigFile[] =>
    found.flatMap((one) => (one.from === from && one.reading.kind === 'read' ? [one.reading.file] : []))
  const files = filesOf('kubectl')
  const own = files.flatMap((file) => contextsOf(file, files, problems))
  // kubectl: the first file that names a current context wins.
  const current = files.find((file) => file.current !== '')?.current ?? ''
  const all = [...own, ...mergedContexts(files, own)]
  const chosen = all.findLast((one) => one.name === current && isFirst(one, files))
  return {
    connections: [
      ...all.map((one) => (one === chosen ? { ...one, current: true } : one)),
      ...filesOf('added').flatMap((file) => contextsOf(file, [file], problems)),
    ],
    problems,
    unread: found.flatMap(({ path, reading }) => (reading.kind === 'unread' ? [path] : [])),
    unresolved: unresolvedIn(found, own),
    lookedAt: lookedAt.length > 0 ? lookedAt : ['$KUBECONFIG'],
  }
}

/** Where a file of kubectl's list can't be read, what seems to lead nowhere may lead there. */
function unresolvedIn(
  found: readonly FoundKubeconfig[],
  own: readonly ConnectionSpec[],
): LoadedKubeconfigs['unresolved'] {
  const listed = found.filter((one) => one.from === 'kubectl')
  if (!listed.some((one) => one.reading.kind === 'unread')) return []
  return listed.flatMap(({ path, reading }) =>
    reading.kind !== 'read'
      ? []
      : [...reading.file.contexts.keys()]
          .filter((name) => !own.some((one) => one.file === path && one.name === name))
          .map((name) => contextId(identityOfContext(path, name))),
  )
}

function identityOfContext(file: string, name: string): string {
  return `${file}\0${name}`
}

/** What is wrong with one of them as it is read with the others; a context that leads nowhere is told elsewhere. */
export function problemsOf(
  { path, reading, from, written }: FoundKubeconfig,
  all: readonly FoundKubeconfig[],
): Problem[] {
  const because = refusedFor(all)
  const list = all.filter((one) => one.from === 'kubectl').length
  const told = (all: readonly FaultSentence[]): Problem[] => all.map((says) => ({ file: path, says }))
  const refusal: readonly FaultSentence[] =
    from === 'kubectl' && because === path && list > 1 ? [{ kind: 'list-refused' }] : []
  switch (reading.kind) {
    case 'read':
      return told([...reading.file.problems, ...refusal])
    case 'unread':
      return told([reading.says, ...refusal])
    case 'missing':
      // kubectl passes over files that are not there, without a word also over those that nobody could find.
      return written !== undefined && /^[~$]/.test(written) ? told([{ kind: 'not-expanded', written }]) : []
    default:
      return assertNever(reading)
  }
}

/** The file for which kubectl refuses its whole list. */
export function refusedFor(all: readonly FoundKubeconfig[]): string | undefined {
  return all.find(
    ({ from, reading }) =>
      from === 'kubectl' &&
      (reading.kind === 'unread'
        ? reading.refusedByKubectl
        : reading.kind === 'read' && reading.file.refusedByKubectl),
  )?.path
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
    const warnings: Lookup['warnings'] =
      first === file.path || first === undefined ? [] : [{ kind: 'context-hidden', by: first }]
    const lookup: Lookup = {
      name,
      context,
      files: [file, ...files],
      identity: identityOfContext(file.path, name),
      warnings,
    }
    const parts = findParts(lookup)
    if (parts.ok) return [toConnection(lookup, parts.value)]
    problems.push({ file: file.path, says: sentenceOf(parts.fault) })
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
        { which: 'cluster', name: context.entry.cluster, file: cluster.file } as const,
        { which: 'user', name: context.entry.user, file: user.file } as const,
      ].filter(({ file }) => file !== one.file)
      const warning = { kind: 'context-merged', parts: elsewhere } as const
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
