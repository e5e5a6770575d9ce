import type { SignInSentence } from '../../../shared/fault-sentences/sign-in-sentence.ts'

/** Headers as pairs: a repeated header (groups) must not be folded into one line. */
export type Secrets = {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly certificate?: string
  readonly key?: string
  /** What a person should know if the server refuses this: an expired client certificate. */
  readonly note?: SignInSentence
  /** Which one it is of those that are renewed: it is refused, or taken, and no other. */
  readonly generation?: number
}
