/** Counters as the API server prints them: one that is zero is left out. */
export function withoutZeros<T extends Readonly<Record<string, number>>>(counters: T): Partial<T> {
  return Object.fromEntries(Object.entries(counters).filter(([, count]) => count !== 0)) as Partial<T>
}
