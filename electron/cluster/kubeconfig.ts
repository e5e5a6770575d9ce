import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import type { z } from 'zod'
import { connectionId } from '../../shared/ids.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from './connection-spec.ts'
import { clusterSchema, contextSchema, fileSchema, userSchema, type UserEntry } from './kubeconfig-schema.ts'
import { tlsSpec, userSpec, impersonation } from './kubeconfig-entries.ts'

export type { ConnectionSpec, LoadedKubeconfigs } from './connection-spec.ts'

type Problem = LoadedKubeconfigs['problems'][number]
type Loaded = {
  readonly connections: readonly ConnectionSpec[]
  readonly problems: readonly Problem[]
  readonly current: string
}

/**
 * Reads the kubeconfigs that kubectl would read: `$KUBECONFIG` (a list; missing files are skipped), else
 * `~/.kube/config`. Each file stands on its own, so that equal names in two files stay two connections. Executes
 * nothing, connects to nothing, writes nothing.
 */
export function loadKubeconfigs(options: {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly homedir: string
}): LoadedKubeconfigs {
  const listed = (options.env['KUBECONFIG'] ?? '').split(delimiter).filter((path) => path !== '')
  const paths = listed.length > 0 ? [...new Set(listed)] : [join(options.homedir, '.kube', 'config')]
  const files = paths.map((path) => loadFile(resolve(path)))
  // kubectl: the first file that names a current context wins, and then the first file that has that context.
  const current = files.find((file) => file.current !== '')?.current ?? ''
  const all = files.flatMap((file) => file.connections)
  const chosen = all.find((one) => one.name === current)
  return {
    connections: all.map((one) => ({ ...one, current: one === chosen })),
    problems: files.flatMap((file) => file.problems),
    lookedAt: paths,
  }
}

function loadFile(file: string): Loaded {
  const none = (message: string): Loaded => ({ connections: [], problems: [{ file, message }], current: '' })
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return missing
      ? { connections: [], problems: [], current: '' }
      : none(`The file could not be read: ${String(error)}`)
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return none('The file is UTF-16 (PowerShell writes that): save it as UTF-8.')
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text.trim() === '') return none('The file is empty.')
  const document = parseDocument(text, { uniqueKeys: true })
  const wrong = document.errors[0]
  if (wrong !== undefined) return none(`The file is not valid YAML: ${wrong.message.split('\n')[0] ?? ''}`)
  const parsed = fileSchema.safeParse(document.toJS())
  if (!parsed.success) return none(`The file is no kubeconfig: ${firstIssue(parsed.error)}`)
  return readEntries(file, parsed.data)
}

function readEntries(file: string, data: z.output<typeof fileSchema>): Loaded {
  const problems: Problem[] = []
  const clusters = entries(data.clusters, { file, key: 'cluster', schema: clusterSchema, problems })
  const users = entries(data.users, { file, key: 'user', schema: userSchema, problems })
  const contexts = entries(data.contexts, { file, key: 'context', schema: contextSchema, problems })
  const connections: ConnectionSpec[] = []
  for (const [name, context] of contexts) {
    const cluster = clusters.get(context.cluster)
    if (cluster === undefined) {
      problems.push({
        file,
        message: `Context ${name}: its cluster "${context.cluster}" is not defined in this file.`,
      })
      continue
    }
    const user = context.user === '' ? emptyUser : users.get(context.user)
    if (user === undefined) {
      problems.push({
        file,
        message: `Context ${name}: its user "${context.user}" is not defined in this file.`,
      })
      continue
    }
    const tls = tlsSpec(file, cluster)
    const acting = impersonation(user)
    connections.push({
      id: connectionId(createHash('sha256').update(`${file}\0${name}`).digest('hex').slice(0, 16)),
      name,
      file,
      namespace: context.namespace || 'default',
      server: cluster.server.replace(/\/$/, ''),
      user: userSpec(file, user),
      tls: tls.tls,
      warnings: tls.warnings,
      current: false,
      ...(cluster['proxy-url'] !== '' && { proxyUrl: cluster['proxy-url'] }),
      ...(acting !== undefined && { impersonate: acting }),
    })
  }
  return { connections, problems, current: data['current-context'] }
}

const emptyUser: UserEntry = userSchema.parse({})

/** The good entries by name, the first of equal names; what is wrong with the others is told. */
function entries<S extends z.ZodType>(
  list: readonly Readonly<Record<string, unknown>>[] | null | undefined,
  from: { readonly file: string; readonly key: string; readonly schema: S; readonly problems: Problem[] },
): ReadonlyMap<string, z.output<S>> {
  const found = new Map<string, z.output<S>>()
  for (const entry of list ?? []) {
    const name = String(entry['name'])
    const parsed = from.schema.safeParse(entry[from.key] ?? {})
    if (!parsed.success) {
      from.problems.push({
        file: from.file,
        message: `The ${from.key} "${name}" is not usable: ${firstIssue(parsed.error)}`,
      })
    } else if (found.has(name)) {
      from.problems.push({
        file: from.file,
        message: `The ${from.key} "${name}" is defined twice; the first one counts.`,
      })
    } else found.set(name, parsed.data)
  }
  return found
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'unknown' : `${issue.path.join('.') || 'it'}: ${issue.message}`
}
