import type { FaultSentence } from '../fault-sentence.ts'
import type { ServiceRow } from './service-row.ts'
import type { Fault } from '../fault.ts'
import type { ConnectionId } from '../ids.ts'
import type { Freshness } from '../model/freshness.ts'

export type ServicesView = {
  readonly connection: ConnectionId
  readonly namespace: string
  /** Names that can be chosen; `known: false` when the list may not be read and is made up of what is known. */
  readonly namespaces: { readonly names: readonly string[]; readonly known: boolean }
  readonly freshness: Freshness
  readonly services: readonly ServiceRow[]
  readonly fault?: Fault
  /** What is hidden for lack of rights, one line each. */
  readonly missing: readonly FaultSentence[]
}
