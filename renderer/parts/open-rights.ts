import { createContext } from 'react'

/** Opens what may be done in the namespace that is looked at; nothing where there is none. */
export const OpenRights = createContext<(() => void) | undefined>(undefined)
