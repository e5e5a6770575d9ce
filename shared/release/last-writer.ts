import type { FieldWriter } from '../k8s/objects.ts'

/** Who last wrote what a release depends on, as managedFields tell. */
export function lastWriter(writers: readonly FieldWriter[]): {
  readonly manager: string
  readonly at: number
} {
  const last = [...writers].sort((a, b) => b.at - a.at)[0]
  return { manager: last?.manager ?? 'somebody', at: last?.at ?? 0 }
}
