import type { ClusterView } from '../../shared/view/clusters-view.ts'

export type ClusterRow = {
  readonly cluster: ClusterView
  readonly name: string
  /** Its state in words. */
  readonly state: string
}

/** Rows that hold every word that was typed: in the names, the state, the file or the server. What is in use comes first. */
export function findClusters(rows: readonly ClusterRow[], text: string): readonly ClusterRow[] {
  const wanted = text.toLocaleLowerCase('en').split(/\s+/)
  const found = rows.filter(({ cluster, name, state }) => {
    const own = [name, cluster.name, state, cluster.file, cluster.server].join('\n').toLocaleLowerCase('en')
    return wanted.every((word) => own.includes(word))
  })
  const inUse = (row: ClusterRow) => row.cluster.state.kind !== 'idle'
  return [...found.filter(inUse), ...found.filter((row) => !inUse(row))]
}
