import type { Json } from '../objects/json.ts'
import { statusBody, type StatusError } from '../objects/status-error.ts'

/** Where a streamed answer (watch, log) goes. */
export type Sink = {
  write(text: string): void
  /** A clean end. */
  end(): void
  /** Cuts the connection in the middle. */
  cut(): void
}

export type Answer =
  | {
      readonly kind: 'text'
      readonly code: number
      readonly text: string
      readonly contentType?: string
      readonly headers?: Headers
    }
  | { readonly kind: 'stream'; readonly contentType: string; readonly start: (sink: Sink) => () => void }

type Headers = Readonly<Record<string, string>>

export function answerText(code: number, text: string, headers: Headers = {}): Answer {
  return { kind: 'text', code, text, headers }
}

export function answerJson(code: number, body: Json, headers: Headers = {}): Answer {
  return answerText(code, JSON.stringify(body), headers)
}

export function answerError(error: StatusError): Answer {
  const retryAfter = error.details?.['retryAfterSeconds']
  const headers: Headers = typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {}
  return answerJson(error.code, statusBody(error), headers)
}
