export type OptionName =
  | 'context'
  | 'kubeconfig'
  | 'namespace'
  | 'service'
  | 'training'
  | 'lang'
  | 'output'
  | 'yes'
  | 'timeout'
  | 'trust-plugins'
  | 'data-folder'
  | 'verbose'
  | 'help'
  | 'version'
  | 'watch'
  | 'image'
  | 'tag'
  | 'container'
  | 'restart'
  | 'template'
  | 'template-conflicts'
  | 'batch'
  | 'skip'
  | 'bake'
  | 'tolerance'
  | 'restarts'
  | 'wait-for-ending'
  | 'batch-limit'
  | 'approve-all'
  | 'no-approval'
  | 'on-failure'
  | 'supersede'
  | 'take-over'
  | 'without-lock'
  | 'production'
  | 'until'
  | 'batch-by-batch'
  | 'revision'
  | 'at'
  | 'before'
  | 'after'
  | 'detach'

/** `flag`: given or not. `value`: the last one counts. `list`: each counts; commas separate as well. */
export type OptionKind = 'flag' | 'value' | 'list'

export const optionKinds: Readonly<Record<OptionName, OptionKind>> = {
  context: 'value',
  kubeconfig: 'value',
  namespace: 'value',
  service: 'value',
  training: 'flag',
  lang: 'value',
  output: 'value',
  yes: 'flag',
  timeout: 'value',
  'trust-plugins': 'flag',
  'data-folder': 'value',
  verbose: 'flag',
  help: 'flag',
  version: 'flag',
  watch: 'flag',
  image: 'list',
  tag: 'value',
  container: 'value',
  restart: 'flag',
  template: 'value',
  'template-conflicts': 'value',
  batch: 'list',
  skip: 'list',
  bake: 'value',
  tolerance: 'value',
  restarts: 'value',
  'wait-for-ending': 'flag',
  'batch-limit': 'value',
  'approve-all': 'flag',
  'no-approval': 'flag',
  'on-failure': 'value',
  supersede: 'value',
  'take-over': 'flag',
  'without-lock': 'flag',
  production: 'value',
  until: 'value',
  'batch-by-batch': 'flag',
  revision: 'value',
  at: 'value',
  before: 'value',
  after: 'value',
  detach: 'flag',
}

export const shortNames: Partial<Record<OptionName, string>> = {
  context: 'c',
  namespace: 'n',
  service: 's',
  output: 'o',
  yes: 'y',
  help: 'h',
  watch: 'w',
}

/** Options that every command takes. */
export const commonOptions: readonly OptionName[] = [
  'context',
  'kubeconfig',
  'namespace',
  'service',
  'training',
  'lang',
  'output',
  'yes',
  'timeout',
  'trust-plugins',
  'data-folder',
  'verbose',
  'help',
  'version',
]
const draftOptions: readonly OptionName[] = [
  'image',
  'tag',
  'container',
  'restart',
  'template',
  'template-conflicts',
  'batch',
  'skip',
  'bake',
  'tolerance',
  'restarts',
  'wait-for-ending',
  'batch-limit',
  'no-approval',
  'on-failure',
]

/** command -> its own options. */
export const commandOptions = {
  contexts: [],
  doctor: [],
  status: ['watch'],
  plan: draftOptions,
  release: [...draftOptions, 'approve-all', 'supersede', 'without-lock', 'until', 'production', 'detach'],
  approve: ['until', 'production'],
  'push-all': ['until', 'production'],
  pause: [],
  resume: ['until', 'production'],
  freeze: [],
  retry: ['batch', 'until', 'production'],
  skip: ['batch', 'until', 'production'],
  adopt: ['batch', 'until', 'production'],
  restore: ['batch', 'until', 'production'],
  stop: [],
  rollback: ['batch', 'batch-by-batch'],
  history: [],
  'go-back': [
    'tag',
    'revision',
    'at',
    'before',
    'after',
    'batch',
    'batch-by-batch',
    'take-over',
    'without-lock',
  ],
  forget: [],
  'take-over': ['until', 'production'],
  ask: [],
} as const satisfies Readonly<Record<string, readonly OptionName[]>>

export type CommandName = keyof typeof commandOptions
export const commandNames = Object.keys(commandOptions) as readonly CommandName[]

export function isCommand(word: string): word is CommandName {
  return Object.hasOwn(commandOptions, word)
}
