import type { Json } from '../../electron/training/json.ts'
import type { KubeAnswer } from '../support/kube-client.ts'

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g
const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Where one key's value says nothing about behaviour, only that there is one. */
const volatileKeys: Readonly<Record<string, string>> = {
  resourceVersion: '<version>',
  continue: '<continue>',
  'pod-template-hash': '<hash>',
}

/** What controllers write at a time of their own. */
function isControllers(entry: Json): boolean {
  return entry !== null && typeof entry === 'object' && 'manager' in entry
    ? entry['manager'] === 'kube-controller-manager'
    : false
}

function orderOf(entry: Json): string {
  const { manager, operation, subresource } = entry as Readonly<Record<string, string>>
  return [operation, manager, subresource].join(' ')
}

function normaliseField(key: string, value: Json): Json {
  const fixed = volatileKeys[key]
  if (fixed !== undefined && typeof value === 'string' && value !== '') return fixed
  if (key === 'managedFields' && Array.isArray(value)) {
    const entries = (value as readonly Json[]).filter((entry) => !isControllers(entry))
    // Their order depends on the second in which each was written.
    return entries.map(normalise).sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
  }
  return normalise(value)
}

const revision = 'deployment.kubernetes.io/revision'

/** The value without what differs from run to run, so that two clusters can be compared. */
export function normalise(value: Json): Json {
  if (typeof value === 'string') {
    return value
      .replace(time, '<time>')
      .replace(uid, '<uid>')
      .replace(/(too old resource version: )\d+ \(\d+\)/, '$1<version> (<version>)')
      .replace(/(resourceVersion for the provided (?:list|watch) is too old: )\d+/, '$1<version>')
      .replace(/(Too large resource version: \d+, current: )\d+/, '$1<version>')
  }
  if (Array.isArray(value)) return (value as readonly Json[]).map(normalise)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value)
    .filter(([key]) => key !== revision)
    .map(([key, item]) => [key, normaliseField(key, item)] as const)
    // Only the revision was in it.
    .filter(([key, item]) => key !== 'annotations' || (item !== null && Object.keys(item).length > 0))
  return Object.fromEntries(entries)
}

const workloads = ['Deployment', 'ReplicaSet']

/** What a client gets to see of an answer. A workload's status is its controller's matter and left out. */
export function shown(answer: KubeAnswer): Json {
  const { kind } = answer.body
  const { status, ...rest } = answer.body
  const body =
    typeof kind === 'string' && workloads.includes(kind)
      ? rest
      : { ...rest, ...(status === undefined ? {} : { status }) }
  const warning = answer.headers.get('warning')
  const retryAfter = answer.headers.get('retry-after')
  return {
    code: answer.status,
    ...(warning === null ? {} : { warning }),
    ...(retryAfter === null ? {} : { retryAfter }),
    body: Object.keys(body).length === 0 ? answer.text : body,
  }
}

/** The same without the body of a success: for steps whose effect is looked at afterwards. */
export function outcome(answer: KubeAnswer): Json {
  return answer.status < 300 ? { code: answer.status } : shown(answer)
}
