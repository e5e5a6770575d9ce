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
  const connection = useUi((state) => state.selection.connection)
  // A name is typed for one cluster: at another one there is no field, and nothing in it.
  const [typingFor, setTypingFor] = useState<string>()
  const current = useUi((state) => state.selection.namespace)
  const names = useServices((view) => view?.namespaces.names ?? none)
  const known = useServices((view) => view?.namespaces.known ?? true)
  if (connection !== undefined && typingFor === connection)
    return (
      <NamespaceField
        key={connection}
        connection={connection}
        onDone={() => setTypingFor((now) => (now === connection ? undefined : now))}
      />
    )
  const all = current === undefined || names.includes(current) ? names : [current, ...names]
  return (
    <>
      <label className="picker">
        <span className="picker-label">{shell.namespace}</span>
        <select
          value={current}
          onChange={(event) => {
            if (event.target.value === another) setTypingFor(connection)
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

type NamespaceFieldProps = { readonly connection: string; readonly onDone: () => void }

function NamespaceField({ connection, onDone }: NamespaceFieldProps) {
  const { shell } = useWords()
  const { ui } = useStores()
  const [name, setName] = useState('')
  const add = useCommand('namespace/add')
  const use = async () => {
    const wanted = name.trim()
    if (wanted === '') return
    const asked = { ...ui.getState().selection, connection }
    const reply = await add.call({ connection, namespace: wanted })
    if (reply?.ok !== true) return
    ui.actions.selectNamespaceOf(asked, wanted)
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
