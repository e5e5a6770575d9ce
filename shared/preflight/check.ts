import type { FaultSentence } from '../fault-sentence.ts'
import type { MissingRight } from '../fault.ts'
import type { ImageProblem } from '../k8s/image.ts'

/** Preflight: what was checked before a start. A blocker keeps the primary action off; `info` asks for nothing. */
export type CheckReport = { readonly checks: readonly Check[] }
export type CheckLevel = 'ok' | 'info' | 'warning' | 'blocker'
export type Check = { readonly level: CheckLevel; readonly what: CheckWhat }

/** What could not be read: it is told as not known, never as fine. */
export type Unknown =
  | 'record'
  | 'permissions'
  | 'autoscalers'
  | 'budgets'
  | 'quotas'
  | 'limits'
  | 'nodes'
  | 'pods-elsewhere'
  | 'namespace'
  | 'service-accounts'
  | 'pull-secrets'

/** Numbers of batches, in their order. */
type Batches = { readonly batches: readonly number[] }
type Named<K extends string, More = object> = { readonly kind: K } & More
type OfBatches<K extends string, More = object> = { readonly kind: K } & Batches & More

export type CheckWhat = SetCheck | RightsCheck | ImageCheck | BatchCheck | OwnerCheck | RoomCheck

type SetCheck =
  /** `rights`: what may not be read, where that is why. */
  | Named<'stale', { readonly rights: readonly MissingRight[] }>
  | Named<'no-batches'>
  | Named<'other-release', { readonly holder: string }>
  | Named<'release-running'>
  | Named<'lock-expired', { readonly holder: string }>
  /** What a draft is to replace does not run here. */
  | Named<'supersede-gone'>
  | Named<'abandoned-release', { readonly by: string; readonly ended?: 'paused' | 'in-doubt' }>
  /** An unfinished release of another Service holds some of the same Deployments. */
  | Named<'held-elsewhere', { readonly service: string; readonly release: string; readonly by: string }>
  /** Leases may not be read: whether another Service's release holds these Deployments is not known. */
  | Named<'leases-unknown'>
  | Named<'journal-unreadable', { readonly newer: boolean }>
  | Named<'shared-selector', { readonly batches: number }>
  | Named<'foreign-pods', { readonly pods: number }>
  /** The Service gives pods traffic before they are ready. */
  | Named<'publishes-not-ready'>
  | Named<'not-known', { readonly about: readonly Unknown[] }>

type RightsCheck =
  | Named<
      'permission',
      { readonly verb: string; readonly resource: string; readonly name: string; readonly batch: number }
    >
  | Named<'permissions-ok', { readonly batches: number }>
  /** Leases may not be written: nothing starts before a person has agreed to that. */
  | Named<'no-lease-right', { readonly verbs: readonly string[] }>
  | Named<'without-lock'>
  | Named<'no-history-right'>
  /** The Lease with the record of this release would be refused; `forbidden`: it can be gone on without a lock. */
  | Named<'lock-refused', { readonly says: FaultSentence; readonly forbidden: boolean }>
  | Named<'history-refused', { readonly says: FaultSentence }>
  /** The record would not fit into its Lease. */
  | Named<'journal-size', { readonly kib: number; readonly may: number }>
  | Named<'no-log-right'>
  | Named<'dry-run', { readonly batch: number; readonly says: FaultSentence }>
  /** The edit and these batches both changed these places, and nobody has said which holds. */
  | OfBatches<'template-conflict', { readonly places: readonly string[] }>
  | Named<'draft-refused', { readonly says: FaultSentence }>
  | Named<'dry-run-ok', { readonly batches: number }>
  /** What the API server warned of in its answer to the dry run, in its own words. */
  | OfBatches<'server-warning', { readonly message: string }>

type ImageCheck =
  | Named<'image-invalid', { readonly image: string; readonly problem: ImageProblem; readonly part: string }>
  | OfBatches<'no-container', { readonly container: string }>
  /** Pods run different contents under this one reference. */
  | OfBatches<'tag-moved', { readonly image: string; readonly contents: number }>
  /** It pulls from elsewhere than before: it may not be allowed to, or find another content there. */
  | OfBatches<
      'repository-changes',
      { readonly container: string; readonly from: string; readonly to: string }
    >
  /** It was pinned to one content, and is not any more. */
  | OfBatches<'digest-lost', { readonly container: string; readonly tag: string }>
  /** `variant`: of the same version, with another ending; else it simply runs another version than most. */
  | OfBatches<
      'tag-differs',
      { readonly tag: string; readonly others: string; readonly to: string; readonly variant: boolean }
    >
  | Named<'image-ok', { readonly tag: string }>
  | Named<'image-mutable', { readonly tag: string }>
  | Named<'image-no-digest', { readonly tag: string }>
  | OfBatches<'image-same'>
  /** The nodes keep what they have under this tag. */
  | OfBatches<'image-cached', { readonly tag: string; readonly policy: string }>
  | OfBatches<'init-image', { readonly container: string }>
  /** Another container of the same repository keeps its old image. */
  | OfBatches<'same-repository', { readonly container: string; readonly image: string }>

