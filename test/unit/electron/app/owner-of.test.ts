import { expect, test } from 'vitest'
import { ownersOf } from '../../../../electron/app/preflight/owner-of.ts'
import { uid } from '../../../../shared/ids.ts'
import { buildBatchSet } from '../../../support/build-batch.ts'

type Marks = {
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly manager?: string
}
const { meta } = buildBatchSet([]).service

function owners({ labels = {}, annotations = {}, manager = 'kubectl' }: Marks): readonly string[] {
  const writers = [{ field: 'image', manager, at: 0 } as const]
  return ownersOf({ meta: { ...meta, labels, annotations }, writers }).map(
    (owner) => `${owner.manager}${owner.reverts ? ' reverts' : ''}`,
  )
}

const chart = { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'demo' }

test.each<[Marks, readonly string[]]>([
  [
    { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:demo/a' } },
    ['Argo CD (shop) reverts'],
  ],
  [{ labels: { 'app.kubernetes.io/instance': 'shop' } }, []],
  [
    { labels: { 'app.kubernetes.io/instance': 'shop' }, manager: 'argocd-controller' },
    ['Argo CD (shop) reverts'],
  ],
  [{ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }, ['Flux (apps) reverts']],
  [
    {
      labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' },
      annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' },
    },
    ['Flux (apps)'],
  ],
  [{ manager: 'helm-controller', annotations: chart }, ['Flux reverts']],
  [{ annotations: chart, labels: { 'app.kubernetes.io/managed-by': 'Helm' } }, ['Helm (shop)']],
  [{ annotations: { 'configsync.gke.io/declared-version': 'v1' } }, ['Config Sync reverts']],
  [{ annotations: { 'objectset.rio.cattle.io/id': 'fleet-agent' } }, ['Fleet reverts']],
  [{ labels: { 'kapp.k14s.io/app': '163' } }, ['kapp (163)']],
  [{ manager: 'flagger' }, ['Flagger reverts']],
  [{ manager: 'rollouts-controller' }, ['Argo Rollouts reverts']],
  [{ manager: 'kubectl-set' }, []],
])('marks %j mean %j', (marks, expected) => {
  expect(owners(marks)).toEqual(expected)
})

test('a Deployment that an operator owns is that operator’s', () => {
  const controller = { kind: 'WebApp', name: 'shop', uid: uid('w') }
  expect(ownersOf({ meta: { ...meta, controller }, writers: [] })).toEqual([
    { manager: 'WebApp shop', reverts: true },
  ])
})
