import type { Release } from '../release.ts'
import { logged } from '../transitions.ts'

/** A release whose place another one takes, as the history keeps it. */
export function superseded(
  release: Release,
  { by, now }: { readonly by: string; readonly now: number },
): Release {
  const state = { kind: 'ended', at: now, outcome: 'superseded' } as const
  return logged({ ...release, state }, { at: now, what: 'superseded', by })
}
