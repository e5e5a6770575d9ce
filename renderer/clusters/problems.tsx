import type { ClustersView } from '../../shared/view/clusters-view.ts'
import { useKubeconfigSentence } from '../i18n/use-kubeconfig-sentence.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'

/** Files and entries that could not be read. They hide nothing else. */
export function Problems({ problems }: { readonly problems: ClustersView['problems'] }) {
  const { cluster: words } = useWords()
  const said = useKubeconfigSentence()
  if (problems.length === 0) return null
  return (
    <section className="problems" aria-label={words.problems}>
      <h2>{words.problems}</h2>
      <ul>
        {problems.map(({ file, message }) => (
          <li key={`${file} ${message}`}>
            <Icon name="warn" />
            <p>
              <span className="mono">{file}</span>
              {said(message)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
