import { describe, expect, test } from 'vitest'
import { chooseCluster, contextWords } from '../../../../../electron/cli/session/choose-cluster.ts'
import { loadKubeconfigs } from '../../../../../electron/cluster/kubeconfig/kubeconfig.ts'
import type { ClusterView } from '../../../../../shared/view/clusters-view.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { realFiles } from '../../../../support/foreign-files.ts'

const cases = new URL('../../../../cases/kubeconfigs/', import.meta.url).pathname
const cluster = (name: string, file: string, more: Partial<ClusterView> = {}): ClusterView => ({
  id: connectionId(`${name}|${file}|${more.merged ?? ''}`),
  name,
  file,
  server: 'https://127.0.0.1:6443',
  namespace: 'default',
  training: false,
  current: false,
  warnings: [],
  state: { kind: 'idle' },
  ...more,
})
const named = (clusters: readonly ClusterView[], context: string) =>
  chooseCluster(clusters, { context, training: false, lookedAt: [] })

const sets: Readonly<Record<string, readonly ClusterView[]>> = {
  'two files that kubectl merges': (
    await loadKubeconfigs(
      {
        env: { KUBECONFIG: `${cases}same-names-a.yaml:${cases}same-names-b.yaml` },
        homedir: '/nowhere',
      },
      realFiles,
    )
  ).connections.map((one) => cluster(one.name, one.file, one)),
  'one name in two files': [cluster('prod', '/a'), cluster('prod', '/b')],
  'a name that is another context with its file': [
    cluster('prod', '/a'),
    cluster('prod', '/b'),
    cluster('prod@/a', '/c'),
  ],
  'a name that looks like what kubectl merges': [
    cluster('prod', '/a'),
    cluster('prod', '/b', { merged: true }),
    cluster('prod@kubectl', '/c'),
  ],
  'names that look like numbers': [cluster('2048', '/a'), cluster('0x10', '/a'), cluster('1e3', '/a')],
}

describe('which context is meant', () => {
  test.each(Object.entries(sets))(
    '%s: each has a word of its own, and that word chooses it',
    (_, clusters) => {
      const words = [...contextWords(clusters).values()]
      expect(new Set(words).size).toBe(clusters.length)
      for (const one of clusters)
        expect(named(clusters, contextWords(clusters).get(one.id) ?? '')).toEqual({ ok: true, cluster: one })
    },
  )

  test('a name that several have is asked about with the words that tell them apart', () => {
    const clusters = sets['two files that kubectl merges'] ?? []
    expect(named(clusters, 'zz-dev')).toEqual({
      ok: false,
      problem: {
        kind: 'which-context',
        names: [`zz-dev@${cases}same-names-b.yaml`, 'zz-dev@kubectl'],
      },
    })
  })

  test('of several of one name, the one that kubectl uses now needs no more words', () => {
    const clusters = [cluster('prod', '/a'), cluster('prod', '/b', { current: true })]
    expect(named(clusters, 'prod')).toEqual({ ok: true, cluster: clusters[1] })
  })
})
