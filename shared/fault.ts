import type { FaultSentence } from './fault-sentence.ts'

/** Why an expected thing did not work. Closed, so that the page can say each one in two languages. */
export type FaultCode =
  | 'invalid-input'
  | 'not-found'
  | 'forbidden'
  | 'unauthorized'
  | 'conflict'
  | 'invalid'
  | 'expired'
  | 'too-many-requests'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'server-error'
  | 'bad-answer'
  | 'kubeconfig'
  | 'plugin'
  | 'consent-needed'
  | 'not-supported'
  /** More than the application takes at once: nothing was sent. */
  | 'too-large'
  | 'busy'
  | 'stale'
  | 'closed'
  /** No right to write the lock: it can be gone on without, when a person agrees. */
  | 'no-lock-right'
  /** A production cluster whose changes are not switched on. */
  | 'read-only'
  /** What a person decided on is not so any more: nothing was done. */
  | 'moved-on'
  /** Leaving the cluster would leave these releases, which the person was not told of. */
  | 'release-runs'
  /** Batches are not as large any more as they were shown, or are gone: nothing was done. */
  | 'sizes-moved'
  /** The person was asked once more and did not agree. */
  | 'declined'
  /** The journal of the last release can't be read. */
  | 'journal'
  | 'internal'

/** A right without which something is not seen. `group`: of the API, empty for the core. */
export type MissingRight = {
  readonly verb: 'list' | 'watch'
  readonly group: string
  readonly resource: string
  readonly namespace: string
}

/** A batch that has another size by now than a person saw. */
export type SizeMoved = {
  readonly name: string
  readonly number: number
  readonly from: number
  readonly to: number
}

/** Never a secret. What is said is a sentence of ours, or the words of whoever refused, and never both. */
export type Fault = About & (Ours | Theirs)

/** In two languages: `shared/words/faults/`. */
type Ours = { readonly sentence: FaultSentence; readonly message: '' }
/** The words of a server or a program, as they are. */
type Theirs = { readonly sentence?: never; readonly message: string }

type About = {
  readonly code: FaultCode
  /** Seconds the server asked us to wait. */
  readonly retryAfter?: number
  /** HTTP status, if an API server answered. */
  readonly status?: number
  /** The request was sent and no answer came: a write may have been done. */
  readonly maybeDone?: boolean
  /** Which batches have another size by now, where that is why. */
  readonly sizes?: readonly SizeMoved[]
  /** What may not be read, where that is why. */
  readonly rights?: readonly MissingRight[]
  /** The Service, in whatever namespace, whose release stands in the way: the way on is there. */
  readonly elsewhere?: { readonly namespace: string; readonly service: string }
}

export type Reply<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: Fault }

export function ok<T>(value: T): Reply<T> {
  return { ok: true, value }
}

type Failed = { readonly ok: false; readonly fault: Fault }

export function failed(code: FaultCode, says: FaultSentence): Failed {
  return { ok: false, fault: faultOf(code, says) }
}

export function faultOf(code: FaultCode, says: FaultSentence): Fault {
  return says.kind === 'words' ? faultInWords(code, says.words) : { code, sentence: says, message: '' }
}

/** Refused in the words of a server, a program or the system: never a sentence of ours, which has two languages. */
export function failedInWords(code: FaultCode, words: string): Failed {
  return { ok: false, fault: faultInWords(code, words) }
}

export function faultInWords(code: FaultCode, words: string): Fault {
  return { code, message: words }
}

/** What a fault says, to be carried on without its code. */
export function sentenceOf({ sentence, message }: Fault): FaultSentence {
  return sentence ?? { kind: 'words', words: message }
}

/** Whether the same call may succeed later without anybody changing anything. */
export function isRetryable(fault: Fault): boolean {
  switch (fault.code) {
    case 'too-many-requests':
    case 'unreachable':
    case 'timeout':
    case 'server-error':
    case 'busy':
      return true
    default:
      return false
  }
}
