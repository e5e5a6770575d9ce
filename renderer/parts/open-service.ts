import { createContext } from 'react'

/** Opens a Service of the cluster that is looked at; without a namespace, of that which is looked at. */
export type ServiceOpener = (service: string, namespace?: string) => void

export const OpenService = createContext<ServiceOpener | undefined>(undefined)
