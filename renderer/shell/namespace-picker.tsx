import { useState } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { useServices, useStores, useUi } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'

const another = '\u0000another'
const none: readonly string[] = []

/** The namespace that is watched. One that cannot be listed can be typed: no right to list them is a normal case. */
export function NamespacePicker() {
  const { shell } = useWords()
  const { ui } = useStores()
  const [typing, setTyping] = useState(false)
  const current = useUi((state) => state.selection.namespace)
  const names = useServices((view) => view?.namespaces.names ?? none)
  const known = useServices((view) => view?.namespaces.known ?? true)
  if (typing) return <NamespaceField onDone={() => setTyping(false)} />
  const all = current === undefined || names.includes(current) ? names : [current, ...names]
  return (
    <>
      <label className="picker">
        <span className="picker-label">{shell.namespace}</span>
        <select
          value={current}
          onChange={(event) => {
            if (event.target.value === another) setTyping(true)
            else ui.actions.selectNamespace(event.target.value)
          }}
        >
          {all.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
          <option value={another}>{shell.namespaceOther}</option>
        </select>
        <Icon name="down" />
      </label>
      {known ? null : <p className="sidebar-note">{shell.namespaceUnknown}</p>}
    </>
  )
}

function NamespaceField({ onDone }: { readonly onDone: () => void }) {
  const { shell } = useWords()
  const { ui } = useStores()
  const [name, setName] = useState('')
  const connection = useUi((state) => state.selection.connection)
  const add = useCommand('namespace/add')
  const use = async () => {
    const wanted = name.trim()
    if (wanted === '' || connection === undefined) return
    const reply = await add.call({ connection, namespace: wanted })
    if (reply?.ok !== true) return
    ui.actions.selectNamespace(wanted)
    onDone()
  }
  return (
    <form
      className="namespace-form"
      onSubmit={(event) => {
        event.preventDefault()
        void use()
      }}
    >
      <input
        className="text-field"
        autoFocus
        value={name}
        spellCheck={false}
        autoComplete="off"
        aria-label={shell.namespaceName}
        placeholder={shell.namespaceName}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onDone()
        }}
      />
      <div className="button-row">
        <button type="submit" className="btn small" disabled={name.trim() === '' || add.busy}>
          {shell.namespaceUse}
        </button>
        <button type="button" className="btn small" onClick={onDone}>
          {shell.cancel}
        </button>
      </div>
      {add.fault === undefined ? null : <FaultLine fault={add.fault} />}
    </form>
  )
}
