import type { JsonObject } from '../objects/json.ts'
import { asJson, type KubeObject } from '../objects/objects.ts'
import type { Resource } from '../objects/resources.ts'
import { columnsOf } from './table-columns.ts'

/** kubectl asks for tables, and prints them as they come. */
export function wantsTable(accept: string): boolean {
  return accept.includes('as=Table')
}

export function tableOf(
  resource: Resource,
  objects: readonly KubeObject[],
  options: {
    readonly metadata: JsonObject
    readonly now: number
    readonly header: boolean
    readonly whole: boolean
  },
): JsonObject {
  const columns = columnsOf(resource)
  const definitions = columns.map(({ name, type = 'string', priority = 0 }) => ({
    name,
    type,
    format: name === 'Name' ? 'name' : '',
    description: '',
    priority,
  }))
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    ...(options.header ? { columnDefinitions: definitions } : { columnDefinitions: null }),
    rows: objects.map((object) => ({
      cells: columns.map((column) => column.cell(asJson(object), options.now)),
      object: options.whole
        ? asJson(object)
        : {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: asJson(object)['metadata'] ?? {},
          },
    })),
  }
}
