import { useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useStores, useTraining } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'

export function TrainingResetDialog() {
  const { training: words, release } = useWords()
  const { draft } = useStores()
  const close = useCloseDialog()
  const command = useCommand('training/reset')
  const connection = useTraining((view) => (view.kind === 'on' ? view.connection : undefined))
  const reset = async () => {
    const reply = await command.call({})
    if (reply?.ok !== true) return
    if (connection !== undefined) draft.getState().forgetCluster(connection)
    close()
  }
  return (
    <Confirm
      icon="train"
      title={words.resetTitle}
      text={words.resetWhy}
      action={command.busy ? release.sending : words.resetNow}
      cancel={release.cancel}
      asks=""
      busy={command.busy}
      onConfirm={() => void reset()}
      onClose={close}
    >
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </Confirm>
  )
}
