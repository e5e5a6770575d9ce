/** Ends an exhaustive switch: a new member of the union becomes a compile error at every switch over it. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
