import type { JsonObject } from '../../../shared/k8s/json.ts'
import { listAt, objectAt, textAt, textsAt } from '../../../shared/k8s/read-json.ts'
import type { Batch } from '../../../shared/model/batch-set.ts'
import type { Check, Unknown } from '../../../shared/preflight/check.ts'
import { byText, info, templateOf, warning, type Planned } from '../../../shared/preflight/planned.ts'
import { found, together, type Findings } from './findings.ts'
import type { Reads } from './reads.ts'

/** What pods are refused or stuck for although their Deployment was accepted. */
export async function admissionChecks(namespace: string, planned: Planned, reads: Reads): Promise<Findings> {
  const { rolled } = planned
  const specOf = (batch: Batch) => objectAt(templateOf(planned, batch), 'spec')
  if (rolled.length === 0) return found([])
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}`
  const secretsOf = (batch: Batch): readonly string[] =>
    listAt(specOf(batch), 'imagePullSecrets').map((one) => textAt(one, 'name'))

  async function missing(
    namesOf: (batch: Batch) => readonly string[],
    plural: string,
    {
      say,
      unknown,
    }: {
      readonly say: (name: string, batches: readonly number[]) => Check
      readonly unknown: Unknown
    },
  ): Promise<Findings> {
    const names = [...new Set(rolled.flatMap(namesOf))]
    const answers = await Promise.all(
      names.map(async (name) => {
        const answer = await reads.metadata(`${path}/${plural}/${encodeURIComponent(name)}`)
        return { name, code: answer.ok ? undefined : answer.fault.code }
      }),
    )
    const gone = answers.filter((one) => one.code === 'not-found').map((one) => one.name)
    const known = answers.every((one) => one.code === undefined || one.code === 'not-found')
    const goneOf = (batch: Batch) => namesOf(batch).filter((name) => gone.includes(name))
    return found(byText(rolled, goneOf, say), known ? [] : [unknown])
  }

  return together(
    await Promise.all([
      podSecurity(path, reads),
      missing((batch) => accountsOf(specOf(batch)), 'serviceaccounts', {
        say: (name, batches) => warning({ kind: 'service-account-missing', name, batches }),
        unknown: 'service-accounts',
      }),
      missing(secretsOf, 'secrets', {
        say: (name, batches) => warning({ kind: 'pull-secret-missing', name, batches }),
        unknown: 'pull-secrets',
      }),
    ]),
  )
}

/** Only accounts that a template names: `default` is made by the cluster itself. */
function accountsOf(podSpec: JsonObject): readonly string[] {
  const name = textAt(podSpec, 'serviceAccountName', 'default')
  return name === 'default' ? [] : [name]
}

async function podSecurity(path: string, reads: Reads): Promise<Findings> {
  const answer = await reads.metadata(path)
  if (!answer.ok) return found([], ['namespace'])
  const labels = textsAt(objectAt(answer.value, 'metadata'), 'labels')
  const level = labels['pod-security.kubernetes.io/enforce'] ?? 'privileged'
  return found(level === 'privileged' ? [] : [info({ kind: 'pod-security', level })])
}
