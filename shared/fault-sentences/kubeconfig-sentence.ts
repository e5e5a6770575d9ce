/** What reading kubeconfigs says: of a file, of an entry in it, of a file that an entry names. */
export type KubeconfigSentence =
  FileSentence | EntrySentence | NamedFileSentence | ContextSentence | AddingSentence

type Entry = 'cluster' | 'user' | 'context'

type FileSentence =
  | { readonly kind: 'file-missing' }
  | { readonly kind: 'file-denied' }
  | { readonly kind: 'file-is-folder' }
  | { readonly kind: 'file-is-no-file' }
  | { readonly kind: 'file-too-large' }
  | { readonly kind: 'file-late' }
  | { readonly kind: 'file-failed'; readonly code: string }
  | { readonly kind: 'file-empty' }
  | { readonly kind: 'file-no-text' }
  /** `what`: of the YAML parser. */
  | { readonly kind: 'file-no-yaml'; readonly what: string; readonly line?: number }
  | { readonly kind: 'file-alias' }
  | { readonly kind: 'file-too-deep' }
  | { readonly kind: 'file-too-many-keys' }
  /** `issue`: of the schema. */
  | { readonly kind: 'file-no-kubeconfig'; readonly issue: string }
  /** `under`: where a kubeconfig stands in it. */
  | {
      readonly kind: 'file-of-another-kind'
      readonly is: string
      readonly under?: { readonly key: string; readonly encoded: boolean }
    }
  | { readonly kind: 'file-of-another-version'; readonly apiVersion: string }
  | { readonly kind: 'file-duplicate-key'; readonly line?: number }
  | { readonly kind: 'file-several-documents'; readonly line?: number }
  | { readonly kind: 'entry-issue'; readonly which: Entry; readonly issue: string }
  | { readonly kind: 'entry-nameless'; readonly which: Entry }
  | { readonly kind: 'entry-unusable'; readonly which: Entry; readonly name: string; readonly issue: string }
  | { readonly kind: 'entry-twice'; readonly which: Entry; readonly name: string }
  | { readonly kind: 'list-refused' }
  | { readonly kind: 'not-expanded'; readonly written: string }
  | { readonly kind: 'last-read-counts' }

type EntrySentence =
  | { readonly kind: 'ca-and-insecure' }
  | { readonly kind: 'insecure' }
  | { readonly kind: 'no-server' }
  | { readonly kind: 'server-not-http'; readonly server: string }
  | { readonly kind: 'proxy-not-url' }
  | { readonly kind: 'token-and-password' }
  | { readonly kind: 'auth-provider'; readonly provider: string; readonly instead?: string }
  | { readonly kind: 'plugin-and-provider' }
  | { readonly kind: 'issuer-not-https'; readonly issuer: string }
  | { readonly kind: 'plugin-nameless' }
  | { readonly kind: 'plugin-version'; readonly apiVersion: string; readonly known: readonly string[] }
  | { readonly kind: 'plugin-mode'; readonly known: readonly string[] }
  | { readonly kind: 'plugin-half-characters' }
  | { readonly kind: 'plugin-variable'; readonly name: string }
  | { readonly kind: 'certificate-without-key' }
  | { readonly kind: 'acts-as-nobody' }
  | { readonly kind: 'given-twice'; readonly path: string; readonly data: string }
  | { readonly kind: 'not-pem'; readonly key: string }
  | { readonly kind: 'path-not-expanded'; readonly key: string; readonly path: string }
  | { readonly kind: 'path-from-nowhere'; readonly key: string; readonly path: string }
  | { readonly kind: 'token-line-end' }
  | { readonly kind: 'sent-openly' }
  | { readonly kind: 'not-a-certificate' }

type NamedFileSentence = {
  readonly kind: 'named-file'
  readonly path: string
  readonly which: 'missing' | 'denied' | 'folder' | 'not-a-file' | 'too-large' | 'late' | 'failed'
}

type ContextSentence =
  | {
      readonly kind: 'context-leads-nowhere'
      readonly context: string
      readonly which: 'cluster' | 'user'
      readonly name: string
      readonly file: string
    }
  | { readonly kind: 'context-hidden'; readonly by: string }
  | {
      readonly kind: 'context-merged'
      readonly parts: readonly {
        readonly which: 'cluster' | 'user'
        readonly name: string
        readonly file: string
      }[]
    }
  | { readonly kind: 'context-gone' }
  | { readonly kind: 'context-changed' }

type AddingSentence =
  | { readonly kind: 'no-context-in-text' }
  | { readonly kind: 'text-not-kept'; readonly folder: string; readonly code: string }
  | { readonly kind: 'not-added-here' }
  | { readonly kind: 'file-not-deleted'; readonly path: string; readonly code: string }
  | { readonly kind: 'path-not-absolute' }
  | { readonly kind: 'nothing-at-path'; readonly path: string }

/** In what kubectl does otherwise with a context, as told beside what is wrong with it. */
export function isAboutKubectl({ kind }: { readonly kind: string }): boolean {
  return aboutKubectl.has(kind)
}

const aboutKubectl: ReadonlySet<string> = new Set<KubeconfigSentence['kind']>([
  'ca-and-insecure',
  'token-and-password',
  'plugin-and-provider',
  'acts-as-nobody',
  'given-twice',
  'path-not-expanded',
  'token-line-end',
  'sent-openly',
  'context-hidden',
  'context-merged',
])
