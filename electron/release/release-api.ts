import type { Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Deployment, Lease } from '../../shared/k8s/objects.ts'

export type JsonPatchOperation =
  | { readonly op: 'test' | 'replace' | 'add'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }

export type TrialPlace = { readonly namespace: string; readonly name?: string }

/** The few calls that releases are made of. A write is sent once: repeating it is decided here, never below. */
export type ReleaseApi = {
  getDeployment(namespace: string, name: string): Promise<Reply<Deployment>>
  patchDeployment(
    target: { readonly namespace: string; readonly name: string },
    operations: readonly JsonPatchOperation[],
    options: { readonly dryRun: boolean },
  ): Promise<Reply<Deployment>>
  getLease(namespace: string, name: string): Promise<Reply<Lease>>
  /** Those of a namespace, whoever made them: older ones carry no label of ours. */
  listLeases(namespace: string): Promise<Reply<readonly Lease[]>>
  createLease(namespace: string, body: Json): Promise<Reply<Lease>>
  replaceLease(namespace: string, name: string, body: Json): Promise<Reply<Lease>>
  /** One of both with dryRun=All, without a name the first: admission, validation and rights answer, nothing is written. */
  tryLease(place: TrialPlace, body: Json): Promise<Reply<Lease>>
}
