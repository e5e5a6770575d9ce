import type { Json, JsonObject } from '../k8s/json.ts'

/** Said apart, or no difference that anybody would look for. */
const ignored =
  /(?:^|\.)(?:containers|initContainers)\[[^\]]*\]\.image$|annotations\.kubectl\.kubernetes\.io\/restartedAt$|creationTimestamp$/

/**
 * Where two pod templates differ, images aside, as paths: `spec.containers[app].resources.limits.cpu`. Elements of
 * a list are told apart by their name, so that an added variable is one difference and not a row of them.
 */
export function templateDifferences(a: JsonObject, b: JsonObject): readonly string[] {
  return differences(a, b, '').filter((path) => !ignored.test(path))
}

function differences(a: Json | undefined, b: Json | undefined, path: string): readonly string[] {
  // Labels and annotations are looked at one by one even where the other has none: some of them mean nothing.
  const none = /^metadata\.(?:labels|annotations)$/.test(path) ? {} : undefined
  const [inA, inB] = [a ?? none, b ?? none]
  if (isObject(inA) && isObject(inB)) {
    const keys = new Set([...Object.keys(inA), ...Object.keys(inB)])
    return [...keys].flatMap((key) => differences(inA[key], inB[key], path === '' ? key : `${path}.${key}`))
  }
  const [byA, byB] = [byName(a), byName(b)]
  if (byA !== undefined && byB !== undefined) {
    const names = new Set([...byA.keys(), ...byB.keys()])
    return [...names].flatMap((name) => differences(byA.get(name), byB.get(name), `${path}[${name}]`))
  }
  return isSame(a, b) ? [] : [path]
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function byName(value: Json | undefined): ReadonlyMap<string, Json> | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined
  const list = value as readonly Json[]
  const named = list.flatMap((one): readonly [string, Json][] =>
    isObject(one) && typeof one['name'] === 'string' ? [[one['name'], one]] : [],
  )
  return named.length === list.length ? new Map(named) : undefined
}

/** Absent, null and empty are alike: the server writes one or the other. */
function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return textOf(a) === textOf(b)
}

function textOf(value: Json | undefined): string {
  const text = JSON.stringify(value ?? null)
  return text === '{}' || text === '[]' || text === '""' ? 'null' : text
}
