import type { FailurePolicy } from '../../shared/release/plan.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import type { VerbName } from '../../shared/release/verbs.ts'
import type { services } from './simulated-scenario.ts'

export type Who = 0 | 1 | 2
export type ServiceName = (typeof services)[number]

/** What goes wrong with the next requests of one application that fit. */
export type Trouble =
  | { readonly kind: 'lost' }
  | { readonly kind: 'unanswered' }
  /** Done, or not, and never answered: the connection stays open. */
  | { readonly kind: 'silent'; readonly done: boolean }
  /** On the way for so long: it may land after its sender has given it up. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Something on the way sends it once more, so long after the first. */
  | { readonly kind: 'doubled'; readonly ms: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'status'; readonly status: 409 | 410 | 422 | 429 | 500 | 503 }
export type WildVerb = VerbName | 'ask-pause' | 'ask-stop' | 'forget'
export type Matching = 'write' | 'read' | 'lease' | 'watch' | 'any'

/** What a stranger does with kubectl. */
export type StrangeAct =
  | 'image'
  | 'template'
  | 'scale'
  | 'pause'
  | 'unpause'
  | 'delete'
  | 'recreate'
  | 'selector'
  | 'annotate'
  | 'kill-pods'
  | 'evict-pods'
  | 'restart'
  | 'undo'
  | 'add-batch'
  | 'remove-batch'
  | 'service-delete'
  | 'service-recreate'
  /** Room for so few pods, or for all again. */
  | 'quota'
  | 'no-quota'
  /** A controller of its own: an autoscaler that wants another size. */
  | 'autoscale'

export type Draft = {
  readonly change: 'image' | 'bad-image' | 'slow-image' | 'restart' | 'template' | 'none'
  readonly tag: number
  readonly approval: boolean
  readonly bakeSeconds: number
  readonly tolerance: number
  readonly onFailure: FailurePolicy
  readonly batchLimitSeconds: number
  /** Pods more or fewer for a batch. */
  readonly size?: { readonly batch: number; readonly by: number }
  readonly over?: 'canary' | 'rest'
  /** A batch that the plan leaves out. */
  readonly leftOut?: number
  readonly waitForEnding: boolean
  readonly restartsAllowed: number
}

export type Move = { readonly at: number } & (
  | { readonly kind: 'start'; readonly who: Who; readonly service: ServiceName; readonly draft: Draft }
  /** `stale`: how many pictures old the one is that the person acts on. `times`: pressed so often, each in the next window. */
  | {
      readonly kind: 'press'
      readonly who: Who
      readonly service: ServiceName
      readonly verb: VerbName
      readonly stale: number
      readonly times: number
    }
  /** What the page could send, whether it is offered or not: of an old picture, for any batch, with any arguments. */
  | {
      readonly kind: 'send'
      readonly who: Who
      readonly service: ServiceName
      readonly verb: WildVerb
      readonly stale: number
      readonly batch: number
      readonly mode: RollBackMode
    }
  | { readonly kind: 'plan'; readonly who: Who; readonly service: ServiceName; readonly draft: Draft }
  | {
      readonly kind: 'go-back'
      readonly who: Who
      readonly service: ServiceName
      readonly mode: RollBackMode
    }
  /** An admission webhook meets the next writes of Deployments, whoever sends them. */
  | { readonly kind: 'webhook'; readonly act: 'deny' | 'mutate'; readonly writes: number }
  /** The machine sleeps: nothing of the person's application happens meanwhile. */
  | { readonly kind: 'sleep'; readonly who: Who; readonly ms: number }
  /** Every other request meets another API server, whose clock differs by so much. */
  | { readonly kind: 'skew'; readonly ms: number }
  | { readonly kind: 'strange'; readonly act: StrangeAct; readonly batch: number; readonly number: number }
  | {
      readonly kind: 'trouble'
      readonly who: Who
      readonly matching: Matching
      readonly what: Trouble
      readonly requests: number
    }
  | { readonly kind: 'cut-watches' }
  | { readonly kind: 'forget-history' }
  | { readonly kind: 'kill'; readonly who: Who }
  | { readonly kind: 'open'; readonly who: Who }
  | { readonly kind: 'jump'; readonly who: Who; readonly ms: number }
  | { readonly kind: 'lease'; readonly act: 'delete' | 'corrupt'; readonly service: ServiceName }
)

export type History = { readonly seed: number; readonly moves: readonly Move[] }
