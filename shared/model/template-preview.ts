import type { FaultSentence } from '../fault-sentence.ts'
import type { Uid } from '../ids.ts'
import type { TemplateProblem } from './template-problem.ts'

/** What an edited template would change on each batch, in the order of the batches. Nothing has been written. */
export type TemplatePreview =
  | { readonly kind: 'problem'; readonly problem: TemplateProblem }
  | {
      readonly kind: 'changes'
      readonly batches: readonly EditedBatch[]
      /** The cluster's own words, if it would not take it: then its defaults are not in the differences. */
      readonly refused?: FaultSentence
    }

/** What an edit changes on one batch. */
export type EditedBatch = TemplateDiff & {
  /** Of the template that the batch has now: an answer to a conflict is about this one. */
  readonly digest: string
  readonly conflicts: readonly TemplateConflict[]
}

/** A place that the edit changed and that the batch has otherwise, in YAML; absent: there is no such thing. */
export type TemplateConflict = {
  readonly path: string
  readonly base?: string
  readonly own?: string
  readonly edited?: string
  /** Nobody has said yet which of the two holds: nothing starts before that. */
  readonly open: boolean
}

/** Lines of YAML with `+`, `-` or a space in front, as in a unified diff. No hunks: nothing differs. */
export type TemplateDiff = {
  readonly batch: Uid
  readonly number: number
  readonly name: string
  readonly added: number
  readonly removed: number
  readonly hunks: readonly { readonly line: number; readonly lines: readonly string[] }[]
}
