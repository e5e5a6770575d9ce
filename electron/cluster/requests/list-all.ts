import { failed, faultOf, ok, type Fault, type Reply } from '../../../shared/fault.ts'
import type { KindName, Kinds } from '../../../shared/k8s/objects.ts'
import { mostWeight, weightOf } from '../dial/weight-of.ts'
import type { Api } from './api.ts'

const pageSize = 500
/** No server divides a list into more: one that has ever another page is none. */
const mostPages = 1_000
/** Of one kind, in all that is looked at together: several times the largest namespaces that people run. */
export const mostObjects = 100_000

/** Nothing is shown of a part: it would be counted wrong. */
export function tooMany(kind: KindName): Fault {
  const many = mostObjects.toLocaleString('en-US')
  return faultOf('bad-answer', { kind: 'too-many-objects', of: kind, most: many })
}

/** A few objects as large as they may be take as much as very many. */
export function tooHeavy(kind: KindName): Fault {
  const mib = Math.round(mostWeight / 1024 / 1024)
  return faultOf('bad-answer', { kind: 'too-heavy-objects', of: kind, mib })
}

/** Whether it is one of these two: asked again at once, the server would send all of it again for nothing. */
export function isTooMuch(kind: KindName, { sentence }: Fault): boolean {
  const isOne = sentence?.kind === 'too-many-objects' || sentence?.kind === 'too-heavy-objects'
  return isOne && sentence.of === kind
}

/** Why these can not be kept, if they can't. */
function excess<K extends KindName>(kind: K, items: readonly Kinds[K][], weight: number): Fault | undefined {
  if (items.length > mostObjects) return tooMany(kind)
  return weight > mostWeight ? tooHeavy(kind) : undefined
}

function weigh(items: readonly object[]): number {
  return items.reduce((sum, one) => sum + weightOf(one), 0)
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
    /** What is kept of this cluster already. */
    readonly kept?: number
  },
): Promise<Reply<WholeList<K>>> {
  const { known, kept = 0, ...scope } = from
  const whole = async (more: { readonly resourceVersion?: string } = {}): Promise<Reply<WholeList<K>>> => {
    const list = await api.list(kind, { ...scope, ...more })
    const fault = list.ok ? excess(kind, list.value.items, kept + weigh(list.value.items)) : undefined
    return fault === undefined ? list : { ok: false, fault }
  }
  if (known !== undefined) return await whole({ resourceVersion: known })
  const items: Kinds[K][] = []
  let weight = kept
  let token = ''
  for (let pages = 0; pages < mostPages; pages++) {
    const page = await api.list(kind, { ...scope, limit: pageSize, ...(token !== '' && { continue: token }) })
    // A page that has expired means that the list took too long: once more, as a whole.
    if (!page.ok && page.fault.code === 'expired' && token !== '') return await whole()
    if (!page.ok) return page
    items.push(...page.value.items)
    weight += weigh(page.value.items)
    const fault = excess(kind, items, weight)
    if (fault !== undefined) return { ok: false, fault }
    token = page.value.continue
    if (token === '') return ok({ items, resourceVersion: page.value.resourceVersion })
  }
  return failed('bad-answer', { kind: 'list-endless', of: kind })
}
