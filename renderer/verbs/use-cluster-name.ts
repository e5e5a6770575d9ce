import { useWords } from '../i18n/use-words.ts'
import { useCluster } from '../stores/store-context.tsx'

/** The cluster in view as questions name it. */
export function useClusterName(): string {
  const { shell } = useWords()
  return useCluster((one) =>
    one?.training === true ? shell.trainingCluster : (one?.alias ?? one?.name ?? ''),
  )
}
