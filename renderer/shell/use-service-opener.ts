import { useCallback } from 'react'
import type { ServiceOpener } from '../parts/open-service.ts'
import { useStores } from '../stores/store-context.tsx'
import type { Selection } from '../stores/ui.ts'

/** Opens a Service of the cluster that something is about; without a namespace, in the namespace that it is about. */
export function useServiceOpener(about: () => Selection): ServiceOpener {
  const { ui } = useStores()
  return useCallback(
    (service, namespace) => {
      const { connection, namespace: own } = about()
      const at = namespace ?? own
      if (connection !== undefined && at !== undefined)
        ui.actions.openService({ connection, namespace: at, service })
    },
    [ui, about],
  )
}
