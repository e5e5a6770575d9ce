const letters = ['n', 's', 'f', 'x', 'o', 'e'] as const

export type PodCounts = Readonly<Record<(typeof letters)[number], number>>

/** How many pods are in each state. A letter that is not known yet is one on the old version. */
export function countPods(text: string): PodCounts {
  const counts = { n: 0, s: 0, f: 0, x: 0, o: 0, e: 0 }
  for (const letter of text) counts[letters.find((one) => one === letter) ?? 'o'] += 1
  return counts
}

/** Of a size that is only drafted: pods that there are to be. Counted, never spelled out: a size may be any number. */
export function draftedPods(pods: number): PodCounts {
  return { n: 0, s: 0, f: 0, x: 0, o: pods, e: 0 }
}

export function allPods(counts: PodCounts): number {
  return letters.reduce((sum, letter) => sum + counts[letter], 0)
}
