import { useEffect, useState } from 'react'
import type { KeyboardEvent } from 'react'

export type FilteredList<T> = {
  /** Of the list's element. */
  readonly id: string
  readonly text: string
  readonly found: readonly T[]
  /** Where the row is that Enter would choose. */
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
  readonly choose: (row: T) => void
}): FilteredList<T> {
  const { id, choose } = options
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const found = options.find(text)
  // The list may have become shorter under the cursor.
  const at = Math.max(0, Math.min(active, found.length - 1))
  const idAt = (index: number): string => `${id}-${index}`
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, at, text])

  function onKeyDown(event: KeyboardEvent): void {
    // Enter ends the writing of a Chinese word there; it chooses nothing.
    if (event.nativeEvent.isComposing) return
    const count = Math.max(1, found.length)
    const current = found[at]
    if (event.key === 'ArrowDown') setActive((at + 1) % count)
    else if (event.key === 'ArrowUp') setActive((at + count - 1) % count)
    else if (event.key !== 'Enter') return
    else if (current !== undefined) choose(current)
    event.preventDefault()
  }

  function write(next: string): void {
    setText(next)
    setActive(0)
  }

  return { id, text, found, at, idAt, write, onKeyDown }
}
