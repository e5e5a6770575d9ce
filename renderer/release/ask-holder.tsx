import { Fragment, useState } from 'react'
import type { ReleaseView } from '../../shared/view/pipeline.ts'
import { seenRelease } from '../../shared/view/seen-release.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ActionRow } from '../verbs/action-buttons.tsx'
import { useTarget } from '../verbs/use-target.ts'

type Wish = 'pause' | 'stop'

/** While somebody else drives: what they can be asked for. The request goes into the lock that they renew. */
export function AskHolder() {
  const target = useTarget()
  const lock = usePipeline((view) => view?.lock)
  const release = usePipeline((view) => view?.release)
  if (target === undefined || release === undefined || release.state === 'ended') return null
  if (lock?.kind !== 'other' || lock.expired) return null
  const asks = { target, release, holder: lock.holder }
  // What is on its way to the holder of one release keeps nobody from asking that of the next.
  return <AskRows key={JSON.stringify([target, release.id])} {...asks} />
}

type AskRowsProps = {
  readonly target: NonNullable<ReturnType<typeof useTarget>>
  readonly release: ReleaseView
  readonly holder: string
}

function AskRows({ target, release, holder }: AskRowsProps) {
  const { release: words } = useWords()
  const { ports } = useStores()
  // One of its own for each: whoever waits for the answer to the one can ask for the other.
  const commands = { pause: useCommand('release/ask'), stop: useCommand('release/ask') }
  const [asked, setAsked] = useState<{ readonly wish: Wish; readonly of: string }>()
  // Whatever has been decided since may have been the answer: from then on it can be asked for anew.
  const of = JSON.stringify([release.version, release.state, holder])
  const ask = async (wish: Wish) => {
    setAsked(undefined)
    const about = { request: ports.requestId(), target, ...seenRelease(release), wish }
    const reply = await commands[wish].call(about)
    if (reply?.ok === true) setAsked({ wish, of })
  }
  const note = (wish: Wish): string => {
    if (wish === 'pause' && release.state === 'paused') return words.pausedAlready
    return asked?.wish === wish && asked.of === of ? words.askedHolder : words.askHolderNote[wish]
  }
  return (
    <>
      {(['pause', 'stop'] as const).map((wish) => {
        const { busy, fault } = commands[wish]
        return (
          <Fragment key={wish}>
            <ActionRow
              icon={wish === 'pause' ? 'pause' : 'stop'}
              title={words.askHolder[wish](holder)}
              note={busy ? words.sending : note(wish)}
              enabled={!busy && (wish === 'stop' || release.state !== 'paused')}
              busy={busy}
              onPress={() => void ask(wish)}
            />
            {fault === undefined ? null : <FaultLine fault={fault} />}
          </Fragment>
        )
      })}
    </>
  )
}
