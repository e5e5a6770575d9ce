import type { Uid } from '../ids.ts'

/** Why a text is no pod template. `line` is 1-based; `message` is the YAML parser's, in English. */
export type TemplateProblem =
  | { readonly kind: 'no-yaml'; readonly line?: number; readonly message: string }
  | { readonly kind: 'several-documents'; readonly line?: number }
  | { readonly kind: 'no-object' }
  | { readonly kind: 'no-containers' }

/** What an edited template would change on each batch, in the order of the batches. Nothing has been written. */
export type TemplatePreview =
  | { readonly kind: 'problem'; readonly problem: TemplateProblem }
  | {
      readonly kind: 'changes'
      readonly batches: readonly TemplateDiff[]
      /** The cluster's own words, if it would not take it: then its defaults are not in the differences. */
      readonly refused?: string
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
