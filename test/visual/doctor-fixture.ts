import type { DoctorReport } from '../../shared/model/doctor.ts'
import { connectionId } from '../../shared/ids.ts'
import { now } from './batch-fixture.ts'

const hour = 3_600_000
const base = { namespace: 'demo', warnings: [], kubectl: [], current: false, production: false } as const

/** Something of everything that the doctor may have to say. */
export const doctorReport: DoctorReport = {
  version: '1.0.0',
  platform: 'linux x64, Node 24.12.0',
  at: now,
  files: [
    {
      path: '/home/ops/.kube/config',
      from: 'kubectl',
      state: 'read',
      contexts: 3,
      clusters: 3,
      users: [
        {
          name: 'ops',
          signIn: 'exec',
          plugin: { command: 'kubelogin', args: ['get-token', '--client-secret', '***'] },
        },
        { name: 'admin', signIn: 'certificate', certificate: { endsAt: now + 9 * 24 * hour } },
      ],
      problems: [],
    },
    {
      path: '/home/ops/.kube/old.yaml',
      from: 'kubectl',
      state: 'unreadable',
      contexts: 0,
      clusters: 0,
      users: [],
      problems: [{ kind: 'file-no-yaml', what: 'a mapping value is not allowed here.' }],
    },
    {
      path: '/home/ops/.kube/gone',
      from: 'kubectl',
      state: 'missing',
      contexts: 0,
      clusters: 0,
      users: [],
      problems: [],
    },
  ],
  contexts: [
    {
      ...base,
      id: connectionId('staging'),
      name: 'gov-staging',
      file: '/home/ops/.kube/config',
      server: 'https://staging.example.internal:6443',
      current: true,
      state: 'connected',
    },
    {
      ...base,
      id: connectionId('lab'),
      name: 'lab',
      file: '/home/ops/.kube/config',
      server: 'https://lab.example.internal:6443',
      state: 'idle',
      proxy: 'http://***@proxy.example:3128',
      kubectl: [{ kind: 'context-hidden', by: '/home/ops/.kube/config' }],
    },
  ],
  connections: [
    {
      id: connectionId('staging'),
      name: 'gov-staging',
      version: '1.31',
      requests: 214,
      throttledAt: now - hour,
      watches: (['Service', 'Deployment', 'Pod'] as const).map((kind) => ({
        namespace: 'demo',
        kind,
        freshness: { kind: 'live' },
        openMs: 214_000,
        quietMs: 12_000,
      })),
    },
  ],
}
