import { useState } from 'react'
import type { CommandName } from '../../shared/contract.ts'
import type { Fault } from '../../shared/fault.ts'
import type { VerbView } from '../../shared/model/pipeline.ts'
import { usePipeline, useStores } from '../stores/store-context.tsx'
import { useTarget } from './use-target.ts'

type Simple = Extract<CommandName, 'release/pause' | 'release/resume' | 'release/push-all' | 'release/stop'>

/**
 * Does a verb. Stop and roll back open their question and do nothing else; the others are sent at once.
 * Busy until answered; a fault stays where it happened until the next try.
 */
export function useVerb() {
  const { ports, ui } = useStores()
  const target = useTarget()
  const release = usePipeline((view) => view?.release?.id)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<Fault>()

  const send = async (verb: VerbView) => {
    if (target === undefined || release === undefined) return
    const request = ports.requestId()
    setBusy(true)
    setFault(undefined)
    const reply =
      verb.verb === 'approve'
        ? await ports.client.call('release/approve', { request, target, release, step: verb.step ?? 0 })
        : await ports.client.call(commandOf(verb), { request, target })
    setBusy(false)
    setFault(reply.ok ? undefined : reply.fault)
  }
  const run = (verb: VerbView) => {
    if (verb.verb === 'roll-back' || verb.verb === 'stop') ui.actions.open(verb.verb)
    else void send(verb)
  }
  return { run, busy, fault }
}

function commandOf(verb: VerbView): Simple {
  switch (verb.verb) {
    case 'resume':
      return 'release/resume'
    case 'push-all':
      return 'release/push-all'
    case 'stop':
      return 'release/stop'
    case 'pause':
    case 'approve':
    case 'roll-back':
      return 'release/pause'
  }
}
