import type { Uid } from '../../shared/ids.ts'
import { allMeant, isOnItsWay, seeingOut } from '../../shared/release/settle/in-doubt.ts'
import type { Release } from '../../shared/release/release.ts'
import { settle } from '../../shared/release/settle/settle.ts'
import { carryOut, prepare } from './effects.ts'
import type { ReleaseApi } from './release-api.ts'

export type SeenOut = {
  readonly release: Release
  /** Of the Deployments that were touched: what was observed before says nothing about them. */
  readonly generations: ReadonlyMap<Uid, number>
}

/** Sees out, once, whatever a release has on its way that nobody drives any more: what is not answered stays in doubt. */
export async function seeOutAll(
  api: ReleaseApi,
  left: Release,
  { now, signal }: { readonly now: number; readonly signal: AbortSignal },
): Promise<SeenOut> {
  const generations = new Map<Uid, number>()
  if (!left.batches.some((own) => own.inDoubt !== undefined || isOnItsWay(left, own.uid)))
    return { release: left, generations }
  const doubted = allMeant(left, now)
  const context = { api, namespace: left.service.namespace, signal }
  const { effects } = seeingOut(doubted, { release: doubted, effects: [] }, now)
  const results = await Promise.all(
    effects.map(async (effect) => ({
      effect,
      result: await carryOut(context, await prepare(context, effect)),
    })),
  )
  let release = doubted
  for (const { effect, result } of results) {
    if (result.kind === 'done') generations.set(effect.batch, result.generation)
    release = settle(release, effect, { result, now })
  }
  return { release, generations }
}
