import type { Reply } from '../../shared/fault.ts'
import type { Uid } from '../../shared/ids.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Deployment, Lease } from '../../shared/k8s/objects.ts'

export type JsonPatchOperation =
  | { readonly op: 'test' | 'replace' | 'add'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

/** The very object that a patch is about, and the generation that it was made for. */
export type PatchGuard = {
  readonly namespace: string
  readonly name: string
  readonly uid: Uid
  readonly generation: number
}

/** Ends the waiting for an answer, not what was asked for: a write that was sent may land all the same. */
type Waiting = { readonly signal: AbortSignal }

export type TrialPlace = { readonly namespace: string; readonly name?: string }

/** The few calls that releases are made of. A write is sent once: repeating it is decided here, never below. */
export type ReleaseApi = {
  getDeployment(namespace: string, name: string): Promise<Reply<Deployment>>
  /** Fails where the object is not the one that the guard names, or its generation has moved. */
  patchDeployment(
    guard: PatchGuard,
    changes: readonly JsonPatchOperation[],
    waiting: Waiting,
  ): Promise<Reply<Deployment>>
  /** The same with dryRun=All: nothing is written. Without a generation: whatever it is now. */
  tryDeployment(
    guard: Omit<PatchGuard, 'generation'> & { readonly generation?: number },
    changes: readonly JsonPatchOperation[],
    waiting?: Waiting,
  ): Promise<Reply<Deployment>>
  getLease(namespace: string, name: string): Promise<Reply<Lease>>
  /** Those of a namespace, whoever made them: older ones carry no label of ours. */
  listLeases(namespace: string): Promise<Reply<readonly Lease[]>>
  createLease(namespace: string, body: Json): Promise<Reply<Lease>>
  replaceLease(namespace: string, name: string, body: Json): Promise<Reply<Lease>>
  /** One of both with dryRun=All, without a name the first: admission, validation and rights answer, nothing is written. */
  tryLease(place: TrialPlace, body: Json): Promise<Reply<Lease>>
}
