import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import { clusterWordsIn } from '../words/cluster-words.ts'
import type { CommandContext } from './command-context.ts'

/** Repeats what a plugin says while it signs in, and hands it the lines that it asks for. */
export async function whileSigningIn<T>(
  context: CommandContext,
  connection: ClusterView['id'],
  connect: () => Promise<T>,
): Promise<T> {
  const { client, io, options, out } = context
  const words = clusterWordsIn(options.language)
  const over = new AbortController()
  let told: readonly string[] = []
  let asking = false

  async function ask(run: number): Promise<void> {
    asking = true
    const line = await io.ask?.(words.answerPlugin, over.signal)
    asking = false
    if (line === undefined || over.signal.aborted) return
    const reply = await client.call('cluster/answer', { connection, run, line })
    if (!reply.ok) out.remark(words.answerNowhere)
  }

  const stop = client.subscribe('clusters', {}, ({ clusters }) => {
    const signIn = clusters.find((one) => one.id === connection)?.signIn
    if (signIn === undefined) return
    // A line may have grown since.
    for (const line of signIn.lines.filter((one) => !told.includes(one))) out.remark(line)
    told = signIn.lines
    if (signIn.reads && told.length > 0 && !asking) void ask(signIn.run)
  })
  try {
    return await connect()
  } finally {
    over.abort()
    stop()
  }
}
