import type { ReleaseView } from './pipeline.ts'

/** What goes with every command about a release that is shown: this one is meant, as it is shown. */
export type SeenRelease = { readonly release: string; readonly version: number }

export function seenRelease({ id, version }: Pick<ReleaseView, 'id' | 'version'>): SeenRelease {
  return { release: id, version }
}