type BatchCheck =
  | OfBatches<'no-readiness-probe'>
  | Named<'probes-ok'>
  | OfBatches<'recreate'>
  | OfBatches<'paused'>
  | OfBatches<'deleting'>
  | OfBatches<'no-history'>
  | OfBatches<'short-history'>
  | OfBatches<'no-min-ready'>
  | OfBatches<'no-deadline'>
  | OfBatches<'long-deadline', { readonly seconds: number }>
  | OfBatches<'deadline-below-min-ready'>
  | OfBatches<'empty-batch'>
  /** More pods may be missing than the Deployment takes away: it keeps old ones until the new ones are available. */
  | OfBatches<'tolerance-kept'>
  /** What goes first proves most where it reaches least. `smallest`: the batch that has the fewest pods. */
  | Named<
      'first-not-smallest',
      {
        readonly batch: number
        readonly pods: number
        readonly total: number
        readonly smallest: number
        readonly fewest: number
      }
    >
  | Named<'size-invalid', { readonly batch: number; readonly pods: number }>
  | Named<'unhealthy', { readonly batch: number; readonly ready: number; readonly desired: number }>
  | Named<'batch-halved', { readonly batch: number; readonly kept: number; readonly desired: number }>
  | Named<'service-halved', { readonly batch: number; readonly kept: number; readonly desired: number }>
  /** `fields`: where their templates differ from that of batch `like`, images aside. */
  | OfBatches<'templates-differ', { readonly like: number; readonly fields: readonly string[] }>
  | OfBatches<'part-of-service', { readonly service: string }>
  | Named<'orphan-sets', { readonly names: readonly string[] }>

type OwnerCheck =
  /** Puts its own version back within seconds or minutes. */
  | OfBatches<'reverted-by', { readonly manager: string }>
  /** Resets what was changed when it is run or synced the next time. */
  | OfBatches<'managed-by', { readonly manager: string }>
  | OfBatches<'last-applied'>
  | OfBatches<
      'autoscaler',
      { readonly name: string; readonly min: number; readonly max: number; readonly keda: boolean }
    >
  | OfBatches<'autoscaler-resize', { readonly name: string }>
  | OfBatches<'autoscalers-ambiguous', { readonly names: readonly string[] }>
  | OfBatches<'autoscaler-shared-metrics', { readonly name: string }>
  | OfBatches<'budget', { readonly name: string }>
  | OfBatches<'budgets-twice', { readonly names: readonly string[] }>

/** As the fields of a LimitRange are called. */
export type LimitBound = 'min' | 'max' | 'maxLimitRequestRatio'

type RoomCheck =
  /** Amounts are texts as Kubernetes writes them; of pods, they are numbers of pods. */
  | Named<
      'quota-short',
      { readonly quota: string; readonly resource: string; readonly needs: string; readonly left: string }
    >
  | OfBatches<'quota-unset', { readonly quota: string; readonly resource: string }>
  | Named<'quota-ok', { readonly pods: number }>
  | OfBatches<
      'limit-broken',
      {
        readonly limit: string
        readonly container: string
        readonly resource: string
        readonly bound: LimitBound
        readonly value: string
      }
    >
  /** All containers of a pod together are outside a LimitRange of type Pod. */
  | OfBatches<
      'limit-broken-pod',
      {
        readonly limit: string
        readonly resource: string
        readonly bound: LimitBound
        readonly value: string
      }
    >
  | Named<'nodes-short', { readonly batch: number; readonly needs: number; readonly fits: number }>
  /** New pods ask for more than the old ones, and those of the batches up to this one have no room in their place. */
  | Named<'nodes-short-replaced', { readonly batch: number; readonly needs: number; readonly fits: number }>
  | Named<'nodes-ok', { readonly pods: number }>
  /** They would fit by number and requests, but rules of placement were not worked out. */
  | Named<'nodes-unsure', { readonly pods: number }>
  | Named<'pod-security', { readonly level: string }>
  | OfBatches<'service-account-missing', { readonly name: string }>
  | OfBatches<'pull-secret-missing', { readonly name: string }>
