import { isObject, type Json } from '../../electron/training/objects/json.ts'
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

/** Their order depends on the second in which each was written. */
function normaliseOwners(owners: readonly Json[]): Json {
  return owners
    .filter((entry) => !isControllers(entry))
    .map(normaliseEntries)
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))
}

/** The server looks at some fields twice, and names conflicts in no order. */
function normaliseCauses(causes: readonly Json[]): Json {
  const all = causes.map((cause) => [textOf(cause), normaliseEntries(cause)] as const)
  return [...new Map(all)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, cause]) => cause)
}

function textOf(cause: Json): string {
  const { field, message } = cause as Readonly<Record<string, string>>
  return `${field ?? ''}: ${message ?? ''}`
}

function normaliseEntries(value: Json): Json {
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, item]) => [key, normaliseField(key, item as Json)]),
  )
}

function normaliseField(key: string, value: Json): Json {
  const fixed = volatileKeys[key]
  if (fixed !== undefined && typeof value === 'string' && value !== '') return fixed
  return normalise(value)
}

const revision = 'deployment.kubernetes.io/revision'

/** The value without what differs from run to run, so that two clusters can be compared. */
export function normalise(value: Json): Json {
  if (typeof value === 'string') {
    return (
      value
        .replace(time, '<time>')
        .replace(uid, '<uid>')
        .replace(/(too old resource version: )\d+ \(\d+\)/, '$1<version> (<version>)')
        .replace(/(resourceVersion for the provided (?:list|watch) is too old: )\d+/, '$1<version>')
        .replace(/(ResourceVersion in record \()\d+/, '$1<version>')
        // What a JSON or YAML parser says of a text that it cannot read is its own.
        .replace(/(json parse error: |converting YAML to JSON: )[^]*/, '$1<parser>')
        .replace(/invalid character [^]*/, 'invalid character <parser>')
        // The whole object is in it, in the order of the server's structs.
        .replace(/(patch: Invalid value: |^Invalid value: )"\{[^]*\}": /, '$1"<object>": ')
        .replace(/(Too large resource version: \d+, current: )\d+/, '$1<version>')
    )
  }
  if (Array.isArray(value)) {
    const items = value as readonly Json[]
    if (items.some((item) => isObject(item) && 'fieldsV1' in item)) return normaliseOwners(items)
    return items.some((item) => isObject(item) && 'reason' in item && 'message' in item && 'field' in item)
      ? normaliseCauses(items)
      : items.map(normalise)
  }
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
