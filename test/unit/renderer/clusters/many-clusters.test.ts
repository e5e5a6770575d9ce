import { expect, test } from 'vitest'
import { findClusters } from '../../../../renderer/clusters/find-clusters.ts'
import { railClusters } from '../../../../renderer/clusters/rail-clusters.ts'
import type { ClusterView } from '../../../../shared/view/clusters-view.ts'
import { manyClusters } from '../../../visual/many-clusters.ts'

const { clusters } = manyClusters()
const names = (found: readonly ClusterView[]) => found.map((cluster) => cluster.name)

test('of 500 contexts the rail shows those that are in use, were named by the person, or are looked at', () => {
  const shown = railClusters(clusters, 'context-300')
  expect(names(shown)).toEqual(['team-000', 'team-001', 'team-002', 'team-003', 'team-300'])
  expect(railClusters(clusters.slice(0, 20), undefined)).toHaveLength(20)
})

test('the list is filtered by every word, in the name, the state or the server, with what is in use first', () => {
  const rows = clusters.map((cluster) => ({
    cluster,
    name: cluster.alias ?? cluster.name,
    state: cluster.state.kind,
  }))
  const found = (text: string) => names(findClusters(rows, text).map((row) => row.cluster))
  expect(found('TEAM 04 7')).toContain('team-047')
  expect(found('idle east')).toEqual(['team-003'])
  expect(found('team-00').slice(0, 3)).toEqual(['team-000', 'team-001', 'team-002'])
  expect(found('nothing like it')).toEqual([])
})
