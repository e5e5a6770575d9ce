/** What signing in to a cluster says: credentials, programs that hand them out, the policy for those, OIDC. */
export type SignInSentence = CredentialSentence | PluginSentence | OidcSentence

type CredentialSentence =
  | { readonly kind: 'token-file-empty'; readonly path: string }
  | { readonly kind: 'token-unsendable' }
  | { readonly kind: 'header-unsendable'; readonly header: string }
  | { readonly kind: 'certificate-expired'; readonly date: string }
  | { readonly kind: 'sign-in-late'; readonly seconds: number; readonly command?: string }
  /** `words`: of what was thrown. */
  | { readonly kind: 'sign-in-failed'; readonly words: string }

type PluginSentence =
  /** `hint`: how it is installed, as the kubeconfig says. */
  | {
      readonly kind: 'plugin-not-found'
      readonly command: string
      readonly lookedIn: string
      readonly hint: string
    }
  | {
      readonly kind: 'plugin-not-started'
      readonly command: string
      readonly which: 'denied' | 'no-folder' | 'circle' | 'busy' | 'too-long' | 'nul' | 'other'
      /** The system's code, or its words. */
      readonly words: string
      readonly hint: string
    }
  | { readonly kind: 'plugin-batch-file'; readonly command: string }
  | { readonly kind: 'plugin-asks'; readonly command: string }
  | { readonly kind: 'plugin-late'; readonly command: string; readonly seconds: number }
  | { readonly kind: 'plugin-ended'; readonly command: string }
  | { readonly kind: 'plugin-too-much'; readonly command: string }
  /** `words`: what it said itself; empty: nothing. */
  | {
      readonly kind: 'plugin-failed'
      readonly command: string
      readonly exitCode?: number
      readonly signal?: string
      readonly words: string
    }
  | { readonly kind: 'plugin-no-json'; readonly command: string }
  | { readonly kind: 'plugin-no-credential'; readonly command: string }
  | {
      readonly kind: 'plugin-other-version'
      readonly command: string
      readonly answered: string
      readonly asked: string
    }
  | { readonly kind: 'plugin-empty-credential'; readonly command: string }
  | { readonly kind: 'plugin-half-credential'; readonly command: string }
  | { readonly kind: 'plugin-without-consent'; readonly command: string }
  | { readonly kind: 'plugin-refused-twice' }
  | { readonly kind: 'policy-denies-all'; readonly command: string; readonly file: string }
  | { readonly kind: 'policy-not-listed'; readonly command: string; readonly file: string }
  /** Ends of a sentence about the policy's file. */
  | { readonly kind: 'policy-unread'; readonly code: string }
  | { readonly kind: 'text-too-deep' }
  | { readonly kind: 'text-too-many-keys' }

type OidcSentence =
  | { readonly kind: 'oidc-expired' }
  | { readonly kind: 'oidc-no-endpoint'; readonly issuer: string }
  | { readonly kind: 'oidc-no-token'; readonly issuer: string; readonly status: number }
  | { readonly kind: 'oidc-refused-twice' }
