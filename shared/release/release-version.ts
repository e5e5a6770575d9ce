import type { Release } from './release.ts'

/** How many events a release has had, those among them that its record keeps no longer. Journals of earlier builds do not count. */
export function versionOf({ version, log }: Pick<Release, 'version' | 'log'>): number {
  return version ?? log.length
}
