/** Asks again until the answer is there; fails with what was seen last. For real servers, which have no fake clock. */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  limits: { readonly what: string; readonly atMostMs?: number },
): Promise<T> {
  const { what, atMostMs = 30_000 } = limits
  const until = performance.now() + atMostMs
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (performance.now() > until) throw new Error(`not within ${atMostMs} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
