import type { FaultSentence } from '../fault-sentence.ts'

/** Kubeconfigs as they would be read. Secrets are not in it. */
export type KubeconfigReport = {
  readonly contexts: readonly {
    readonly name: string
    /** Of a folder: which file has it. */
    readonly file: string
    readonly server: string
    readonly signIn: 'none' | 'token' | 'token-file' | 'basic' | 'certificate' | 'exec' | 'oidc'
    /** The program that connecting would run, after one more question. */
    readonly runs?: {
      readonly command: string
      readonly args: readonly string[]
      readonly env: readonly string[]
    }
    readonly warnings: readonly FaultSentence[]
  }[]
  readonly problems: readonly FaultSentence[]
}
