import { useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useCloseDialog } from '../stores/opening.ts'
import { useCluster } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { shownName } from './shown-name.ts'

/** Asked before a cluster is left on which releases are run from here: they stand still until it is connected again. */
export function DisconnectDialog() {
  const { shell: words, release } = useWords()
  const close = useCloseDialog()
  const cluster = useCluster((one) => one)
  const command = useCommand('cluster/disconnect')
  const drives = cluster?.drives ?? []
  useCloseWhen(drives.length === 0, command.busy)
  if (cluster === undefined || drives.length === 0) return null
  const send = async () => {
    const reply = await command.call({ connection: cluster.id, leaves: [...drives] })
    if (reply?.ok === true) close()
  }
  return (
    <Confirm
      icon="unplug"
      title={words.disconnectTitle(shownName(cluster))}
      text={words.disconnectText(drives)}
      action={command.busy ? release.sending : words.disconnect}
      cancel={release.cancel}
      asks={JSON.stringify([cluster.id, drives])}
      busy={command.busy}
      onConfirm={() => void send()}
      onClose={close}
    >
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </Confirm>
  )
}
