import { at, type JsonObject } from './json.ts'
import { asJson, type KubeObject, type LabelSelector, type Labels } from './objects.ts'
import { parseLabels } from './label-selector.ts'
import type { Resource } from './resources.ts'
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

/** `a=b,c!=d,e in (x,y),!f`; 400 when it cannot be read. */
export function parseLabelSelector(text: string): Result<Matcher> {
  const labels = parseLabels(text)
  return labels.ok ? good((object) => labels.value(object.metadata.labels ?? {})) : labels
}

function fieldOf(object: JsonObject, path: string): string {
  const value = at(object, ...path.split('.'))
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : ''
}

const hasOwnWords = ['pods', 'events', 'nodes', 'namespaces', 'services']

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
      // Kinds with fields of their own have other words for it.
      return refuse(
        badRequest(
          hasOwnWords.includes(resource.plural)
            ? `field label not supported: ${path}`
            : `"${path}" is not a known field selector: only ${names}`,
        ),
      )
    }
    tests.push((object) =>
      operator === '!=' ? fieldOf(object, path) !== value : fieldOf(object, path) === value,
    )
  }
  return good((object) => tests.every((test) => test(asJson(object))))
}
