import type { KeyboardEvent } from 'react'

type TabListProps<K extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly key: K; readonly text: string }[]
  readonly current: K
  /** Prefix of the ids that tie tabs to their panel. */
  readonly id: string
  readonly onChange: (key: K) => void
}

/** Tabs as the WAI-ARIA practices describe them: arrows move and select, Home and End go to the ends. */
export function TabList<K extends string>({ label, tabs, current, id, onChange }: TabListProps<K>) {
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const index = tabs.findIndex((tab) => tab.key === current)
    const next = target(event.key, index, tabs.length)
    const tab = next === undefined ? undefined : tabs[next]
    if (tab === undefined) return
    event.preventDefault()
    onChange(tab.key)
    document.getElementById(`${id}-tab-${tab.key}`)?.focus()
  }
  return (
    <div className="tabs" role="tablist" aria-label={label} onKeyDown={move}>
      {tabs.map(({ key, text }) => (
        <button
          key={key}
          id={`${id}-tab-${key}`}
          type="button"
          role="tab"
          aria-selected={key === current}
          aria-controls={`${id}-panel`}
          tabIndex={key === current ? 0 : -1}
          onClick={() => onChange(key)}
        >
          {text}
        </button>
      ))}
    </div>
  )
}

function target(key: string, index: number, count: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count
    case 'ArrowLeft':
      return (index + count - 1) % count
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return undefined
  }
}
