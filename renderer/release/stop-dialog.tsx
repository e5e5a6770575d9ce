import { seenRelease } from '../../shared/view/seen-release.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { useCloseWhen } from './use-close-when.ts'
import { verbOf } from './stage.ts'
import { useTarget } from './use-target.ts'
import { WhereRows } from './where-rows.tsx'

/** One plain question that names the mix of versions which remains. */
export function StopDialog() {
  const { release: words } = useWords()
  const say = useSay()
  const { ui, ports } = useStores()
  const target = useTarget()
  const release = usePipeline((view) => view?.release)
  const command = useCommand('release/stop')
  const verb = release === undefined ? undefined : verbOf(release, 'stop')
  useCloseWhen(verb?.enabled !== true)
  if (verb === undefined || target === undefined || release === undefined) return null
  const send = async () => {
    const reply = await command.call({ request: ports.requestId(), target, ...seenRelease(release) })
    if (reply?.ok === true) ui.actions.closeDialog()
  }
  return (
    <Confirm
      icon="stop"
      title={words.stopTitle(target.service)}
      text={say(verb.sentence)}
      action={command.busy ? words.sending : words.stopNow}
      cancel={words.cancel}
      busy={command.busy}
      onConfirm={() => void send()}
      onClose={ui.actions.closeDialog}
    >
      <dl className="facts">
        <WhereRows />
      </dl>
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </Confirm>
  )
}
