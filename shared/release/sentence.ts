import type { GateValues } from './gates/gate.ts'
import type { FaultSentence } from '../fault-sentence.ts'
import type { Fault } from '../fault.ts'
import type { OffSentence } from './off-sentence.ts'
import type { Outlook } from './outlook.ts'
import type { Change, Refusal, ReleaseEventName } from './release.ts'
import type { Hold } from './hold.ts'
import type { Remains } from './remains.ts'

/** What a verb promises. `pods` and `tag` are of the batch that starts first, or else waits for its approval. */
export type Promised = { readonly does: Outlook; readonly pods: number; readonly tag: string }

/** Batches that have the same version; without a tag, where a release is not about versions. */
export type VersionGroup = { readonly tag: string; readonly batches: readonly number[] }

/** What is being written to a batch. */
export type WriteKind = 'change' | 'back' | 'size' | 'freeze' | 'thaw'

/** Everything a state can say, as data. The two dictionaries beside this file turn it into words. */
export type Sentence =
  // headlines and batch sentences
  | { readonly kind: 'idle'; readonly batches: number; readonly pods: number }
  /** `ready` of `all` endpoints that no batch is behind. */
  | { readonly kind: 'no-batches'; readonly service: string; readonly ready: number; readonly all: number }
  | { readonly kind: 'no-selector'; readonly service: string; readonly ready: number; readonly all: number }
  | { readonly kind: 'external-name'; readonly service: string; readonly name: string }
  | { readonly kind: 'not-loaded'; readonly why?: FaultSentence }
  | { readonly kind: 'several-versions'; readonly versions: number }
  /** It fails without a release of ours. */
  | { readonly kind: 'incident'; readonly service: string; readonly ready: number; readonly desired: number }
  | {
      readonly kind: 'incident-changed'
      readonly batches: readonly number[]
      readonly all: boolean
      /** As the cluster recorded them: programs, not people. */
      readonly managers: readonly string[]
    }
  | { readonly kind: 'incident-unchanged' }
  | { readonly kind: 'resizing'; readonly growing: boolean }
  | {
      readonly kind: 'release-rolling'
      readonly batch: number
      readonly updated: number
      readonly desired: number
    }
  | { readonly kind: 'release-baking'; readonly batch: number }
  /** `skipped`: the batch before was left out, so that nothing was proved there. */
  | {
      readonly kind: 'release-approval'
      readonly done: number
      readonly next: number
      readonly skipped?: true
    }
  | { readonly kind: 'release-paused'; readonly by: string }
  | { readonly kind: 'release-patching'; readonly batch: number }
  | {
      readonly kind: 'release-failing'
      readonly batch: number
      readonly pods: number
      readonly reason: string
    }
  /** Its new pods may not be made. `message`: the server's words. `passed`: they may by now, and a person decides. */
  | {
      readonly kind: 'release-pods-refused'
      readonly batch: number
      readonly message: string
      readonly passed?: true
    }
  /** `gate`: its name in the gate table. */
  | { readonly kind: 'release-gate'; readonly batch: number; readonly gate: string }
  | { readonly kind: 'release-restarts'; readonly batch: number; readonly restarts: number }
  | { readonly kind: 'release-deadline'; readonly batch: number }
  | { readonly kind: 'release-regressed'; readonly batch: number }
  /** It was held for this; its pods are all ready now, or it was rolled back. A person decides. `reason`: of `failing`. */
  | {
      readonly kind: 'release-recovered'
      readonly batch: number
      readonly by: 'itself' | 'rollback'
      readonly was: 'failing' | 'deadline' | 'regressed'
      readonly reason: string
    }
  | {
      readonly kind: 'release-foreign'
      readonly batch: number
      readonly manager: string
      readonly at: number
    }
  | { readonly kind: 'release-gone'; readonly batch: number; readonly again: boolean }
  | { readonly kind: 'release-service-gone' }
  /** It was gone, and is there again: the release stays held until a person goes on. */
  | { readonly kind: 'release-service-again' }
  | { readonly kind: 'release-unselected'; readonly batch: number }
  | { readonly kind: 'release-batch-paused'; readonly batch: number; readonly manager: string }
  | { readonly kind: 'release-frozen'; readonly batch: number }
  /** It could not be paused, and goes on; or it could not be unpaused, and is not. */
  | {
      readonly kind: 'release-brake-stuck'
      readonly wish: 'freeze' | 'thaw'
      readonly batch: number
      readonly why: Refusal
    }
  | { readonly kind: 'release-refused'; readonly batch: number; readonly message: string }
  /** A write was tried until its limit. */
  | {
      readonly kind: 'release-given-up'
      readonly batch: number
      readonly tries: number
      readonly message: string
    }
  /** A write that failed and is tried again. `ends`: what the trying comes to an end by. */
  | {
      readonly kind: 'write-tried'
      readonly write: WriteKind
      readonly batch: number
      readonly tries: number
      readonly message: string
      readonly ends: 'limit' | 'person' | 'done'
      readonly limitSeconds: number
    }
  | {
      readonly kind: 'release-rolling-back'
      readonly batches: readonly number[]
      /** A batch that could not be written yet. */
      readonly tried?: Sentence
      /** A batch whose pods do not come back. */
      readonly waits?: Extract<Sentence, { readonly kind: 'return-failing' }>
      /** The failure that the plan answers by it. */
      readonly because?: Sentence
    }
  /** Without a reason: nothing moves. `overdue`: for longer than the limit of a batch, so that a person is waited for. */
  | {
      readonly kind: 'return-failing'
      readonly batch: number
      readonly pods: number
      readonly reason: string
      readonly overdue: boolean
    }
  | {
      readonly kind: 'release-done'
      readonly change: Change['kind']
      /** What this release has brought, and to which batches: those and no others are said to have it. */
      readonly brought: readonly VersionGroup[]
      /** They are all that there are. */
      readonly all: boolean
      /** Of them, those without a pod: nothing was verified there. */
      readonly empty: readonly number[]
      /** What the others have from the release whose place this one took. */
      readonly earlier: readonly VersionGroup[]
      readonly remains: Remains
    }
  /** `has`: they have the size that was asked for; `moved`: somebody has scaled them since. */
  | { readonly kind: 'resize-done'; readonly has: readonly number[]; readonly moved: readonly number[] }
  | { readonly kind: 'release-stopped'; readonly remains: Remains }
  /** Without a tag: to what ran before, whatever it was. */
  | {
      readonly kind: 'release-rolled-back'
      readonly back: readonly VersionGroup[]
      readonly remains: Remains
    }
  | { readonly kind: 'release-restored'; readonly remains: Remains }
  | { readonly kind: 'release-superseded' }
  | { readonly kind: 'release-rolled-back-in-part'; readonly remains: Remains }
  | { readonly kind: 'batch-idle'; readonly ready: number; readonly desired: number }
  | {
      readonly kind: 'batch-idle-failing'
      readonly failing: number
      readonly ready: number
      readonly desired: number
    }
  | { readonly kind: 'batch-old' }
  | { readonly kind: 'batch-first' }
  | { readonly kind: 'batch-after'; readonly batch: number }
  | { readonly kind: 'batch-waits-approval' }
  | { readonly kind: 'batch-held' }
  | {
      readonly kind: 'batch-rolling'
      readonly updated: number
      readonly desired: number
      readonly starting: number
      readonly old: number
    }
  /** `missing`: new pods that are not ready, and that the plan forgives. */
  | {
      readonly kind: 'batch-baking'
      readonly updated: number
      readonly desired: number
      readonly missing?: number
    }
  | {
      readonly kind: 'batch-done'
      readonly updated: number
      readonly desired: number
      readonly missing?: number
    }
  | { readonly kind: 'batch-empty' }
  | {
      readonly kind: 'batch-failing'
      readonly updated: number
      readonly desired: number
      readonly failing: number
    }
  | { readonly kind: 'batch-refused'; readonly updated: number; readonly desired: number }
  | { readonly kind: 'batch-returning'; readonly returned: number; readonly desired: number }
  | {
      readonly kind: 'batch-return-failing'
      readonly returned: number
      readonly desired: number
      readonly failing: number
    }
  | { readonly kind: 'batch-returned' }
  | { readonly kind: 'batch-unselected' }
  | { readonly kind: 'batch-stuck'; readonly why: Refusal }
  | { readonly kind: 'batch-tried'; readonly tries: number }
  | { readonly kind: 'batch-given-up'; readonly tries: number }
  | { readonly kind: 'batch-skipped'; readonly touched: boolean }
  | { readonly kind: 'batch-frozen'; readonly updated: number; readonly desired: number }
  | { readonly kind: 'batch-untouched' }
  | { readonly kind: 'batch-resizing'; readonly desired: number; readonly available: number }
  /** It was paused before this size was sent. */
  | { readonly kind: 'batch-resize-waits'; readonly desired: number }
  /** Its pods run, and somebody outside them keeps them from being ready. */
  | {
      readonly kind: 'batch-gated'
      readonly batch: number
      readonly pods: number
      readonly gate: string
      readonly message: string
    }
  // why a size is fixed
  | { readonly kind: 'size-updated' }
  | { readonly kind: 'size-updating' }
  | { readonly kind: 'size-held' }
  | { readonly kind: 'size-in-release' }
  | { readonly kind: 'size-changing' }
  | { readonly kind: 'size-alone' }
  // lines of a gate
  /** `excused`: pods that are not ready, and that the plan forgives, whatever their trouble. */
  | {
      readonly kind: 'gate-ready'
      readonly ready: number
      readonly desired: number
      readonly excused?: { readonly pods: number; readonly reason: string }
    }
  | { readonly kind: 'gate-bake'; readonly seconds: number }
  | { readonly kind: 'gate-baked'; readonly seconds: number }
  | { readonly kind: 'gate-ending'; readonly ending: number }
  | { readonly kind: 'gate-restarts'; readonly restarts: number; readonly allowed: number }
  | { readonly kind: 'gate-own'; readonly gate: string; readonly values: GateValues }
  | { readonly kind: 'gate-approval-later' }
  | { readonly kind: 'gate-approval-yours' }
  | { readonly kind: 'gate-approved' }
  | { readonly kind: 'gate-skipped' }
  // verbs, with their target
  | ({ readonly kind: 'verb-pause'; readonly current?: number; readonly next?: number } & Promised)
  | ({ readonly kind: 'verb-resume' } & Promised)
  | ({ readonly kind: 'verb-freeze'; readonly batch: number } & Promised)
  /** `back`: of a batch on its way back. */
  | ({ readonly kind: 'verb-retry'; readonly batch: number; readonly back?: true } & Promised)
  | ({
      readonly kind: 'verb-skip'
      readonly batch: number
      readonly begun: boolean
      readonly back?: true
    } & Promised)
  | ({ readonly kind: 'verb-adopt'; readonly batch: number; readonly manager: string } & Promised & {
        /** Left out as it is; what it starts from, and returns to; another Deployment in its place; or only its size. */
        readonly as: 'skipped' | 'start' | 'replacement' | 'size'
      })
  | ({ readonly kind: 'verb-restore'; readonly batch: number; readonly manager: string } & Promised & {
        /** With what this release brings; with what ran before; or only `spec.paused`. */
        readonly as: 'overwrite' | 'revert' | 'unpause'
      })
  | ({
      readonly kind: 'verb-approve'
      readonly change: Change['kind']
      readonly batch: number
      readonly name: string
      readonly shareBefore: number
      readonly shareAfter: number
    } & Promised)
  | ({ readonly kind: 'verb-push-all' } & Promised)
  | {
      readonly kind: 'verb-stop'
      readonly remains: Remains
      readonly does: Outlook
      /** Beside a button that asks first: the question says the rest. */
      readonly brief?: true
      /** The release can be rolled back once it has been stopped. */
      readonly undo: boolean
    }
  | {
      readonly kind: 'verb-roll-back'
      readonly batches: readonly number[]
      /** Past a release whose place this one has taken, to what ran before both. */
      readonly chain?: true
      readonly tag: string
      readonly pods: number
      /** Somebody else has written it: it stays as it is. */
      readonly foreign?: number
    }
  | { readonly kind: 'verb-take-over'; readonly holder: string }
  | OffSentence
  // journal and history
  | { readonly kind: 'history-unread'; readonly why: FaultSentence }
  /** Kept on this machine, because the ConfigMap could not be written: now, or, without a reason, in the past. */
  | { readonly kind: 'history-local'; readonly why?: FaultSentence }
  | { readonly kind: 'history-damaged'; readonly releases: number }
  | { readonly kind: 'history-newer'; readonly releases: number }
  // log
  | {
      readonly kind: 'log'
      readonly what: ReleaseEventName
      readonly batch?: number
      readonly by?: string
      /** Pods, before and after, of a batch that somebody has scaled. */
      readonly from?: number
      readonly to?: number
      readonly hold?: { readonly kind: Hold['kind']; readonly reason?: string }
    }
  | { readonly kind: 'fault'; readonly fault: Fault }
