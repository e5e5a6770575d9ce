import { X509Certificate } from 'node:crypto'
import { accessSync, constants } from 'node:fs'
import { dirname } from 'node:path'
import type { FileReport, UserReport } from '../../shared/model/doctor.ts'
import type { ExecSpec } from '../cluster/connection-spec.ts'
import { findOnPath } from '../cluster/exec-command.ts'
import { clientCertificate, userSpec, type Defined } from '../cluster/kubeconfig-entries.ts'
import { readKubeconfigFile } from '../cluster/kubeconfig-file.ts'
import { kubeconfigsIn } from '../cluster/kubeconfig-folder.ts'
import { kubeconfigPaths, type KubeconfigPlaces } from '../cluster/kubeconfig.ts'
import type { UserEntry } from '../cluster/kubeconfig-schema.ts'
import { readText } from '../cluster/read-text.ts'
import { redactArguments } from '../cluster/redact.ts'

/** Every file that is looked at, there or not, with its users. Runs nothing. */
export function surveyKubeconfigs(places: KubeconfigPlaces): readonly FileReport[] {
  const added = places.added ?? []
  return kubeconfigPaths(places).flatMap((path) =>
    (added.includes(path) ? kubeconfigsIn(path) : [path]).map((file) =>
      fileReport(file, added.includes(path) ? 'added' : 'kubectl', places),
    ),
  )
}

function fileReport(path: string, from: FileReport['from'], places: KubeconfigPlaces): FileReport {
  const file = readKubeconfigFile(path, dirname(path) === places.pasted ? undefined : dirname(path))
  const nothing = { path, from, contexts: 0, clusters: 0, users: [] }
  if (!file.ok)
    return file.fault.code === 'not-found'
      ? { ...nothing, state: 'missing', problems: [] }
      : { ...nothing, state: 'unreadable', problems: [file.fault.message] }
  const { contexts, clusters, users, problems } = file.value
  return {
    path,
    from,
    state: 'read',
    contexts: contexts.size,
    clusters: clusters.size,
    users: [...users].map(([name, user]) => userReport(name, user, places)),
    problems,
  }
}

function userReport(name: string, user: Defined<UserEntry>, { env }: KubeconfigPlaces): UserReport {
  // What is wrong with it is told with its context.
  const spec = userSpec(user, [])
  const own = clientCertificate(user, [])
  const certificate = own === undefined ? undefined : certificateEnd(readText(own.certificate))
  return {
    name,
    signIn: spec.kind === 'none' && own !== undefined ? 'certificate' : spec.kind,
    ...(spec.kind === 'token-file' && tokenProblem(spec.path)),
    ...(spec.kind === 'exec' && { plugin: pluginReport(spec.exec, env) }),
    ...(certificate !== undefined && { certificate }),
  }
}

function pluginReport(
  { command, args }: ExecSpec,
  env: KubeconfigPlaces['env'],
): NonNullable<UserReport['plugin']> {
  const path = findOnPath(command, env)
  const found = path !== undefined && mayBeRun(path)
  return { command, args: redactArguments(args), ...(found && { path }) }
}

/** A path in a kubeconfig counts as it stands there, whether it leads to a program or not. */
function mayBeRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function tokenProblem(path: string): Pick<UserReport, 'tokenProblem'> {
  const token = readText({ kind: 'file', path })
  return token.ok ? {} : { tokenProblem: token.fault.message }
}

function certificateEnd(pem: ReturnType<typeof readText>): NonNullable<UserReport['certificate']> {
  if (!pem.ok) return { problem: pem.fault.message }
  try {
    return { endsAt: new X509Certificate(pem.value).validToDate.getTime() }
  } catch {
    return { problem: 'It is not readable as a certificate.' }
  }
}
