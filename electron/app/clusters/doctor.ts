import { eachOnce } from '../../../shared/fault-sentence.ts'
import { isAboutKubectl } from '../../../shared/fault-sentences/kubeconfig-sentence.ts'
import { sentenceOf } from '../../../shared/fault.ts'
import type {
  ConnectionReport,
  ContextReport,
  DoctorReport,
  FileReport,
} from '../../../shared/model/doctor.ts'
import type { ConnectionSpec } from '../../cluster/kubeconfig/kubeconfig.ts'
import type { ProductionLock } from './production-lock.ts'
import type { Clusters } from './clusters.ts'
import { createRedactor, redactAll, secretsOf, withoutUserInfo } from '../../cluster/dial/redact.ts'

export type DoctorParts = {
  readonly clusters: Clusters
  readonly productionLock: Pick<ProductionLock, 'view'>
  readonly survey: () => Promise<readonly FileReport[]>
  readonly about: { readonly version: string; readonly platform: string }
  readonly now: () => number
}

/** Looks at everything and touches nothing. What leaves here has no secret in it, wherever it may have stood. */
export async function examine(parts: DoctorParts): Promise<DoctorReport> {
  const { clusters, productionLock, about, now } = parts
  const files = await parts.survey()
  const specs = clusters.specs()
  const view = clusters.view()
  const states = new Map(view.clusters.map((one) => [one.id, one.state]))
  const report: DoctorReport = {
    ...about,
    at: now(),
    files: files.map((file) => withProblems(file, view.problems)),
    contexts: specs.map((spec) => contextReport(spec, states.get(spec.id), productionLock)),
    connections: specs.flatMap((spec) => connectionReport(spec, clusters)),
  }
  return redactAll(report, createRedactor(secretsOf(specs)))
}

/** A context that leads nowhere is none that could be listed: it is told with its file. */
function withProblems(file: FileReport, problems: ReturnType<Clusters['view']>['problems']): FileReport {
  const own = problems.filter((one) => one.file === file.path).map((one) => one.says)
  return { ...file, problems: eachOnce([...file.problems, ...own]) }
}

function contextReport(
  spec: ConnectionSpec,
  state: ReturnType<Clusters['view']>['clusters'][number]['state'] | undefined,
  productionLock: DoctorParts['productionLock'],
): ContextReport {
  const fault = state !== undefined && 'fault' in state ? sentenceOf(state.fault) : undefined
  // Why it can't be connected with is among its warnings, and has its own line.
  const why = JSON.stringify(spec.unusable?.sentence)
  const warnings = spec.warnings.filter((one) => JSON.stringify(one) !== why)
  return {
    id: spec.id,
    name: spec.name,
    file: spec.file,
    server: withoutUserInfo(spec.server),
    namespace: spec.namespace,
    current: spec.current,
    production: productionLock.view(spec).production !== undefined,
    warnings: warnings.filter((one) => !isAboutKubectl(one)),
    kubectl: warnings.filter(isAboutKubectl),
    state: state?.kind ?? 'idle',
    ...(spec.proxyUrl !== undefined && { proxy: withoutUserInfo(spec.proxyUrl) }),
    ...(spec.unusable !== undefined && { unusable: sentenceOf(spec.unusable) }),
    ...(fault !== undefined && { fault }),
  }
}

function connectionReport(spec: ConnectionSpec, clusters: Clusters): readonly ConnectionReport[] {
  const connection = clusters.get(spec.id)
  if (connection === undefined) return []
  return [{ id: spec.id, name: spec.name, version: connection.version, ...connection.report() }]
}
