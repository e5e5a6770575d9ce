/** Main process -> application process. A page's port comes with `port`. */
export type ToApp = { readonly kind: 'port' } | { readonly kind: 'close' }

/** Application process -> main process: the Services whose releases it drives just now. */
export type FromApp = { readonly kind: 'driving'; readonly services: readonly string[] }

export type AppProcessOptions = {
  readonly training: 'auto' | 'only'
  readonly dataFolder: string
  readonly version: string
}
