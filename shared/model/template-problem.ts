/** Why a text is no pod template. `line` is 1-based; `message` is the YAML parser's, in English. */
export type TemplateProblem =
  /** More levels, or more keys in one place, than any template has. */
  | { readonly kind: 'too-deep' | 'too-many-keys' }
  | { readonly kind: 'no-yaml'; readonly line?: number; readonly message: string }
  | { readonly kind: 'several-documents'; readonly line?: number }
  | { readonly kind: 'no-object' }
  | { readonly kind: 'no-containers' }
