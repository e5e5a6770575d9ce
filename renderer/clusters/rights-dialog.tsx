import { failedInWords } from '../../shared/fault.ts'
import { useWords } from '../i18n/use-words.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { Icon } from '../parts/icon.tsx'
import { Modal } from '../parts/modal.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useCluster, useStores, useUi } from '../stores/store-context.tsx'
import { useAnswer } from '../stores/use-answer.ts'
import { RightsGroup } from './rights-group.tsx'
import { rightsGroups } from './rights-groups.ts'
import { shownName } from './shown-name.ts'

/** What may be done in the namespace that is looked at, what is missing for the rest, and what grants exactly that. */
export function RightsDialog() {
  const { rights: words } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const connection = useCluster((cluster) => cluster?.id)
  const name = useCluster((cluster) => (cluster === undefined ? '' : shownName(cluster)))
  const namespace = useUi((state) => state.selection.namespace)
  // Of another cluster or namespace nothing is shown, however late it comes.
  const { value: report, fault } = useAnswer({
    subject: connection === undefined ? undefined : JSON.stringify([connection, namespace]),
    ask: () => {
      if (connection === undefined || namespace === undefined)
        return Promise.resolve(failedInWords('not-found', ''))
      return ports.client.call('rights/review', { connection, namespace })
    },
  })
  if (connection === undefined || namespace === undefined) return null
  return (
    <Modal labelledBy="rights-title" className="rights" onClose={close}>
      <header>
        <Icon name="key" />
        <h2 id="rights-title">{words.title(namespace, name)}</h2>
      </header>
      <div className="rights-body" tabIndex={0} role="region" aria-labelledby="rights-title">
        {fault === undefined ? null : <FaultLine fault={fault} />}
        {report === undefined && fault === undefined ? <p role="status">{words.loading(name)}</p> : null}
        {report === undefined
          ? null
          : rightsGroups(report).map((group) => <RightsGroup key={group.for} group={group} />)}
        {report === undefined ? null : report.role === undefined ? (
          <p>{words.nothingMissing}</p>
        ) : (
          <RoleSnippet role={report.role} />
        )}
      </div>
      <footer>
        <button type="button" className="btn strong" data-first-focus onClick={close}>
          {words.close}
        </button>
      </footer>
    </Modal>
  )
}

function RoleSnippet({ role }: { readonly role: string }) {
  const { rights: words } = useWords()
  return (
    <section className="role-snippet" aria-label={words.roleTitle}>
      <h3>
        {words.roleTitle}
        <CopyButton small text={role} says={words} />
      </h3>
      <p>{words.roleWhy}</p>
      <pre className="mono" tabIndex={0}>
        {role}
      </pre>
    </section>
  )
}
