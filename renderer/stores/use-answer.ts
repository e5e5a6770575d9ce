import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { Fault } from '../../shared/fault.ts'
import { createAsking, type Question } from './asking.ts'
import { useStores } from './store-context.tsx'

export type Answer<T> = {
  /** Of this very subject; kept where a later question about it failed. */
  readonly value: T | undefined
  readonly fault: Fault | undefined
  readonly asking: boolean
  again(): void
}

/** Asks the application about a subject, and anew about each other one. What is drawn is never the answer about another. */
export function useAnswer<T>(question: Question<T>): Answer<T> {
  const { ports } = useStores()
  const [asking] = useState(() => createAsking<T>(ports))
  const asked = useStore(asking.store)
  // At each draw: what it asks for is kept the newest, and it is only sent where it is another question.
  useEffect(() => asking.about(question))
  useEffect(() => asking.stop, [asking])
  const isOwn = asked.subject === question.subject
  return {
    value: isOwn ? asked.value : undefined,
    fault: isOwn ? asked.fault : undefined,
    asking: isOwn ? asked.asking : question.subject !== undefined,
    again: asking.again,
  }
}
