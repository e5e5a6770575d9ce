import { ok, type Reply } from '../../shared/fault.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'
import type { Api } from './api.ts'

const pageSize = 500

export type WholeList<K extends KindName> = {
  readonly items: readonly Kinds[K][]
  readonly resourceVersion: string
}

/**
 * All objects of a kind, not older than `known` (`0`: whatever the server has at hand) and then as a whole, which is
 * what servers give anyway; without a version the most recent state, in pages.
 */
export async function listAll<K extends KindName>(
  api: Pick<Api, 'list'>,
  kind: K,
  from: {
    readonly namespace?: string
    readonly fieldSelector?: string
    readonly known: string | undefined
  },
): Promise<Reply<WholeList<K>>> {
  const { known, ...scope } = from
  if (known !== undefined) return await api.list(kind, { ...scope, resourceVersion: known })
  const items: Kinds[K][] = []
  let token = ''
  do {
    const page = await api.list(kind, { ...scope, limit: pageSize, ...(token !== '' && { continue: token }) })
    // A page that has expired means that the list took too long: once more, as a whole.
    if (!page.ok && page.fault.code === 'expired' && token !== '') return await api.list(kind, scope)
    if (!page.ok) return page
    items.push(...page.value.items)
    token = page.value.continue
    if (token === '') return ok({ items, resourceVersion: page.value.resourceVersion })
  } while (token !== '')
  return ok({ items, resourceVersion: '' })
}
