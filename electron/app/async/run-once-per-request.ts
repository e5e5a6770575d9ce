import type { Reply } from '../../../shared/fault.ts'

const mostRemembered = 500

/**
 * Runs each request id once: a click that is sent again after a lost answer gets the first one's reply. What a cluster
 * that is read-only refused has done nothing: sent again once changes are allowed there, it is done.
 */
export function runOncePerRequest(): <T>(request: string, run: () => Promise<Reply<T>>) => Promise<Reply<T>> {
  const replies = new Map<string, Promise<Reply<unknown>>>()
  return <T>(request: string, run: () => Promise<Reply<T>>): Promise<Reply<T>> => {
    const known = replies.get(request)
    // The id is made by the page for one call of one command, so the type of its reply is the same.
    if (known !== undefined) return known as Promise<Reply<T>>
    const reply = run()
    replies.set(request, reply)
    void reply.then(
      (answer) => {
        if (!answer.ok && answer.fault.code === 'read-only') replies.delete(request)
      },
      () => undefined,
    )
    const first = replies.keys().next()
    if (replies.size > mostRemembered && first.done !== true) replies.delete(first.value)
    return reply
  }
}
