import type { ServiceRow } from '../../../shared/view/service-row.ts'
import type { Fault, MissingRight } from '../../../shared/fault.ts'
import type { GoBackRow } from '../../../shared/history/go-back-rows.ts'
import type { PastRelease } from '../../../shared/history/history-view.ts'
import type { CheckWhat } from '../../../shared/preflight/check.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { LockView } from '../../../shared/view/lock-view.ts'
import type { BatchView } from '../../../shared/view/batch-view.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'
import type { SteerVerb } from '../arguments/steer-verb.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'

/** What the terminal says beyond the sentences of a release. A key that one language lacks does not compile. */
export type Words = {
  readonly usage: (problem: UsageProblem) => string
  readonly fault: (fault: Fault) => string
  readonly check: (what: CheckWhat) => string
  readonly consentQuestion: string
  // heads of tables
  readonly contextHeads: readonly string[]
  readonly serviceHeads: readonly string[]
  readonly batchHeads: readonly string[]
  readonly gateHeads: readonly string[]
  readonly forecastHeads: readonly string[]
  readonly imageHeads: readonly string[]
  readonly releaseHeads: readonly string[]
  readonly revisionHeads: readonly string[]
  readonly serviceState: Readonly<Record<ServiceRow['state'], string>>
  // status
  readonly noServices: (namespace: string) => string
  readonly where: (it: {
    readonly cluster: string
    readonly namespace: string
    readonly service: string
  }) => string
  readonly incidentProposal: (pods: number, version: string, command: string) => string
  readonly externalName: (name: string) => string
  readonly noSelector: string
  readonly otherEndpoints: (ready: number, all: number, owners: readonly string[]) => string
  readonly publishesNotReady: string
  readonly headless: string
  readonly endpoints: (ready: number, expected: number) => string
  readonly stale: (why: string) => string
  readonly denied: (rights: readonly MissingRight[]) => string
  /** The record of a release can't be written, and nothing further begins before it is. */
  readonly journalUnwritten: (fault: Fault) => string
  readonly driver: (lock: LockView) => string
  // history
  readonly noReleases: string
  readonly changes: Readonly<Record<PastRelease['change'], string>>
  readonly notEnded: string
  readonly since: (time: string, known: 'exactly' | 'by') => string
  readonly incident: (
    batches: string,
    between: readonly [from: string, to: string],
    release: string | undefined,
  ) => string
  readonly noIncident: string
  readonly alsoTakenBack: (releases: string) => string
  readonly onlyRecord: string
  readonly leftOut: (name: string, why: Exclude<GoBackRow['stays'], 'same' | undefined>) => string
  readonly supersedes: (release: string) => string
  readonly journal: string
  readonly forgetQuestion: string
  // questions
  readonly cluster: string
  readonly namespace: string
  readonly service: string
  readonly change: string
  readonly batches: string
  readonly restart: string
  readonly template: string
  readonly imageStep: (it: {
    readonly container: string
    readonly from: string
    readonly to: string
    readonly batches: string
  }) => string
  readonly batch: (number: number) => string
  readonly batchesAndPods: (numbers: string, pods: number) => string
  readonly rollBackLine: (it: { readonly from: string; readonly to: string; readonly pods: number }) => string
  readonly verbOnBatch: (verb: SteerVerb, batch: number) => string
  readonly questions: Readonly<
    Record<Exclude<SteerVerb, 'adopt' | 'restore'> | 'release' | 'rollback' | 'take-over', string>
  >
  readonly adoptQuestions: Readonly<Record<As<'verb-adopt'>, string>>
  readonly restoreQuestions: Readonly<Record<As<'verb-restore'>, string>>
  readonly approve: string
  readonly approvalAnswer: (answer: string) => 'yes' | 'all' | 'no'
  readonly nothingDone: string
  // while driving
  readonly failure: (batch: BatchView, why: { readonly reason: string; readonly pods: number }) => string
  readonly firstFailingPod: (pod: string, container?: string) => string
  readonly pausedBeforeLeaving: string
  readonly rollBackGoesOn: string
  readonly lost: (holder: string) => string
  // why not
  readonly noRelease: string
  readonly nothingToRollBack: string
  readonly nothingToGoBack: (unknown: number) => string
  readonly noSuchRelease: (id: string) => string
  readonly nothingToForget: string
  /** `option`: what replaces it all the same. */
  readonly unfinished: (view: PipelineView, option: string) => string
  readonly nobodyDrives: string
  readonly othersRelease: (holder: string, expired: boolean) => string
  readonly waitsForHolder: (holder: string, seconds: number) => string
  readonly asked: (holder: string, wish: 'pause' | 'stop') => string
}
type As<K extends 'verb-adopt' | 'verb-restore'> = Extract<Sentence, { readonly kind: K }>['as']
