import { useState } from 'react'
import type { Fault } from '../../shared/fault.ts'
import { seenRelease } from '../../shared/view/seen-release.ts'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { ActionRow } from './action-buttons.tsx'
import { useTarget } from './use-target.ts'

/** While somebody else drives: what they can be asked for. The request goes into the lock that they renew. */
export function AskHolder() {
  const { release: words } = useWords()
  const { ports } = useStores()
  const target = useTarget()
  const lock = usePipeline((view) => view?.lock)
  const release = usePipeline((view) => view?.release)
  const [asked, setAsked] = useState<'pause' | 'stop'>()
  const [fault, setFault] = useState<Fault>()
  if (target === undefined || release === undefined || release.state === 'ended') return null
  if (lock?.kind !== 'other' || lock.expired) return null
  const ask = async (wish: 'pause' | 'stop') => {
    setFault(undefined)
    const about = { request: ports.requestId(), target, ...seenRelease(release), wish }
    const reply = await ports.client.call('release/ask', about)
    if (reply.ok) setAsked(wish)
    else setFault(reply.fault)
  }
  return (
    <>
      {(['pause', 'stop'] as const).map((wish) => (
        <ActionRow
          key={wish}
          icon={wish === 'pause' ? 'pause' : 'stop'}
          title={words.askHolder[wish](lock.holder)}
          note={asked === wish ? words.askedHolder : words.askHolderNote[wish]}
          enabled={asked !== wish}
          onPress={() => void ask(wish)}
        />
      ))}
      {fault === undefined ? null : <FaultLine fault={fault} />}
    </>
  )
}
