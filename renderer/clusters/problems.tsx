import type { ClustersView } from '../../shared/view/clusters-view.ts'
import { useFaultSentence } from '../i18n/use-fault-text.ts'
import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'

/** Files and entries that could not be read. They hide nothing else. */
export function Problems({ problems }: { readonly problems: ClustersView['problems'] }) {
  const { cluster: words } = useWords()
  const said = useFaultSentence()
  if (problems.length === 0) return null
  return (
    <section className="problems" aria-label={words.problems}>
      <h2>{words.problems}</h2>
      <ul>
        {problems.map(({ file, says }) => (
          <li key={`${file} ${said(says)}`}>
            <Icon name="warn" />
            <p>
              <span className="mono">{file}</span>
              {said(says)}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
