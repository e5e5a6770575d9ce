import { useEffect } from 'react'
import { visiblePlain } from '../../shared/visible.ts'
import { useWords } from '../i18n/use-words.ts'
import { useCluster, usePipeline, useUi } from '../stores/store-context.tsx'

/** What the window is called in the task bar: where it looks, and the state that somebody is waited for in. */
export function useWindowTitle(): void {
  const { shell } = useWords()
  const cluster = useCluster((one) => (one?.training === true ? shell.trainingCluster : one?.name))
  const service = useUi((state) => state.selection.service)
  const state = usePipeline((view) => {
    if (view?.release?.state === 'held') return shell.serviceState.failing
    if (view?.incident !== undefined) return shell.serviceState.incident
    return view?.headline.kind === 'release-approval' ? shell.serviceState.approval : undefined
  })
  useEffect(() => {
    const parts = [state, service, cluster, 'Tranche'].filter((part) => part !== undefined)
    document.title = visiblePlain(parts.join(' · '))
  }, [state, service, cluster])
}
