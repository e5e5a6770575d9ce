import { useState } from 'react'
import { seenRelease } from '../../shared/view/seen-release.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useCommand } from '../stores/use-command.ts'
import { ActionRow } from './action-buttons.tsx'
import { useTarget } from './use-target.ts'

type Wish = 'pause' | 'stop'

/** While somebody else drives: what they can be asked for. The request goes into the lock that they renew. */
export function AskHolder() {
  const { release: words } = useWords()
  const { ports } = useStores()
  const target = useTarget()
  const lock = usePipeline((view) => view?.lock)
  const release = usePipeline((view) => view?.release)
  const command = useCommand('release/ask')
  const [asked, setAsked] = useState<{ readonly wish: Wish; readonly of: string }>()
  if (target === undefined || release === undefined || release.state === 'ended') return null
  if (lock?.kind !== 'other' || lock.expired) return null
  const { holder } = lock
  // Whatever has been decided since may have been the answer: from then on it can be asked for anew.
  const of = JSON.stringify([target, release.id, release.version, release.state, holder])
  const ask = async (wish: Wish) => {
    setAsked(undefined)
    const about = { request: ports.requestId(), target, ...seenRelease(release), wish }
    const reply = await command.call(about)
    if (reply?.ok === true) setAsked({ wish, of })
  }
  const note = (wish: Wish): string => {
    if (wish === 'pause' && release.state === 'paused') return words.pausedAlready
    return asked?.wish === wish && asked.of === of ? words.askedHolder : words.askHolderNote[wish]
  }
  return (
    <>
      {(['pause', 'stop'] as const).map((wish) => (
        <ActionRow
          key={wish}
          icon={wish === 'pause' ? 'pause' : 'stop'}
          title={words.askHolder[wish](holder)}
          note={note(wish)}
          enabled={!command.busy && (wish === 'stop' || release.state !== 'paused')}
          onPress={() => void ask(wish)}
        />
      ))}
      {command.fault === undefined ? null : <FaultLine fault={command.fault} />}
    </>
  )
}
