export type Targeted = { readonly connection: string; readonly namespace?: string; readonly service?: string }

/** Where a command goes, however deep it says so. */
export function targetOf(input: unknown): Targeted | undefined {
  if (typeof input !== 'object' || input === null) return undefined
  if ('connection' in input && typeof input.connection === 'string') return input as Targeted
  if ('target' in input) return targetOf(input.target)
  return 'draft' in input ? targetOf(input.draft) : undefined
}

/** Commands that only read: they change nothing anywhere. */
const reading = new Set([
  'release/check',
  'template/show',
  'template/preview',
  'history/list',
  'history/differences',
  'pod/log',
  'doctor/report',
  'rights/review',
  'kubeconfig/inspect',
])

export function changes(name: string): boolean {
  return !reading.has(name)
}
