import { Dispatcher, errors } from 'undici'
import type { Answer } from '../../electron/training/api/answer.ts'
import type { SimulatedTime } from './simulated-time.ts'

export type PlainRequest = {
  /** The application that sent it. */
  readonly from: string
  readonly sentAt: number
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/**
 * What becomes of a request. `there` and `back`: milliseconds on the way. `lost`: it never arrives; `unanswered`: it is
 * done, and its answer is lost. Both are noticed after `back`, by a connection that breaks, or never (`silent`).
 */
export type Fate = {
  readonly there: number
  readonly back: number
  readonly what: 'answered' | 'lost' | 'unanswered' | 'refused'
  readonly silent?: boolean
  /** Answered with this status instead, and nothing is done. */
  readonly status?: number
  /** It arrives once more, so much later. Nobody hears the second answer. */
  readonly again?: number
}

/** The words of an answer that no server of this world has given. */
export function answeredWith(status: number): string {
  return `simulated answer with status ${status}`
}

export type SimulatedNetwork = {
  /** One application's end of it. */
  dispatcher(from: string, life: Life): Dispatcher
  /** Breaks every stream that is open. */
  cutStreams(): void
  /** The world is over: whoever still waits, dead or alive, is told so, and nothing of it outlives it. */
  close(): void
}

/** Once it is not alive any more, nothing is sent and nothing arrives; while it sleeps, for so many milliseconds, it waits. */
type Life = { readonly alive: () => boolean; readonly sleeps: () => number }

type Options = {
  readonly time: SimulatedTime
  readonly answer: (request: PlainRequest) => Answer
  readonly fateOf: (request: PlainRequest) => Fate
  /** The `Date` header of the server that answers. */
  readonly date: () => string
}

type Handler = Dispatcher.DispatchHandler
type Call = {
  readonly handler: Handler
  readonly controller: Dispatcher.DispatchController
  over: boolean
  readonly alive: () => boolean
  /** Once the receiver is awake. */
  later(delayMs: number, act: () => void): void
  stop: () => void
  fail(error: Error): void
}

const broken = (): Error => Object.assign(new errors.SocketError('other side closed'), {})

/** Requests as undici sends them, over a wire that only the simulated time moves. */
export function createSimulatedNetwork(options: Options): SimulatedNetwork {
  const { time } = options
  const streams = new Set<Call>()
  /** Those whose sender has not heard how it ended: the dead hear nothing. */
  const open = new Set<Call>()

  let closed = false

  function tellOver(call: Call): void {
    call.over = true
    open.delete(call)
    call.handler.onResponseError?.(call.controller, new errors.ClientDestroyedError())
  }

  function end(call: Call): void {
    call.over = true
    streams.delete(call)
    if (call.alive()) open.delete(call)
  }

  function begin(handler: Handler, withinMs: number, { alive, sleeps }: Life): Call {
    function later(delayMs: number, act: () => void): () => void {
      let stop = time.setTimer(delayMs, due)
      function due(): void {
        if (sleeps() > 0) stop = time.setTimer(sleeps(), due)
        else act()
      }
      return () => stop()
    }
    const call: Call = {
      handler,
      over: false,
      alive,
      later,
      stop: () => undefined,
      fail(error) {
        if (call.over) return
        end(call)
        stopWaiting()
        call.stop()
        if (alive()) handler.onResponseError?.(controller, error)
      },
      get controller() {
        return controller
      },
    }
    const state = { aborted: false, reason: null as Error | null }
    const controller: Dispatcher.DispatchController = {
      get aborted() {
        return state.aborted
      },
      get paused() {
        return false
      },
      get reason() {
        return state.reason
      },
      rawHeaders: [],
      rawTrailers: [],
      abort(reason) {
        state.aborted = true
        state.reason = reason
        call.fail(reason)
      },
      pause: () => undefined,
      resume: () => undefined,
    }
    const stopWaiting =
      withinMs > 0
        ? later(withinMs, () => {
            if (!streams.has(call)) call.fail(new errors.HeadersTimeoutError())
          })
        : () => undefined
    open.add(call)
    return call
  }

  function answered(call: Call, answer: Answer, fate: Fate): void {
    const { handler, controller } = call
    const date = options.date()
    if (answer.kind === 'text') {
      call.later(fate.back, () => {
        if (call.over || !call.alive()) return
        end(call)
        call.stop()
        const type = answer.contentType ?? 'application/json'
        handler.onResponseStart?.(
          controller,
          answer.code,
          { date, 'content-type': type, ...answer.headers },
          '',
        )
        handler.onResponseData?.(controller, Buffer.from(answer.text))
        handler.onResponseEnd?.(controller, {})
      })
      return
    }
    /** In order, whatever the way takes. */
    const later = (act: () => void): void =>
      call.later(fate.back, () => {
        if (!call.over && call.alive()) act()
      })
    later(() => {
      streams.add(call)
      handler.onResponseStart?.(controller, 200, { date, 'content-type': answer.contentType }, '')
    })
    const stop = answer.start({
      write: (text) => later(() => handler.onResponseData?.(controller, Buffer.from(text))),
      end: () =>
        later(() => {
          end(call)
          handler.onResponseEnd?.(controller, {})
        }),
      cut: () => later(() => call.fail(broken())),
    })
    call.stop = stop
  }

  function send(request: PlainRequest, call: Call): void {
    const fate = options.fateOf(request)
    const breaks = (afterMs: number): void => {
      if (fate.silent !== true) call.later(afterMs, () => call.fail(broken()))
    }
    if (fate.what === 'refused') {
      const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
      call.later(fate.there, () => call.fail(refused))
      return
    }
    if (fate.what === 'lost') {
      breaks(fate.there + fate.back)
      return
    }
    // What is on the wire arrives, whoever has given it up meanwhile.
    time.setTimer(fate.there, () => {
      const { status } = fate
      if (status !== undefined) {
        const message = answeredWith(status)
        const body = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code: status }
        answered(call, { kind: 'text', code: status, text: JSON.stringify(body) }, fate)
        return
      }
      const isWatch = request.path.includes('watch=')
      if (isWatch && call.over) return
      const answer = options.answer(request)
      if (fate.again !== undefined && !isWatch) time.setTimer(fate.again, () => void options.answer(request))
      if (fate.what === 'unanswered') breaks(fate.back)
      else if (!call.over) answered(call, answer, fate)
      else if (answer.kind === 'stream') answer.start({ write() {}, end() {}, cut() {} })()
    })
  }

  return {
    dispatcher(from, life) {
      const { alive } = life
      return new (class extends Dispatcher {
        override dispatch(
          { path, method, headers, body, headersTimeout }: Dispatcher.DispatchOptions,
          handler: Handler,
        ): boolean {
          const call = begin(handler, headersTimeout ?? 0, life)
          if (closed) tellOver(call)
          if (!alive()) return true
          handler.onRequestStart?.(call.controller, {})
          if (!call.over)
            send(
              {
                from,
                sentAt: time.now(),
                method,
                path,
                headers: pairs(headers),
                body: Buffer.from((body as string | null) ?? ''),
              },
              call,
            )
          return true
        }
        override close(): Promise<void> {
          return Promise.resolve()
        }
        override destroy(): Promise<void> {
          for (const call of open) if (call.alive === alive) call.fail(new errors.ClientDestroyedError())
          return Promise.resolve()
        }
      })()
    },
    cutStreams() {
      for (const call of [...streams]) call.later(0, () => call.fail(broken()))
    },
    close() {
      closed = true
      for (const call of open) tellOver(call)
    },
  }
}

function pairs(headers: Dispatcher.DispatchOptions['headers']): Readonly<Record<string, string>> {
  const flat = (Array.isArray(headers) ? headers : []) as readonly string[]
  const found: Record<string, string> = {}
  for (let at = 0; at + 1 < flat.length; at += 2) found[(flat[at] ?? '').toLowerCase()] = flat[at + 1] ?? ''
  return found
}
