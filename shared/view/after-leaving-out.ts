import type { Uid } from '../ids.ts'
import type { Change } from '../release/release.ts'
import type { AfterLeavingOut } from '../release/sentence.ts'

/** A release as far as it matters here, with its batches in the order of its plan. */
export type LeftBehind = {
  readonly change: Change['kind']
  readonly tag: string
  readonly batches: readonly {
    readonly uid: Uid
    readonly number: number
    readonly name: string
    readonly pods: number
    readonly stage: 'to-come' | 'begun' | 'done' | 'left-out'
  }[]
}

/** What comes of a release once this batch is left out of it: nothing begins on its account unless a person says so. */
export function afterLeavingOut({ change, tag, batches }: LeftBehind, batch: string): AfterLeavingOut {
  const index = batches.findIndex((one) => one.uid === batch)
  const next = batches.slice(index + 1).find((one) => one.stage !== 'left-out')
  if (next?.stage === 'to-come') {
    const { number, name, pods } = next
    return { kind: 'asks', change, batch: number, name, pods, tag }
  }
  const isOver = batches.every((one) => one.uid === batch || one.stage === 'done' || one.stage === 'left-out')
  return { kind: isOver ? 'ends' : 'goes-on' }
}
