const mostRemembered = 500

/** Runs each request id once: a click that is sent again after a lost answer gets the first one's reply. */
export function once(): <T>(request: string, run: () => Promise<T>) => Promise<T> {
  const replies = new Map<string, Promise<unknown>>()
  return <T>(request: string, run: () => Promise<T>): Promise<T> => {
    const known = replies.get(request)
    // The id is made by the page for one call of one command, so the type of its reply is the same.
    if (known !== undefined) return known as Promise<T>
    const reply = run()
    replies.set(request, reply)
    const first = replies.keys().next()
    if (replies.size > mostRemembered && first.done !== true) replies.delete(first.value)
    return reply
  }
}
