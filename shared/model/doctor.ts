import type { FaultSentence } from '../fault-sentence.ts'
import type { ConnectionId } from '../ids.ts'
import type { Freshness } from './freshness.ts'

/** Everything that helps to say why something does not connect. Secrets are taken out before it leaves the application. */
export type DoctorReport = {
  readonly version: string
  readonly platform: string
  readonly at: number
  readonly files: readonly FileReport[]
  readonly contexts: readonly ContextReport[]
  readonly connections: readonly ConnectionReport[]
}

export type FileReport = {
  readonly path: string
  /** Read because kubectl reads it, or because it was added here. */
  readonly from: 'kubectl' | 'added'
  /** The file, this one or another of its list, for which kubectl refuses all of them. */
  readonly refusedFor?: string
  /** `missing`: kubectl passes over it. */
  readonly state: 'read' | 'missing' | 'unreadable'
  readonly contexts: number
  readonly clusters: number
  readonly users: readonly UserReport[]
  readonly problems: readonly FaultSentence[]
}

export type UserReport = {
  readonly name: string
  readonly signIn: 'none' | 'token' | 'token-file' | 'basic' | 'certificate' | 'exec' | 'oidc'
  /** The program as it is found; absent `path`: it is nowhere, or may not be run. */
  readonly plugin?: { readonly command: string; readonly args: readonly string[]; readonly path?: string }
  /** Why the file with the token can't be read. */
  readonly tokenProblem?: FaultSentence
  /** Epoch ms at which the client certificate ends, the file that is read only when connecting, or why it can't be. */
  readonly certificate?:
    { readonly endsAt: number } | { readonly file: string } | { readonly problem: FaultSentence }
}

export type ContextReport = {
  readonly id: ConnectionId
  readonly name: string
  readonly file: string
  readonly server: string
  readonly namespace: string
  readonly current: boolean
  readonly production: boolean
  readonly proxy?: string
  /** Why it can't be connected with. */
  readonly unusable?: FaultSentence
  readonly warnings: readonly FaultSentence[]
  /** In what kubectl's reading differs from this one. */
  readonly kubectl: readonly FaultSentence[]
  readonly state: 'idle' | 'connecting' | 'consent' | 'connected' | 'failed'
  readonly fault?: FaultSentence
}

export type ConnectionReport = {
  readonly id: ConnectionId
  readonly name: string
  readonly version: string
  /** Sent since it was connected, watches among them. */
  readonly requests: number
  /** Epoch ms of the last 429. */
  readonly throttledAt?: number
  readonly watches: readonly WatchReport[]
}

export type WatchReport = {
  readonly namespace: string
  readonly kind: string
  readonly freshness: Freshness
  /** How long it has been open, and how long nothing has come; absent while it is not open. Milliseconds. */
  readonly openMs?: number
  readonly quietMs?: number
}
