import { useState } from 'react'
import { visibleLines } from '../../shared/visible.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from './icon.tsx'

type CopyButtonProps = {
  readonly text: string
  readonly says: { readonly copy: string; readonly copied: string }
  readonly small?: boolean
}

/**
 * Copies a text, and says whether it has been: a browser may not allow it. It is about the text that it was
 * pressed for. What is copied may be pasted into a terminal, which obeys what is not seen.
 */
export function CopyButton({ text, says, small = false }: CopyButtonProps) {
  const { note } = useWords()
  const [last, setLast] = useState<{ readonly text: string; readonly done: boolean }>()
  const done = last?.text === text ? last.done : undefined
  const copy = async (): Promise<void> => {
    // What was said of the press before is not said of this one.
    setLast(undefined)
    try {
      await navigator.clipboard.writeText(visibleLines(text))
      setLast({ text, done: true })
    } catch {
      setLast({ text, done: false })
    }
  }
  const label = done === undefined ? says.copy : done ? says.copied : note.notCopied
  return (
    <>
      <button type="button" className={small ? 'btn small' : 'btn'} onClick={() => void copy()}>
        <Icon name={done === undefined ? 'copy' : done ? 'check' : 'warn'} />
        {label}
      </button>
      <span className="sr" role="status">
        {done === undefined ? '' : label}
      </span>
    </>
  )
}
