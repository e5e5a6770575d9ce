/** What the application says of what it is asked for, of this machine's files, and of the way to itself. */
export type AppSentence =
  | { readonly kind: 'no-service'; readonly service: string; readonly namespace: string }
  | { readonly kind: 'no-deployments'; readonly service: string }
  | { readonly kind: 'context-unlisted' }
  | { readonly kind: 'no-training' }
  | { readonly kind: 'not-read-yet' }
  | { readonly kind: 'namespace-unread'; readonly namespace: string }
  | { readonly kind: 'too-many-pages'; readonly most: number; readonly path: string }
  | { readonly kind: 'cluster-late'; readonly seconds: number }
  | { readonly kind: 'plugin-over' }
  | { readonly kind: 'consent-first' }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'production-locked'; readonly cluster: string }
  /** Said to a script: what would open it. */
  | { readonly kind: 'name-production'; readonly cluster: string }
  | { readonly kind: 'wrong-name'; readonly cluster: string }
  | { readonly kind: 'too-many-plans'; readonly most: number }
  | { readonly kind: 'threw' }
  | { readonly kind: 'no-such-command' }
  | { readonly kind: 'answer-lost' }
  | { readonly kind: 'app-unreachable' }
  | { readonly kind: 'own-file-unread'; readonly path: string; readonly code: string }
  | { readonly kind: 'own-file-broken'; readonly path: string }
  | { readonly kind: 'own-file-unwritten'; readonly path: string; readonly words: string }
  | { readonly kind: 'own-file-not-removed'; readonly path: string; readonly words: string }
  | { readonly kind: 'too-many-ports'; readonly most: number }
  | { readonly kind: 'port-closed' }
  | { readonly kind: 'no-pod'; readonly pod: string; readonly service: string }
  | { readonly kind: 'no-port-named'; readonly service: string }
  | { readonly kind: 'no-port'; readonly port: string }
  | { readonly kind: 'folder-missing' }
