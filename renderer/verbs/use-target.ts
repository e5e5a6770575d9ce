import { useMemo } from 'react'
import { usePipeline } from '../stores/store-context.tsx'

/** The Service that commands are about: the one that is drawn, never one that is only being loaded. */
export function useTarget() {
  const connection = usePipeline((view) => view?.connection)
  const namespace = usePipeline((view) => view?.namespace)
  const service = usePipeline((view) => view?.service.name)
  return useMemo(
    () =>
      connection === undefined || namespace === undefined || service === undefined
        ? undefined
        : { connection, namespace, service },
    [connection, namespace, service],
  )
}
