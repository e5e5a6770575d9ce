import { useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { useTarget } from '../verbs/use-target.ts'
import { WhereRows } from '../verbs/where-rows.tsx'

/** Asked before a record that can't be read is deleted: its release is lost with it. */
export function ForgetDialog() {
  const { release: words } = useWords()
  const { ports } = useStores()
  const close = useCloseDialog()
  const target = useTarget()
  const version = usePipeline((view) => view?.unreadable?.version)
  const command = useCommand('release/forget')
  useCloseWhen(version === undefined, command.busy)
  if (version === undefined || target === undefined) return null
  const send = async () => {
    const reply = await command.call({ request: ports.requestId(), target, version })
    if (reply?.ok === true) close()
  }
  return (
    <Confirm
      danger
      icon="warn"
      title={words.forgetTitle(target.service)}
      text={words.forgetText}
      action={command.busy ? words.sending : words.forgetNow}
      cancel={words.cancel}
      asks={version}
      busy={command.busy}
      onConfirm={() => void send()}
      onClose={close}
    >
      <dl className="facts">
        <WhereRows />
      </dl>
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </Confirm>
  )
}
