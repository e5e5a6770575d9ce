import { useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { useStores, useTraining } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'

export function TrainingResetDialog() {
  const { training: words, release } = useWords()
  const { ui, draft } = useStores()
  const command = useCommand('training/reset')
  const connection = useTraining((view) => (view.kind === 'on' ? view.connection : undefined))
  const reset = async () => {
    const reply = await command.call({})
    if (reply?.ok !== true) return
    if (connection !== undefined) draft.getState().forgetCluster(connection)
    ui.actions.closeDialog()
  }
  return (
    <Confirm
      icon="train"
      title={words.resetTitle}
      text={words.resetWhy}
      action={command.busy ? release.sending : words.resetNow}
      cancel={release.cancel}
      busy={command.busy}
      onConfirm={() => void reset()}
      onClose={ui.actions.closeDialog}
    >
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </Confirm>
  )
}
