import { createStore } from 'zustand/vanilla'
import type { StoreApi } from 'zustand/vanilla'
import type { Fault, Reply } from '../../shared/fault.ts'
import type { Ports } from './client.ts'

export type Question<T> = {
  /** What it is about, word for word: an answer is only ever given for the subject that it was asked for. */
  readonly subject: string | undefined
  /** Asked again when this changes; what is known of the subject stays until the next answer. */
  readonly occasion?: string
  /** Asked once nothing has changed for so long. */
  readonly quietMs?: number
  /** The same where the subject is known already and only the occasion is another: nobody waits for it. */
  readonly laterMs?: number
  readonly ask: () => Promise<Reply<T>>
}

type Asked<T> = {
  readonly subject: string | undefined
  readonly value: T | undefined
  readonly fault: Fault | undefined
  /** The answer is still to come, or another one after it. */
  readonly asking: boolean
}

export type Asking<T> = {
  readonly store: StoreApi<Asked<T>>
  /** The question as it stands now: asked where it is another one than before. */
  about(question: Question<T>): void
  /** The same once more. */
  again(): void
  /** Drops what is still to come. */
  stop(): void
}

const nothing = { subject: undefined, value: undefined, fault: undefined, asking: false }

/**
 * The one way in which the page reads by command: an answer that comes after its subject has changed, or after a later
 * question about it, is dropped; a subject that has changed is asked about at once, also while an answer is still due.
 */
export function createAsking<T>(ports: Pick<Ports, 'after'>): Asking<T> {
  const store = createStore<Asked<T>>(() => nothing)
  let key = ''
  let last: Question<T> | undefined
  let round = 0
  let cancel: (() => void) | undefined

  async function send({ subject, ask }: Question<T>, own: number): Promise<void> {
    const reply = await ask()
    if (own !== round) return
    store.setState(({ value }) => ({
      subject,
      value: reply.ok ? reply.value : value,
      fault: reply.ok ? undefined : reply.fault,
      asking: false,
    }))
  }

  function start(question: Question<T>): void {
    stop()
    const { subject } = question
    const known = store.getState()
    const isKnown = known.subject === subject && known.value !== undefined
    const quietMs = (isKnown ? question.laterMs : undefined) ?? question.quietMs ?? 0
    if (subject === undefined) {
      if (known !== nothing) store.setState(nothing, true)
      return
    }
    const own = round
    if (known.subject === subject) store.setState({ asking: true })
    else store.setState({ subject, value: undefined, fault: undefined, asking: true }, true)
    if (quietMs === 0) void send(question, own)
    else cancel = ports.after(quietMs, () => void send(last ?? question, own))
  }

  function stop(): void {
    cancel?.()
    cancel = undefined
    key = ''
    round++
  }

  return {
    store,
    about(question) {
      last = question
      const next = JSON.stringify([question.subject, question.occasion])
      if (next === key) return
      start(question)
      key = next
    },
    again() {
      const now = key
      // Somebody waits for it: there is no quiet to wait for before.
      if (last !== undefined) start({ ...last, quietMs: 0, laterMs: 0 })
      key = now
    },
    stop,
  }
}
