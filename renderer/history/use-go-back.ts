import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { RollBackMode } from '../../shared/release/release.ts'
import { isOver } from '../verbs/stage.ts'
import { useCloseDialog } from '../stores/opening.ts'
import { tabIds } from '../stores/panel-tab.ts'
import { useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import type { GoBackRow, GoBackWish } from '../../shared/history/go-back-rows.ts'

type Asked = {
  readonly view: PipelineView
  readonly rows: readonly GoBackRow[]
  readonly wish: GoBackWish
  readonly mode: RollBackMode
}

/** Sends what was chosen, with what the person saw each batch run: whatever was changed since is not overwritten. */
export function useGoBack({ view, rows, wish, mode }: Asked) {
  const { ports, ui } = useStores()
  const close = useCloseDialog()
  const command = useCommand('release/go-back')
  const supersedes = isOver(view) ? undefined : view.release?.id
  const send = async (withoutLock: boolean) => {
    const going = rows.flatMap(({ batch, to }) => (to === undefined ? [] : [{ batch, to }]))
    if (going.length === 0) return
    const asked = ui.getState().selection
    const reply = await command.call({
      request: ports.requestId(),
      target: {
        connection: view.connection,
        namespace: view.namespace,
        service: view.service.name,
      },
      mode,
      revisions: going.map(({ batch, to }) => ({ batch: batch.batch, digest: to.digest })),
      from: going.map(({ batch }) => ({ batch: batch.batch, digest: batch.digest })),
      ...(wish.kind === 'time' && { at: wish.at }),
      ...(supersedes !== undefined && { supersedes }),
      ...(withoutLock && { withoutLock }),
    })
    if (reply?.ok !== true) return
    close()
    // What happens now is there, unless something else is looked at by now.
    if (ui.getState().selection === asked) ui.actions.setTab(tabIds.release)
  }
  return { send, supersedes, busy: command.busy, fault: command.fault }
}
