import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { asObject, listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import { readObject } from '../dial/read-object.ts'
import { pathOf } from './api-path.ts'
import { bounds, watchBounds, type WatchBounds } from './bounds.ts'
import { told } from './told.ts'
import type { ByteStream, Transport } from './transport.ts'

export type ListOptions = {
  readonly namespace?: string
  readonly limit?: number
  readonly continue?: string
  readonly resourceVersion?: string
  readonly fieldSelector?: string
}
export type Page<K extends KindName> = {
  readonly items: readonly Kinds[K][]
  readonly resourceVersion: string
  readonly continue: string
}

/** Many objects at once: looked at once, page by page, or watched. */
export function listCalls(transport: Transport) {
  return {
    async list<K extends KindName>(kind: K, list: ListOptions): Promise<Reply<Page<K>>> {
      const items: Kinds[K][] = []
      let refused: Reply<never> | undefined
      const take = (raw: Json): void => {
        if (refused !== undefined) return
        const read = readObject(kind, raw)
        if (read.ok) items.push(read.value)
        else refused = read
      }
      const answer = await transport.request({
        method: 'GET',
        path: pathOf(kind, list.namespace),
        query: {
          ...(list.limit !== undefined && { limit: `${list.limit}` }),
          ...(list.continue !== undefined && { continue: list.continue }),
          ...(list.resourceVersion !== undefined && { resourceVersion: list.resourceVersion }),
          ...(list.fieldSelector !== undefined && { fieldSelector: list.fieldSelector }),
        },
        eachItem: take,
        bounds: bounds.list,
      })
      if (!answer.ok) return answer
      const { body } = answer.value
      const raws = asObject(body)['items']
      // An answer of another kind is no empty namespace. A server of old writes an empty list as null.
      if (raws !== null && !Array.isArray(raws))
        return failed('bad-answer', { kind: 'answer-no-list', of: kind })
      // Most often they are out by now.
      listAt(body, 'items').forEach(take)
      if (refused !== undefined) return told(transport, refused)
      return ok({
        items,
        resourceVersion: textAt(objectAt(body, 'metadata'), 'resourceVersion'),
        continue: textAt(objectAt(body, 'metadata'), 'continue'),
      })
    },

    watch: (
      kind: KindName,
      watch: {
        readonly namespace?: string
        readonly query: Readonly<Record<string, string>>
        readonly signal: AbortSignal
        readonly lane: WatchBounds['lane']
      },
    ): Promise<Reply<ByteStream>> =>
      transport.stream({
        path: pathOf(kind, watch.namespace),
        query: { ...watch.query, watch: 'true', allowWatchBookmarks: 'true' },
        signal: watch.signal,
        bounds: watchBounds[watch.lane],
      }),
  }
}

/** What is looked at once, of kinds that nobody watches. */
export function rawCalls(transport: Transport) {
  return {
    /** Something that is looked at once and not watched. `metadataOnly`: the content of Secrets stays where it is. */
    async readRaw(
      path: string,
      query: Readonly<Record<string, string>> = {},
      metadataOnly = false,
    ): Promise<Reply<Json>> {
      const answer = await transport.request({
        method: 'GET',
        path,
        query,
        metadataOnly,
        bounds: bounds.list,
      })
      return answer.ok ? ok(answer.value.body) : answer
    },

    /** One page of something that is looked at once, item by item. Gives the token of the next page, if there is one. */
    async eachItem(
      path: string,
      query: Readonly<Record<string, string>>,
      see: (item: Json) => void,
    ): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'GET',
        path,
        query,
        eachItem: see,
        bounds: bounds.list,
      })
      if (!answer.ok) return answer
      listAt(answer.value.body, 'items').forEach(see)
      return ok(textAt(objectAt(answer.value.body, 'metadata'), 'continue'))
    },
  }
}
