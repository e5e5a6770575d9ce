import { useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { RightsGroupView } from './rights-groups.ts'

/** One thing that a person may want to do, and each right that it takes. */
export function RightsGroup({ group }: { readonly group: RightsGroupView }) {
  const { rights: words } = useWords()
  return (
    <section className="rights-group">
      <h3>
        <Icon name={group.possible ? 'done' : 'block'} />
        {words.for[group.for]}
        <span className="dim">{group.possible ? words.possible : words.impossible}</span>
      </h3>
      <ul>
        {group.rights.map(({ verb, resource, allowed }) => (
          <li key={`${verb} ${resource}`} className={allowed ? 'right-allowed' : 'right-missing'}>
            <Icon name={allowed ? 'check' : 'close'} />
            <span className="mono">{words.right(verb, resource)}</span>
            <span className={allowed ? 'sr' : ''}>{allowed ? words.allowed : words.missing}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
