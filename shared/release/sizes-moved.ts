import { faultOf, type Fault, type SizeMoved } from '../fault.ts'
import type { Uid } from '../ids.ts'
import type { Batch } from '../model/batch-set.ts'

/** How large a batch was when a person decided; `to` is of no account here, and may be the same. */
type Seen = { readonly batch: Uid; readonly from: number }

/**
 * What a command is answered that was decided on other sizes than there are by now, or on a batch that is gone: nobody
 * starts fifty pods who has agreed to one. Nothing where all is as it was seen.
 */
export function sizesMoved(
  batches: readonly Pick<Batch, 'uid' | 'name' | 'number' | 'desired'>[],
  seen: readonly Seen[],
): Fault | undefined {
  const isGone = seen.some(({ batch }) => !batches.some(({ uid }) => uid === batch))
  if (isGone) return faultOf('sizes-moved', { kind: 'batch-gone' })
  const sizes = batches.flatMap(({ uid, name, number, desired }): readonly SizeMoved[] => {
    const from = seen.find(({ batch }) => batch === uid)?.from
    return from === undefined || from === desired ? [] : [{ name, number, from, to: desired }]
  })
  if (sizes.length === 0) return undefined
  const said = sizes.map(({ name, from, to }) => ({ name, from, to }))
  return { ...faultOf('sizes-moved', { kind: 'sizes-moved', sizes: said }), sizes }
}
