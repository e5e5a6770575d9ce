import type { Lane } from './rate-limiter.ts'

/** What a request may cost. There is none without: a server that hangs, drips or never ends takes no more than this. */
export type Bounds = {
  readonly lane: Lane
  /** From the moment in which it is asked for, the wait for its turn and the whole answer included. */
  readonly withinMs: number
  /** Of the answer, unzipped. */
  readonly atMostBytes: number
}

const mebibyte = 1024 * 1024
/** An object takes 1.5 MiB in etcd, and with all its escapes a few times that as JSON. */
const oneObject = 8 * mebibyte

export const bounds = {
  /** Short, so that a renewal that hangs leaves time for two more before the lock is in danger. */
  lease: { lane: 'lease', withinMs: 10_000, atMostBytes: oneObject },
  /** Several admission webhooks may take up to 30 s each; the server itself gives up after 60 s. */
  write: { lane: 'urgent', withinMs: 60_000, atMostBytes: oneObject },
  /** What a write is judged by. */
  urgentRead: { lane: 'urgent', withinMs: 15_000, atMostBytes: oneObject },
  /** Before anything begins: the same webhooks are asked. */
  trial: { lane: 'normal', withinMs: 60_000, atMostBytes: oneObject },
  /** Records of what is over. */
  record: { lane: 'normal', withinMs: 60_000, atMostBytes: oneObject },
  read: { lane: 'normal', withinMs: 15_000, atMostBytes: oneObject },
  /** Ten thousand pods come in one answer of 40 MB. */
  list: { lane: 'slow', withinMs: 30_000, atMostBytes: 128 * mebibyte },
  log: { lane: 'slow', withinMs: 15_000, atMostBytes: oneObject },
  /** Whether the server is there at all. */
  probe: { lane: 'urgent', withinMs: 20_000, atMostBytes: oneObject },
} as const satisfies Readonly<Record<string, Bounds>>

/** How a watch is begun: urgent where a release is driven. It may then stay open for ever. */
export type WatchBounds = { readonly lane: 'urgent' | 'normal'; readonly withinMs: number }

/** Watches begin two a second: many namespaces take a while. */
export const watchBounds: Readonly<Record<WatchBounds['lane'], WatchBounds>> = {
  urgent: { lane: 'urgent', withinMs: 15_000 },
  normal: { lane: 'normal', withinMs: 60_000 },
}
