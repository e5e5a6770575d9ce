import { at, type JsonObject } from './json.ts'
import { asJson, type KubeObject, type LabelSelector, type Labels } from './objects.ts'
import { groupVersion, type Resource } from './resources.ts'
import { badRequest, good, refuse, type Result } from './status-error.ts'

export type Matcher = (object: KubeObject) => boolean

/** Whether labels satisfy the selector of a ReplicaSet or Deployment; an empty selector matches everything. */
export function matchesLabels(selector: LabelSelector, labels: Labels = {}): boolean {
  const plain = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value)
  return (
    plain &&
    (selector.matchExpressions ?? []).every(({ key, operator, values = [] }) => {
      const value = labels[key]
      if (operator === 'In') return value !== undefined && values.includes(value)
      if (operator === 'NotIn') return value === undefined || !values.includes(value)
      return operator === 'Exists' ? value !== undefined : value === undefined
    })
  )
}

type Requirement = (labels: Labels) => boolean

function parseRequirement(text: string): Requirement | undefined {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(text)
  if (set !== null) {
    const key = set[1] ?? ''
    const values = (set[3] ?? '').split(',').map((value) => value.trim())
    const wanted = set[2] === 'in'
    return (labels) => {
      const value = labels[key]
      return wanted
        ? value !== undefined && values.includes(value)
        : value === undefined || !values.includes(value)
    }
  }
  const pair = /^([^\s=!]+)\s*(==|=|!=)\s*(\S*)$/.exec(text)
  if (pair !== null) {
    const [, key = '', operator, value] = pair
    return (labels) => (operator === '!=' ? labels[key] !== value : labels[key] === value)
  }
  const name = /^(!?)([A-Za-z0-9][\w./-]*)$/.exec(text)
  if (name === null) return undefined
  return (labels) => (labels[name[2] ?? ''] !== undefined) === (name[1] === '')
}

/** `a=b,c!=d,e in (x,y),!f`; 400 when it cannot be read. */
export function parseLabelSelector(text: string): Result<Matcher> {
  const parts = text.split(/,(?![^(]*\))/).map((part) => part.trim())
  const requirements: Requirement[] = []
  for (const part of parts.filter((one) => one !== '')) {
    const requirement = parseRequirement(part)
    if (requirement === undefined) {
      return refuse(
        badRequest(`unable to parse requirement: found '${part}', expected: '=', '!=', '==', 'in', 'notin'`),
      )
    }
    requirements.push(requirement)
  }
  return good((object) => {
    const labels = object.metadata.labels ?? {}
    return requirements.every((requirement) => requirement(labels))
  })
}

function fieldOf(object: JsonObject, path: string): string {
  const value = at(object, ...path.split('.'))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

/** `metadata.name=x,status.phase!=Running`; 400 for a field that this kind does not index. */
export function parseFieldSelector(resource: Resource, text: string): Result<Matcher> {
  const known = ['metadata.name', ...(resource.namespaced ? ['metadata.namespace'] : []), ...resource.fields]
  const tests: ((object: JsonObject) => boolean)[] = []
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const match = /^([^=!]+)(==|=|!=)(.*)$/.exec(part.trim())
    if (match === null) return refuse(badRequest(`invalid selector: '${text}'; can't understand '${part}'`))
    const [, path = '', operator, value] = match
    if (!known.includes(path)) {
      const names = known.map((name) => `"${name}"`).join(', ')
      const kind = `${groupVersion(resource)}, Resource=${resource.plural}`
      const why = `"${path}" is not a known field selector: only ${names}`
      return refuse(
        badRequest(`Unable to find "${kind}" that match label selector "", field selector "${text}": ${why}`),
      )
    }
    tests.push((object) =>
      operator === '!=' ? fieldOf(object, path) !== value : fieldOf(object, path) === value,
    )
  }
  return good((object) => tests.every((test) => test(asJson(object))))
}
