/** `unlockedForMs`: changes are switched on for so long from when this was sent; absent: it is read-only. */

import type { FaultSentence } from '../fault-sentence.ts'
import type { Fault } from '../fault.ts'
import type { ConnectionId } from '../ids.ts'
import type { Freshness } from '../model/freshness.ts'
import type { PluginConsent } from '../model/plugin-consent.ts'
import type { Unsaved } from '../model/unsaved.ts'

type Production = { readonly unlockedForMs?: number }
export type ClusterView = {
  readonly id: ConnectionId
  readonly name: string
  readonly file: string
  readonly server: string
  readonly namespace: string
  readonly training: boolean
  readonly current: boolean
  /** What kubectl makes of several files together, where the file alone says something else. */
  readonly merged?: true
  /** What the person calls it. */
  readonly alias?: string
  /** 1..8, chosen by the person; absent: by its name. */
  readonly colour?: number
  /** Present on a production cluster: by its name, unless the person says otherwise. */
  readonly production?: Production
  readonly productionSaid?: boolean
  /** Its certificate is not checked, or nothing is encrypted; never said of this machine itself. */
  readonly insecure?: true
  /** When it was found that another cluster answers than before, created anew perhaps; until it is disconnected. */
  readonly replacedAt?: number
  /** Services whose release this installation runs there, if there are any: leaving it stops them. */
  readonly drives?: readonly string[]
  /** The plugin that signs in just now, and what it says. `reads`: it waits for lines; `run`: each has its number. */
  readonly signIn?: {
    readonly run: number
    readonly command: string
    readonly lines: readonly string[]
    readonly reads: boolean
  }
  readonly warnings: readonly FaultSentence[]
  readonly state:
    | { readonly kind: 'idle' }
    | { readonly kind: 'connecting' }
    /** The plugin that would be run, to be agreed to; `key` goes back as `consent`. */
    | ({ readonly kind: 'consent' } & PluginConsent)
    /** `fault`: it was connected and is not answering as it should; `cluster/connect` tries again at once. */
    | {
        readonly kind: 'connected'
        readonly version: string
        readonly freshness: Freshness
        /** Stale because it is not watched while nobody looks, not because it does not answer. */
        readonly resting?: true
        readonly fault?: Fault
      }
    | { readonly kind: 'failed'; readonly fault: Fault }
}
export type ClustersView = {
  readonly clusters: readonly ClusterView[]
  /** Files and entries that could not be read, each in one sentence; they hide nothing else. */
  readonly problems: readonly { readonly file: string; readonly says: FaultSentence }[]
  /** Paths that were looked at, for the empty screen. */
  readonly lookedAt: readonly string[]
  /** Files and folders that were added here and can be removed again. */
  readonly added?: readonly string[]
  /** What is kept on this machine can't be written just now: said until it is. */
  readonly unsaved?: Unsaved
}
