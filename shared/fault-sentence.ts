import type { AppSentence } from './fault-sentences/app-sentence.ts'
import type { ConnectionSentence } from './fault-sentences/connection-sentence.ts'
import type { ReleaseSentence } from './fault-sentences/release-sentence.ts'
import type { SignInSentence } from './fault-sentences/sign-in-sentence.ts'
import type { KubeconfigSentence } from './fault-sentences/kubeconfig-sentence.ts'
import type { TemplateProblem } from './model/template-problem.ts'
import type { OffSentence } from './release/off-sentence.ts'

/**
 * What we say of something that did not work: a kind and its values, of which every language has its words
 * (`shared/words/faults/`). A value that is one of a few of ours is called `which`: no secret is looked for in it, as in
 * no `kind`, while all else may hold words of others.
 */
export type FaultSentence =
  | AppSentence
  | ConnectionSentence
  | KubeconfigSentence
  | OffSentence
  | ReleaseSentence
  | SignInSentence
  | { readonly kind: 'template-problem'; readonly problem: TemplateProblem }
  | { readonly kind: 'choice-forgotten'; readonly batch: string; readonly says: FaultSentence }
  /** `says`: the server's refusal of the Lease. */
  | { readonly kind: 'without-lock'; readonly says: FaultSentence }
  /** `says`: the server's refusal, which may not name the right. */
  | { readonly kind: 'port-forward-right'; readonly says: FaultSentence }
  /** Of one kind of objects. */
  | { readonly kind: 'of-kind'; readonly of: string; readonly says: FaultSentence }
  /** A certificate that is over may be why, and comes first. */
  | { readonly kind: 'noted'; readonly note: FaultSentence; readonly says: FaultSentence }
  | {
      readonly kind: 'policy-unreadable'
      readonly file: string
      readonly command: string
      readonly says: FaultSentence
    }
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
