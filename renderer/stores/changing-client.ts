import type { CommandInput, CommandName } from '../../shared/contract.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import { failedInWords } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { isFarStep } from '../../shared/far-step.ts'
import type { Client } from './client.ts'
import type { Naming } from './naming.ts'

type Around = {
  readonly clusters: () => ClustersView | undefined
  readonly picture: () => PipelineView | undefined
  readonly naming: Pick<Naming, 'ask'>
}

/**
 * A client that asks for the typed name where a step needs it, so that every button has that by itself. The application
 * refuses what is read-only whoever asks: this only saves the person from being refused.
 */
export function changingClient(client: Client, around: Around): Client {
  const call: Client['call'] = async (name, input) => {
    const target = targetOf(input)
    const cluster = around.clusters()?.clusters.find((one) => one.id === target?.connection)
    const picture = around.picture()
    const isMeant =
      picture?.connection === target?.connection &&
      picture?.namespace === target?.namespace &&
      picture?.service.name === target?.service
    const far = isMeant && isFarStep(picture, name, input)
    if (far && target !== undefined && cluster?.production?.unlockedForMs !== undefined) {
      const { namespace, service } = target
      const named = await around.naming.ask({ kind: 'far', cluster, namespace, name: service, step: name })
      if (!named) return failedInWords('declined', '')
    }
    const reply = await client.call(name, input)
    if (reply.ok || reply.fault.code !== 'read-only' || cluster === undefined) return reply
    const unlocked = await around.naming.ask({ kind: 'unlock', cluster, name: cluster.name })
    return unlocked ? client.call(name, input) : reply
  }
  return { ...client, call }
}

type Targeted = { readonly connection: string; readonly namespace: string; readonly service: string }

function targetOf(input: CommandInput<CommandName>): Targeted | undefined {
  if ('draft' in input) return input.draft.target
  return 'target' in input ? input.target : undefined
}
