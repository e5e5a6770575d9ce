import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import type { KubeconfigSource } from './kubeconfig-source.ts'

type KubeconfigFieldsProps = {
  readonly onLook: (source: KubeconfigSource) => void
  /** What was looked at is not what stands there any more. */
  readonly onChange: () => void
}

/** Text to be pasted, or a path. */
export function KubeconfigFields({ onLook, onChange }: KubeconfigFieldsProps) {
  const { kubeconfig: words } = useWords()
  const [text, setText] = useState('')
  const [path, setPath] = useState('')
  const source: KubeconfigSource =
    text.trim() === '' ? { kind: 'path', path: path.trim() } : { kind: 'text', name: 'pasted', text }
  const change =
    (set: (value: string) => void) => (event: { readonly target: { readonly value: string } }) => {
      set(event.target.value)
      onChange()
    }
  return (
    <form
      className="kubeconfig-fields"
      onSubmit={(event) => {
        event.preventDefault()
        onLook(source)
      }}
    >
      <label>
        <span>{words.paste}</span>
        <textarea
          className="text-field mono"
          data-first-focus
          rows={6}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={change(setText)}
        />
      </label>
      <label>
        <span>{words.path}</span>
        <input
          className="text-field mono"
          autoComplete="off"
          spellCheck={false}
          placeholder={words.pathHint}
          disabled={text.trim() !== ''}
          value={path}
          onChange={change(setPath)}
        />
      </label>
      <button type="submit" className="btn" disabled={text.trim() === '' && path.trim() === ''}>
        {words.look}
      </button>
    </form>
  )
}
