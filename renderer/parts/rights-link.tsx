import { useContext } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { OpenRights } from './open-rights.ts'

/** From where something may not be done to what is missing for it. */
export function RightsLink() {
  const { rights: words } = useWords()
  const open = useContext(OpenRights)
  if (open === undefined) return null
  return (
    <button type="button" className="link" onClick={open}>
      {words.link}
    </button>
  )
}
