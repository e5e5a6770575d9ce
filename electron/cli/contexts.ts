import { exit, type Ending } from './ending.ts'
import { exitCodes } from './exit-code.ts'
import { until } from './follow.ts'
import type { Desk } from './session.ts'
import { textTable } from './text-table.ts'

/** All contexts of all kubeconfigs. Connects to nothing and runs nothing. */
export async function contexts({ client, out, words }: Desk): Promise<Ending> {
  const { clusters, problems } = await until(client, ['clusters', {}], () => true)
  const rows = clusters.map((one) => [one.current ? '*' : '', one.name, one.namespace, one.server, one.file])
  if (rows.length > 0) out.text(textTable([words.contextHeads, ...rows]))
  for (const { name, file, server, namespace, current, warnings } of clusters) {
    out.put({ kind: 'context', name, file, server, namespace, current, warnings }, [])
    for (const warning of warnings) out.remark(`${name}: ${warning}`)
  }
  for (const { file, message } of problems)
    out.put({ kind: 'problem', file, text: message }, `${file}: ${message}`)
  return exit(exitCodes.done)
}
