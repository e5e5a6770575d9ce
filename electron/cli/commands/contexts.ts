import type { Command } from './command.ts'
import type { ClusterView } from '../../../shared/view/clusters-view.ts'
import type { FaultSentence } from '../../../shared/fault-sentence.ts'
import { sayFaultSentence } from '../../../shared/words/faults/say-fault.ts'
import { contextWords } from '../session/choose-cluster.ts'
import { exit, type Ending } from '../session/ending.ts'
import { exitCodes } from '../session/exit-code.ts'
import { until } from '../session/follow.ts'
import type { CommandContext } from '../session/command-context.ts'
import { textTable } from '../output/text-table.ts'

export const contextsCommand: Command = {
  name: 'contexts',
  takes: [],
  options: [],
  readsOnly: true,
  what: {
    en: 'Lists the contexts of all kubeconfigs. Connects to nothing.',
    zh: '列出所有 kubeconfig 中的上下文，不连接任何集群。',
  },
  run: contexts,
}

/** All contexts of all kubeconfigs. Connects to nothing and runs nothing. */
async function contexts({ client, options, out, words }: CommandContext): Promise<Ending> {
  const { clusters, problems } = await until(client, ['clusters', {}], () => true)
  const choices = contextWords(clusters)
  const wordOf = (one: ClusterView): string => choices.get(one.id) ?? one.name
  const said = (sentence: FaultSentence): string => sayFaultSentence(sentence, options.language)
  const rows = clusters.map((one) => [
    one.current ? '*' : '',
    wordOf(one),
    one.namespace,
    one.server,
    one.file,
  ])
  if (rows.length > 0) out.text(textTable([words.contextHeads, ...rows]))
  for (const one of clusters) {
    const { name, file, server, namespace, current } = one
    const warnings = one.warnings.map(said)
    out.put({ kind: 'context', name, choose: wordOf(one), file, server, namespace, current, warnings }, [])
    for (const warning of warnings) out.remark(`${wordOf(one)}: ${warning}`)
  }
  for (const { file, says } of problems)
    out.put({ kind: 'problem', file, text: said(says) }, `${file}: ${said(says)}`)
  return exit(exitCodes.done)
}
