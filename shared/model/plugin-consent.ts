/** Why a plugin is more than the program that it names. */
export type PluginWarning =
  /** What it does stands in its arguments. `program`: what it is called, after symbolic links if they say it. */
  | { readonly kind: 'shell' | 'interpreter' | 'launcher'; readonly program: string }
  /** These variables make programs load code from elsewhere. */
  | { readonly kind: 'loads-code'; readonly variables: readonly string[] }

/** What a person has to agree to before a credential plugin runs: all of it, as it would be run, but for secrets in its arguments. */
export type PluginConsent = {
  /** Changes with anything that changes what would be run. */
  readonly key: string
  /** The program's absolute path: just this one is started. */
  readonly command: string
  /** As the kubeconfig has it: a bare name, that was found on PATH. */
  readonly written: string
  readonly args: readonly string[]
  /** Names only: values may be secrets. */
  readonly env: readonly string[]
  readonly file: string
  readonly warnings: readonly PluginWarning[]
}
