import { useWords } from '../i18n/use-words.ts'
import { usePipeline } from '../stores/store-context.tsx'
import { useClusterName } from './use-cluster-name.ts'

/** Where it would be done: what the facts of a question begin with. */
export function WhereRows() {
  const { release: words } = useWords()
  const cluster = useClusterName()
  const namespace = usePipeline((view) => view?.namespace)
  return (
    <>
      <dt>{words.cluster}</dt>
      <dd>{cluster}</dd>
      <dt>{words.namespace}</dt>
      <dd>{namespace}</dd>
    </>
  )
}
