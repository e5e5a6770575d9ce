import { isObject, type Json, type JsonObject } from '../objects/json.ts'

/**
 * A set of paths into an object, as managedFields write it: `f:name` for a field, `k:{...}` for the list item with
 * these keys, `v:...` for a plain value in a list. A node may be in the set itself, have others below it, or both.
 */
export type FieldSet = { readonly isMember: boolean; readonly below: ReadonlyMap<string, FieldSet> }

export const emptySet: FieldSet = { isMember: false, below: new Map() }
export const memberOnly: FieldSet = { isMember: true, below: new Map() }

export function isEmpty(set: FieldSet): boolean {
  return !set.isMember && set.below.size === 0
}

/** A node of these parts; parts with nothing in them are left out. */
export function setOf(isMember: boolean, below: Iterable<readonly [string, FieldSet]>): FieldSet {
  return { isMember, below: new Map([...below].filter(([, child]) => !isEmpty(child))) }
}

type Decide = (a: boolean, b: boolean) => boolean

function combine(a: FieldSet, b: FieldSet, decide: Decide): FieldSet {
  const steps = new Set([...a.below.keys(), ...b.below.keys()])
  const below = [...steps].map(
    (step) => [step, combine(a.below.get(step) ?? emptySet, b.below.get(step) ?? emptySet, decide)] as const,
  )
  return setOf(decide(a.isMember, b.isMember), below)
}

export function union(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left || right)
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left && right)
}

export function difference(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, (left, right) => left && !right)
}

export function equalSets(a: FieldSet, b: FieldSet): boolean {
  return isEmpty(combine(a, b, (left, right) => left !== right))
}

/** Without what is below this way. */
export function withoutPath(set: FieldSet, [step, ...rest]: readonly string[]): FieldSet {
  const child = step === undefined ? undefined : set.below.get(step)
  if (step === undefined || child === undefined) return set
  const below = new Map(set.below)
  below.set(step, rest.length === 0 ? emptySet : withoutPath(child, rest))
  return setOf(set.isMember, below)
}

export function readFieldSet(fields: Json | undefined): FieldSet {
  if (!isObject(fields)) return emptySet
  const steps = Object.entries(fields)
  const below = steps
    .filter(([step]) => step !== '.')
    .map(([step, child]) => [step, readFieldSet(child)] as const)
  return { isMember: '.' in fields || steps.length === 0, below: new Map(below) }
}

export function writeFieldSet(set: FieldSet): JsonObject {
  const below = [...set.below].sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    ...(set.isMember && below.length > 0 ? { '.': {} } : {}),
    ...Object.fromEntries(below.map(([step, child]) => [step, writeFieldSet(child)])),
  }
}

function pathStep(step: string): string {
  const value = step.slice(2)
  if (step.startsWith('f:')) return `.${value}`
  if (step.startsWith('v:')) return `[=${value}]`
  const keys = Object.entries(JSON.parse(value) as Readonly<Record<string, Json>>)
  return `[${keys.map(([key, item]) => `${key}=${JSON.stringify(item)}`).join(',')}]`
}

/** `.spec.template.spec.containers[name="main"].image` for each member. */
export function pathsOf(set: FieldSet, way = ''): readonly string[] {
  const below = [...set.below].flatMap(([step, child]) => pathsOf(child, `${way}${pathStep(step)}`))
  return set.isMember ? [way, ...below] : below
}
