/** What enough histories reach: one of these that is never reached shows a simulation that has gone blind there. */
const expected: readonly string[] = []

export function missingFrom(coverage: ReadonlyMap<string, number>): readonly string[] {
  return expected.filter((one) => !coverage.has(one))
}
