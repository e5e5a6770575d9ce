import { createContext } from 'react'

/** Opens a Service of the cluster that is looked at, or was when it was told of; the same for a missing namespace. */
export type ServiceOpener = (service: string, namespace?: string) => void

export const OpenService = createContext<ServiceOpener | undefined>(undefined)
