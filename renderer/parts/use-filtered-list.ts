import { useEffect, useState } from 'react'
import type { KeyboardEvent } from 'react'

export type FilteredList<T> = {
  /** Of the list's element. */
  readonly id: string
  readonly text: string
  readonly found: readonly T[]
  /** Where the row is that Enter would choose; -1: nowhere, what was chosen is there no more. */
  readonly at: number
  /** Of a row's element. */
  idAt(index: number): string
  write(text: string): void
  onKeyDown(event: KeyboardEvent): void
}

/** A list that is filtered by what is typed above it: the field keeps the focus, arrow keys and Enter choose. */
export function useFilteredList<T>(options: {
  readonly id: string
  readonly find: (text: string) => readonly T[]
  /** What a row is, whatever stands before it: two that do different things differ. */
  readonly keyOf: (row: T) => string
  readonly choose: (row: T) => void
}): FilteredList<T> {
  const { id, find, choose, keyOf } = options
  const [text, setText] = useState('')
  const firstOf = (typed: string): string | undefined => find(typed).map(keyOf)[0]
  // By what it is, not by its place: rows come and go above it while somebody chooses.
  const [active, setActive] = useState(() => firstOf(''))
  const found = find(text)
  const at = active === undefined ? Math.min(0, found.length - 1) : found.map(keyOf).indexOf(active)
  const idAt = (index: number): string => `${id}-${index}`
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at, text])

  function onKeyDown(event: KeyboardEvent): void {
    // Enter ends the writing of a Chinese word there; it chooses nothing.
    if (event.nativeEvent.isComposing) return
    const current = found[at]
    if (event.key === 'ArrowDown') move(at + 1)
    else if (event.key === 'ArrowUp') move(at < 0 ? -1 : at - 1)
    else if (event.key !== 'Enter') return
    else if (current !== undefined) choose(current)
    event.preventDefault()
  }

  function move(to: number): void {
    const row = found.at(to % Math.max(1, found.length))
    setActive(row === undefined ? undefined : keyOf(row))
  }

  function write(next: string): void {
    setText(next)
    setActive(firstOf(next))
  }

  return { id, text, found, at, idAt, write, onKeyDown }
}
