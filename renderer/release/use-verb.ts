import { useState } from 'react'
import type { Target } from '../../shared/contract.ts'
import type { Fault, Reply } from '../../shared/fault.ts'
import type { VerbView } from '../../shared/model/pipeline.ts'
import { seenRelease, type SeenRelease } from '../../shared/view/seen-release.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useTarget } from './use-target.ts'

/**
 * Does a verb. Stop and roll back open their question and do nothing else; the others are sent at once.
 * Busy until answered; a fault stays where it happened until the next try.
 */
export function useVerb() {
  const { ports, ui } = useStores()
  const target = useTarget()
  const id = usePipeline((view) => view?.release?.id)
  const version = usePipeline((view) => view?.release?.version)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()

  const call = (
    { verb, step = 0, batch }: VerbView,
    about: { readonly request: string; readonly target: Target } & SeenRelease,
  ): Promise<Reply<null>> => {
    switch (verb) {
      case 'approve':
        return ports.client.call('release/approve', { ...about, step })
      case 'take-over':
        return ports.client.call('release/take-over', about)
      case 'retry':
      case 'skip':
      case 'adopt':
      case 'restore':
        if (batch === undefined) throw new Error(`${verb} names no batch`)
        return ports.client.call(`release/${verb}`, { ...about, batch })
      case 'pause':
      case 'resume':
      case 'freeze':
      case 'push-all':
      case 'stop':
        return ports.client.call(`release/${verb}`, about)
      case 'roll-back':
        throw new Error('rolling back is asked for in its dialog')
    }
  }
  const send = async (verb: VerbView) => {
    if (target === undefined || id === undefined || version === undefined) return
    const request = ports.requestId()
    setBusy(true)
    setFault(undefined)
    const reply = await call(verb, { request, target, ...seenRelease({ id, version }) })
    setBusy(false)
    setFault(reply.ok ? undefined : reply.fault)
  }
  const run = (verb: VerbView) => {
    if (verb.verb === 'roll-back' || verb.verb === 'stop') ui.actions.open(verb.verb)
    else void send(verb)
  }
  return { run, busy, fault }
}
