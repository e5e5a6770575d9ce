import { Icon } from './icon.tsx'
import type { FilteredList } from './use-filtered-list.ts'

/** The field above a filtered list. */
export function FilterField<T>({ list, label }: { readonly list: FilteredList<T>; readonly label: string }) {
  const isEmpty = list.found[list.at] === undefined
  return (
    <>
      <Icon name="search" />
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={list.id}
        aria-activedescendant={isEmpty ? undefined : list.idAt(list.at)}
        aria-label={label}
        placeholder={label}
        data-first-focus
        autoComplete="off"
        spellCheck={false}
        value={list.text}
        onChange={(event) => list.write(event.target.value)}
        onKeyDown={list.onKeyDown}
      />
    </>
  )
}
