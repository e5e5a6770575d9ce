import { seenRelease } from '../../shared/view/seen-release.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Confirm } from '../parts/confirm.tsx'
import { FaultLine } from '../parts/fault-line.tsx'
import { useCloseDialog } from '../stores/opening.ts'
import { useOfferedRelease, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { useCloseWhen } from '../stores/use-close-when.ts'
import { verbOf } from '../verbs/stage.ts'
import { useTarget } from '../verbs/use-target.ts'
import { WhereRows } from '../verbs/where-rows.tsx'

/** One plain question that names the mix of versions which remains. */
export function StopDialog() {
  const { release: words } = useWords()
  const say = useSay()
  const { ports } = useStores()
  const close = useCloseDialog()
  const target = useTarget()
  const release = useOfferedRelease()
  const command = useCommand('release/stop')
  const verb = release === undefined ? undefined : verbOf(release, 'stop')
  useCloseWhen(verb?.enabled !== true, command.busy)
  if (verb === undefined || target === undefined || release === undefined) return null
  const send = async () => {
    const reply = await command.call({ request: ports.requestId(), target, ...seenRelease(release) })
    if (reply?.ok === true) close()
  }
  return (
    <Confirm
      icon="stop"
      title={words.stopTitle(target.service)}
      text={say(verb.sentence)}
      action={command.busy ? words.sending : words.stopNow}
      cancel={words.cancel}
      asks={JSON.stringify([release.id, verb.sentence])}
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
