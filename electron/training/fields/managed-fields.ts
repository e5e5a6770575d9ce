import {
  difference,
  equalSets,
  intersection,
  isEmpty,
  pathsOf,
  readFieldSet,
  union,
  withoutPath,
  writeFieldSet,
  type FieldSet,
} from './field-set.ts'
import { isObject, numberAt, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { typeOf } from './kubernetes-types.ts'
import type { Part } from '../objects/stamps.ts'
import { asJson, asKubeObject, timestamp, type KubeObject } from '../objects/objects.ts'
import { groupVersion, type Resource } from '../objects/resources.ts'
import { conflictingOwners, good, refuse, type OwnedField, type Result } from '../objects/status-error.ts'
import { compareFields, fieldsOf, mergeTyped, pruneTyped } from './typed-fields.ts'

/** What one manager owns through one operation. */
type Owner = {
  readonly manager: string
  readonly operation: 'Apply' | 'Update'
  readonly apiVersion: string
  readonly subresource: string
  readonly time: string | undefined
  readonly set: FieldSet
}

export type Writer = {
  readonly manager: string
  readonly part: Part | 'scale'
  readonly now: number
}

function readOwner(entry: Json): Owner | undefined {
  if (!isObject(entry)) return undefined
  const manager = textAt(entry, 'manager')
  if (manager === undefined) return undefined
  return {
    manager,
    operation: textAt(entry, 'operation') === 'Apply' ? 'Apply' : 'Update',
    apiVersion: textAt(entry, 'apiVersion') ?? '',
    subresource: textAt(entry, 'subresource') ?? '',
    time: textAt(entry, 'time'),
    set: readFieldSet(entry['fieldsV1']),
  }
}

function ownersOf(object: KubeObject): readonly Owner[] {
  return (object.metadata.managedFields ?? []).flatMap((entry) => readOwner(entry) ?? [])
}

function writeOwner({ manager, operation, apiVersion, subresource, time, set }: Owner): JsonObject {
  return {
    manager,
    operation,
    apiVersion,
    ...(time === undefined ? {} : { time }),
    fieldsType: 'FieldsV1',
    fieldsV1: writeFieldSet(set),
    ...(subresource === '' ? {} : { subresource }),
  }
}

/** Applies first, then by time, as the API server sorts them. */
function withOwners<T extends KubeObject>(object: T, owners: readonly Owner[]): T {
  const sorted = owners
    .filter(({ set }) => !isEmpty(set))
    .sort((a, b) => {
      if (a.operation !== b.operation) return a.operation === 'Apply' ? -1 : 1
      return (a.time ?? '') < (b.time ?? '') ? -1 : (a.time ?? '') > (b.time ?? '') ? 1 : 0
    })
  const { managedFields: _, ...metadata } = object.metadata
  const fields = sorted.length === 0 ? {} : { managedFields: sorted.map(writeOwner) }
  return { ...object, metadata: { ...metadata, ...fields } }
}

const unowned: readonly (readonly string[])[] = [
  ['f:apiVersion'],
  ['f:kind'],
  ...[
    'name',
    'namespace',
    'uid',
    'selfLink',
    'generation',
    'resourceVersion',
    'creationTimestamp',
    'deletionTimestamp',
    'deletionGracePeriodSeconds',
    'managedFields',
  ].map((field) => ['f:metadata', `f:${field}`]),
]

/** Without identity, and without what this endpoint cannot write. */
function owned(set: FieldSet, resource: Resource, part: Writer['part']): FieldSet {
  const hasStatus = resource.subresources.includes('status')
  const closed =
    part === 'status'
      ? [['f:spec'], ...(resource.group === 'apps' ? [['f:metadata', 'f:labels']] : [])]
      : [
          ...(hasStatus ? [['f:status']] : []),
          // Written by the server itself.
          ...(resource.plural === 'namespaces' ? [['f:spec', 'f:finalizers']] : []),
        ]
  return [...unowned, ...closed].reduce(withoutPath, set)
}

function isSame(owner: Owner, other: Pick<Owner, 'manager' | 'operation' | 'subresource'>): boolean {
  return (
    owner.manager === other.manager &&
    owner.operation === other.operation &&
    owner.subresource === other.subresource
  )
}

/** Gives the writer what it changed, and takes it from everybody else. */
export function trackUpdate<T extends KubeObject>(
  resource: Resource,
  change: { readonly old: KubeObject | undefined; readonly next: T; readonly writer: Writer },
): T {
  const { old, next, writer } = change
  // An empty list, or one empty entry, asks for the record to be forgotten.
  const isCleared =
    next.metadata.managedFields?.length === 0 ||
    (next.metadata.managedFields ?? []).some((entry) => isObject(entry) && Object.keys(entry).length === 0)
  if (isCleared) return withOwners(next, [])
  const before = old === undefined ? {} : asJson(old)
  const { added, modified, removed } = compareFields(before, asJson(next), typeOf(resource))
  const written = owned(union(added, modified), resource, writer.part)
  const lost = union(written, owned(removed, resource, writer.part))
  const others = ownersOf(old ?? next).map((owner) => ({ ...owner, set: difference(owner.set, lost) }))
  if (writer.part === 'scale')
    return withScaler(resource, { old: old ?? next, next, others, writer, written })
  if (isEmpty(written)) return withOwners(next, others)
  const self = {
    manager: writer.manager,
    operation: 'Update' as const,
    subresource: writer.part === 'status' ? 'status' : '',
  }
  const known = others.find((owner) => isSame(owner, self))
  const entry: Owner = {
    ...self,
    apiVersion: groupVersion(resource),
    time: timestamp(writer.now),
    set: known === undefined ? written : union(known.set, written),
  }
  return withOwners(next, [...others.filter((owner) => owner !== known), entry])
}

/**
 * Through the scale, the replicas get an owner of their own, without a time, in the place of the one who had them. A
 * Scale of 0 leaves its replicas out, so that nobody owns them after it; and what nobody owned before is not tracked.
 */
function withScaler<T extends KubeObject>(
  resource: Resource,
  {
    old,
    next,
    others,
    writer,
    written,
  }: {
    readonly old: KubeObject
    readonly next: T
    readonly others: readonly Owner[]
    readonly writer: Writer
    readonly written: FieldSet
  },
): T {
  const replicas = ['f:spec', 'f:replicas']
  const left = others.map((owner) => ({ ...owner, set: withoutPath(owner.set, replicas) }))
  if ((numberAt(next, 'spec', 'replicas') ?? 0) === 0) return withOwners(next, left)
  const mine = readFieldSet({ 'f:spec': { 'f:replicas': {} } })
  const isTracked = ownersOf(old).some((owner) => !isEmpty(intersection(owner.set, mine)))
  if (isEmpty(written) || !isTracked) return withOwners(next, others)
  const entry: Owner = {
    manager: writer.manager,
    operation: 'Update',
    subresource: 'scale',
    apiVersion: groupVersion(resource),
    time: undefined,
    set: mine,
  }
  return withOwners(next, [...left, entry])
}

export type Application = {
  readonly live: KubeObject | undefined
  readonly config: JsonObject
  readonly force: boolean
  readonly writer: Writer
}

/** Server-side apply: what the object becomes, or who else owns a field that it would change. */
export function applyConfiguration(
  resource: Resource,
  { live, config, force, writer }: Application,
): Result<JsonObject> {
  const type = typeOf(resource)
  const self = {
    manager: writer.manager,
    operation: 'Apply' as const,
    subresource: writer.part === 'status' ? 'status' : '',
  }
  const owners = live === undefined ? [] : ownersOf(live)
  const last = owners.find((owner) => isSame(owner, self))
  const said = owned(fieldsOf(config, type), resource, writer.part)
  const others = owners.filter((owner) => owner !== last)
  const before = live === undefined ? undefined : asJson(live)
  const merged = mergeTyped(before ?? {}, config, type)
  const kept = others.reduce((sum, owner) => union(sum, owner.set), said)
  const pruned =
    last === undefined ? merged : pruneTyped(merged, type, { gone: difference(last.set, said), kept })
  const { added, modified, removed } = compareFields(before ?? {}, pruned, type)
  const written = owned(union(added, modified), resource, writer.part)
  const disputed = others.map((owner) => ({ owner, set: intersection(owner.set, written) }))
  if (!force && disputed.some(({ set }) => !isEmpty(set))) {
    return refuse(
      conflictingOwners(
        disputed.flatMap(({ owner, set }) => pathsOf(set).map((path) => ownedField(owner, path))),
      ),
    )
  }
  const lost = union(written, owned(removed, resource, writer.part))
  const isUnchanged = before !== undefined && isEmpty(lost)
  const time =
    isUnchanged && (last === undefined || !equalSets(last.set, said)) ? undefined : timestamp(writer.now)
  const entry: Owner = {
    ...self,
    apiVersion: groupVersion(resource),
    time: isUnchanged && last !== undefined ? last.time : time,
    set: said,
  }
  const rest = others.map((owner) => ({ ...owner, set: difference(owner.set, lost) }))
  const result = asKubeObject(isObject(pruned) ? pruned : {})
  return good(asJson(withOwners({ ...result, metadata: { ...result.metadata } }, [...rest, entry])))
}

function ownedField(owner: Owner, path: string): OwnedField {
  const through = owner.subresource === '' ? '' : ` with subresource "${owner.subresource}"`
  const using = owner.operation === 'Update' ? ` using ${owner.apiVersion}` : ''
  return { owner: `"${owner.manager}"${through}${using}`, path }
}
