import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { KindName, Kinds } from '../../shared/k8s/objects.ts'
import type { Api } from './api.ts'

const pageSize = 500
/** No server divides a list into more: one that has ever another page is none. */
const mostPages = 1_000
/** Of one kind, in all that is looked at together: several times the largest namespaces that people run. */
export const mostObjects = 100_000

/** Nothing is shown of a part: it would be counted wrong. */
export function tooMany(kind: KindName): Fault {
  const many = mostObjects.toLocaleString('en-US')
  return {
    code: 'bad-answer',
    message: `The server has more than ${many} objects of kind ${kind} here: Tranche does not load so many.`,
  }
}

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
  const whole = async (more: { readonly resourceVersion?: string } = {}): Promise<Reply<WholeList<K>>> => {
    const list = await api.list(kind, { ...scope, ...more })
    return list.ok && list.value.items.length > mostObjects ? { ok: false, fault: tooMany(kind) } : list
  }
  if (known !== undefined) return await whole({ resourceVersion: known })
  const items: Kinds[K][] = []
  let token = ''
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await api.list(kind, { ...scope, limit: pageSize, ...(token !== '' && { continue: token }) })
    // A page that has expired means that the list took too long: once more, as a whole.
    if (!page.ok && page.fault.code === 'expired' && token !== '') return await whole()
    if (!page.ok) return page
    items.push(...page.value.items)
    if (items.length > mostObjects) return { ok: false, fault: tooMany(kind) }
    token = page.value.continue
    if (token === '') return ok({ items, resourceVersion: page.value.resourceVersion })
  }
  return failed('bad-answer', `The list of ${kind} does not end.`)
}
