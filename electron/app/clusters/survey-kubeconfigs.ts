import { X509Certificate } from 'node:crypto'
import { sentenceOf } from '../../../shared/fault.ts'
import type { FileReport, UserReport } from '../../../shared/model/doctor.ts'
import type { ExecSpec, Material } from '../../cluster/dial/connection-spec.ts'
import { findOnPath } from '../../cluster/sign-in/exec-command.ts'
import type { ForeignFiles } from '../../cluster/dial/foreign-files.ts'
import { clientCertificate, userSpec, type Defined } from '../../cluster/kubeconfig/kubeconfig-entries.ts'
import {
  problemsOf,
  readKubeconfigs,
  refusedFor,
  type FoundKubeconfig,
  type KubeconfigPlaces,
} from '../../cluster/kubeconfig/kubeconfig.ts'
import type { UserEntry } from '../../cluster/kubeconfig/kubeconfig-schema.ts'
import { lookAtText } from '../../cluster/dial/read-text.ts'
import { redactArguments } from '../../cluster/dial/redact.ts'

type Survey = { readonly places: KubeconfigPlaces; readonly files: ForeignFiles }

/**
 * Every file that is looked at, there or not, with its users. Runs nothing, and of what a kubeconfig names it says what
 * is there without reading it.
 */
export async function surveyKubeconfigs(
  places: KubeconfigPlaces,
  files: ForeignFiles,
): Promise<readonly FileReport[]> {
  const found = await readKubeconfigs(places, files)
  const because = refusedFor(found)
  return await Promise.all(
    found.map(async (one) => ({
      ...(await fileReport(one, { places, files })),
      problems: problemsOf(one, found).map((problem) => problem.says),
      ...(one.from === 'kubectl' && because !== undefined && { refusedFor: because }),
    })),
  )
}

async function fileReport(
  { path, from, reading }: FoundKubeconfig,
  survey: Survey,
): Promise<Omit<FileReport, 'problems'>> {
  const nothing = { path, from, contexts: 0, clusters: 0, users: [] }
  if (reading.kind === 'missing') return { ...nothing, state: 'missing' }
  if (reading.kind === 'unread') return { ...nothing, state: 'unreadable' }
  const { contexts, clusters, users } = reading.file
  return {
    path,
    from,
    state: 'read',
    contexts: contexts.size,
    clusters: clusters.size,
    users: await Promise.all([...users].map(([name, user]) => userReport(name, user, survey))),
  }
}

async function userReport(
  name: string,
  user: Defined<UserEntry>,
  { places, files }: Survey,
): Promise<UserReport> {
  // What is wrong with it is told with its context.
  const spec = userSpec(user, [])
  const own = clientCertificate(user, [])
  const token =
    spec.kind === 'token-file' ? await lookAtText({ kind: 'file', path: spec.path }, files) : undefined
  return {
    name,
    signIn: spec.kind === 'none' && own !== undefined ? 'certificate' : spec.kind,
    ...(token?.ok === false && { tokenProblem: sentenceOf(token.fault) }),
    ...(spec.kind === 'exec' && { plugin: await pluginReport(spec.exec, { places, files }) }),
    ...(own !== undefined && { certificate: await certificateReport(own.certificate, files) }),
  }
}

async function pluginReport(
  { command, args }: ExecSpec,
  { places, files }: Survey,
): Promise<NonNullable<UserReport['plugin']>> {
  // A path in a kubeconfig counts as it stands there, whether it leads to a program or not.
  const path = findOnPath(command, places.env)
  const found = path !== undefined && (await files.mayRun(path))
  return { command, args: redactArguments(args), ...(found && { path }) }
}

async function certificateReport(
  material: Material,
  files: ForeignFiles,
): Promise<NonNullable<UserReport['certificate']>> {
  if (material.kind === 'file') {
    const found = await lookAtText(material, files)
    return found.ok ? { file: material.path } : { problem: sentenceOf(found.fault) }
  }
  try {
    return { endsAt: new X509Certificate(material.pem).validToDate.getTime() }
  } catch {
    return { problem: { kind: 'not-a-certificate' } }
  }
}
