import type { KubeconfigSentence } from './fault-sentences/kubeconfig-sentence.ts'

/**
 * What we say of something that did not work: a kind and its values, of which every language has its words
 * (`shared/words/faults/`). A value that is one of a few of ours is called `which`: no secret is looked for in it, as in
 * no `kind`, while all else may hold words of others.
 */
export type FaultSentence =
  | KubeconfigSentence
  /** Of one batch among several. */
  | { readonly kind: 'of-batch'; readonly batch: string; readonly says: FaultSentence }
  /** Of a file among several. */
  | { readonly kind: 'at-path'; readonly path: string; readonly says: FaultSentence }
  /** Of a server, a program, the system: they stay as they are, in every language. */
  | { readonly kind: 'words'; readonly words: string }

/** Said twice it would be listed twice. */
export function eachOnce<S extends FaultSentence>(sentences: readonly S[]): readonly S[] {
  return [...new Map(sentences.map((one) => [JSON.stringify(one), one])).values()]
}
