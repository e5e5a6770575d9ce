import { failed, type Reply } from '../../../shared/fault.ts'
import { clusterWordsIn } from '../words/cluster-words.ts'
import type { AtService } from '../session/command-context.ts'

/**
 * Takes a step forward. On a production cluster that is read-only the person names the cluster first, by typing it or
 * with `--production`, and the step is taken then.
 */
export async function withChangesOn<T>(at: AtService, step: () => Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await step()
  if (reply.ok || reply.fault.code !== 'read-only') return reply
  const { client, cluster, io, options } = at
  const words = clusterWordsIn(options.language)
  const ask = options.yes ? undefined : io.ask
  const typed =
    options.production ?? (await ask?.(words.typeTheName(cluster.name), new AbortController().signal))
  if (typed === undefined) return failed('read-only', { kind: 'name-production', cluster: cluster.name })
  const unlocked = await client.call('cluster/unlock', { connection: cluster.id, typed })
  return unlocked.ok ? step() : unlocked
}
