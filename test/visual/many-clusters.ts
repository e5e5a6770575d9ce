import type { ClustersView } from '../../shared/view/clusters-view.ts'
import type { ClusterView } from '../../shared/view/clusters-view.ts'
import { failedInWords, type FaultCode } from '../../shared/fault.ts'
import { now } from './batch-fixture.ts'
import { cluster } from './cluster-states.ts'

const connected = { kind: 'connected', version: '1.31' } as const

/** 500 contexts of one file, of which a few are in use. */
export function manyClusters(): ClustersView {
  const some: readonly Partial<ClusterView>[] = [
    { state: { ...connected, freshness: { kind: 'live' } }, current: true },
    {
      state: { ...connected, freshness: { kind: 'stale', since: now - 240_000 }, resting: true },
      production: {},
    },
    {
      state: { kind: 'failed', fault: failedInWords('unreachable', 'connect ETIMEDOUT').fault },
      insecure: true,
    },
    { state: { kind: 'idle' }, alias: 'Government east' },
  ]
  const clusters = Array.from({ length: 500 }, (_, index) => {
    const number = String(index).padStart(3, '0')
    return cluster({
      key: `context-${number}`,
      name: `team-${number}`,
      state: { kind: 'idle' },
      current: false,
      ...some[index],
    })
  })
  return { clusters, problems: [], lookedAt: [] }
}

/** One cluster in each way in which one can stand, for the list of all. */
export function everyStanding(): ClustersView {
  const fault = (code: FaultCode) => ({ kind: 'failed', fault: failedInWords(code, 'why').fault }) as const
  const stale = {
    kind: 'stale',
    since: now - 1_140_000,
    why: { kind: 'words', words: 'connect ETIMEDOUT' },
  } as const
  const signIn = { run: 1, command: 'kubelogin', lines: [], reads: false }
  const clusters = [
    cluster({
      key: 'staging',
      name: 'gov-staging',
      state: { ...connected, freshness: { kind: 'live' } },
    }),
    cluster({
      key: 'prod',
      name: 'arn:aws-cn:eks:cn-north-1:123456789012:cluster/government-production-blue',
      alias: 'Government production, blue',
      colour: 1,
      production: { unlockedForMs: 600_000 },
      state: { ...connected, freshness: { kind: 'live' } },
    }),
    cluster({ key: 'east', name: 'east-2-test', state: { ...connected, freshness: stale } }),
    cluster({ key: 'west', name: 'west-1', state: { ...connected, freshness: stale, resting: true } }),
    cluster({
      key: 'expired',
      name: 'hangzhou-prod',
      production: {},
      state: { ...connected, freshness: stale, fault: failedInWords('unauthorized', 'Unauthorized').fault },
    }),
    cluster({ key: 'going', name: 'shanghai-test', state: { kind: 'connecting' } }),
    cluster({ key: 'login', name: 'beijing-test', state: { kind: 'connecting' }, signIn }),
    cluster({
      key: 'asks',
      name: 'shenzhen',
      state: {
        kind: 'consent',
        key: 'k',
        command: '/usr/bin/aws',
        written: 'aws',
        args: [],
        env: [],
        file: '',
        warnings: [],
      },
    }),
    cluster({ key: 'no-login', name: 'chengdu', state: fault('unauthorized') }),
    cluster({ key: 'plugin', name: 'xian', state: fault('plugin') }),
    cluster({ key: 'refused', name: 'wuhan', state: fault('forbidden') }),
    cluster({ key: 'away', name: 'old-lab', state: fault('unreachable'), insecure: true }),
    cluster({ key: 'tls', name: 'new-lab', state: fault('tls') }),
    cluster({ key: 'lab', name: 'lab', state: { kind: 'idle' }, insecure: true }),
    cluster({ key: 'training', name: 'training', training: true, state: { kind: 'idle' } }),
  ]
  return { clusters, problems: [], lookedAt: [] }
}
