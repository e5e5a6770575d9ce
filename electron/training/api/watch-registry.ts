import type { Sink } from './answer.ts'
import type { RequestInfo } from './request-info.ts'

/** The watches that are open, so that they can be cut, ended or held back. */
export type WatchRegistry = {
  /** Gives the sink to write to instead, and what to call when the watch is over. */
  register(info: RequestInfo, sink: Sink): { readonly sink: Sink; readonly close: () => void }
  open(): readonly RequestInfo[]
  /** Gives the number of watches concerned. */
  forEach(which: (info: RequestInfo) => boolean, act: (sink: Sink) => void): number
  /** Holds events back until the returned function is called; they arrive then, in order. */
  freeze(which: (info: RequestInfo) => boolean): () => void
}

export function createWatchRegistry(): WatchRegistry {
  type Watch = { readonly info: RequestInfo; readonly sink: Sink; held: string[] | undefined }
  const watches = new Set<Watch>()

  return {
    register(info, sink) {
      const watch: Watch = { info, sink, held: undefined }
      watches.add(watch)
      return {
        sink: {
          ...sink,
          write(text) {
            if (watch.held === undefined) sink.write(text)
            else watch.held.push(text)
          },
        },
        close: () => watches.delete(watch),
      }
    },
    open: () => [...watches].map((watch) => watch.info),
    forEach(which, act) {
      const chosen = [...watches].filter((watch) => which(watch.info))
      for (const watch of chosen) act(watch.sink)
      return chosen.length
    },
    freeze(which) {
      const frozen = [...watches].filter((watch) => which(watch.info))
      for (const watch of frozen) watch.held ??= []
      return () => {
        for (const watch of frozen) {
          for (const text of watch.held ?? []) watch.sink.write(text)
          watch.held = undefined
        }
      }
    },
  }
}
