import type { CommandName, CommandOutputs, FeedName, FeedPayloads } from '../../shared/contract.ts'
import type { CheckReport } from '../../shared/preflight/check.ts'
import type { Client, LinkStatus } from '../../renderer/stores/client.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { TemplatePreview } from '../../shared/model/template-preview.ts'
import { failedInWords, ok } from '../../shared/fault.ts'
import type { Reply } from '../../shared/fault.ts'
import { doctorReport } from './doctor-fixture.ts'
import { historyView } from './history-fixture.ts'
import { releaseId, uid } from '../../shared/ids.ts'

export type MemoryClient = {
  readonly client: Client
  /** Every command that was called, in order. */
  readonly calls: readonly { readonly name: CommandName; readonly input: unknown }[]
  readonly steering: Steering
}

/** What a test does to the page from the application's side. */
export type Steering = {
  /** Another view of what is shown. */
  push<N extends FeedName>(feed: N, payload: FeedPayloads[N]): void
  shown<N extends FeedName>(feed: N): FeedPayloads[N]
  /** Every later call of this command is answered so; `late`: not before `answer`. */
  answerWith(name: CommandName, reply: Reply<unknown> | 'late'): void
  /** Answers the oldest call that still waits. */
  answer(name: CommandName, reply: Reply<unknown>): void
  link(status: LinkStatus): void
}

type Waiting = { readonly name: CommandName; readonly resolve: (reply: Reply<never>) => void }

/** Answers from memory: every feed sends its one view, every command is agreed to and written down. */
export function createMemoryClient(
  given: FeedPayloads,
  link: LinkStatus,
  answers: Partial<CommandOutputs> = {},
): MemoryClient {
  const calls: { name: CommandName; input: unknown }[] = []
  const payloads: { -readonly [N in FeedName]: FeedPayloads[N] } = { ...given }
  const planned = new Map<CommandName, Reply<unknown> | 'late'>()
  const waiting: Waiting[] = []
  const listeners = new Map<string, Set<(revision: number) => void>>()
  const statusListeners = new Set<(status: LinkStatus) => void>()
  let revision = 1
  const client: Client = {
    call: (name, input) => {
      calls.push({ name, input })
      const plan = planned.get(name)
      if (plan === 'late') return new Promise((resolve) => waiting.push({ name, resolve }))
      if (plan !== undefined) return Promise.resolve(plan as Reply<never>)
      if (JSON.stringify(input).includes('broken')) return Promise.resolve(broken)
      return Promise.resolve(ok(outputs(name, answers)))
    },
    subscribe: (feed, params, listener) => {
      const tell = (now: number) => listener(about(payloads[feed], params), now)
      const all = listeners.get(feed) ?? new Set()
      listeners.set(feed, all.add(tell))
      tell(revision)
      return () => all.delete(tell)
    },
    onStatus: (listener) => {
      statusListeners.add(listener)
      listener(link)
      return () => statusListeners.delete(listener)
    },
  }
  const steering: Steering = {
    push(feed, payload) {
      payloads[feed] = payload
      revision += 1
      for (const tell of listeners.get(feed) ?? []) tell(revision)
    },
    shown: (feed) => payloads[feed],
    answerWith: (name, reply) => planned.set(name, reply),
    answer(name, reply) {
      const [found] = waiting.filter((one) => one.name === name)
      if (found === undefined) throw new Error(`no call of ${name} waits`)
      waiting.splice(waiting.indexOf(found), 1)
      found.resolve(reply as Reply<never>)
    },
    link: (status) => statusListeners.forEach((listener) => listener(status)),
  }
  return { client, calls, steering }
}

/** The one view, under the name of the Service that is asked for. */
function about<T>(payload: T, params: { readonly connection?: string; readonly service?: string }): T {
  const one = payload as { readonly kind?: string; readonly view?: PipelineView }
  const { connection, service } = params
  if (one.kind !== 'view' || one.view?.service === undefined || service === undefined) return payload
  if (one.view.service.name === service && one.view.connection === connection) return payload
  const view = { ...one.view, connection, service: { ...one.view.service, name: service, uid: service } }
  return { ...payload, view }
}

/** The one answer that is no: to text that is no kubeconfig. */
const broken = failedInWords(
  'kubeconfig',
  'The file is not valid YAML: a flow sequence has to end with a ] (line 4)',
)

const report: CheckReport = {
  checks: [
    { level: 'warning', what: { kind: 'last-applied', batches: [1, 2, 3, 4] } },
    { level: 'info', what: { kind: 'no-min-ready', batches: [1, 2, 3, 4] } },
    { level: 'info', what: { kind: 'shared-selector', batches: 4 } },
    { level: 'ok', what: { kind: 'permissions-ok', batches: 4 } },
    { level: 'ok', what: { kind: 'dry-run-ok', batches: 4 } },
    { level: 'ok', what: { kind: 'probes-ok' } },
    { level: 'ok', what: { kind: 'image-ok', tag: '20190215093000' } },
  ],
}

const rightsReport: CommandOutputs['rights/review'] = {
  rights: [
    ...[
      ['', 'services'],
      ['apps', 'deployments'],
      ['apps', 'replicasets'],
      ['', 'pods'],
      ['', 'events'],
      ['discovery.k8s.io', 'endpointslices'],
    ].flatMap(([group = '', resource = '']) =>
      ['list', 'watch'].map((verb) => ({ for: 'see' as const, verb, group, resource, allowed: true })),
    ),
    ...['list', 'watch'].map((verb) => ({
      for: 'see-lock' as const,
      verb,
      group: 'coordination.k8s.io',
      resource: 'leases',
      allowed: false,
    })),
    ...['get', 'create', 'update'].map((verb) => ({
      for: 'release' as const,
      verb,
      group: 'coordination.k8s.io',
      resource: 'leases',
      allowed: false,
    })),
    { for: 'release', verb: 'patch', group: 'apps', resource: 'deployments', allowed: false },
    { for: 'release', verb: 'get', group: 'apps', resource: 'deployments', allowed: true },
    ...['get', 'create', 'update'].map((verb) => ({
      for: 'history' as const,
      verb,
      group: '',
      resource: 'configmaps',
      allowed: true,
    })),
    { for: 'logs', verb: 'get', group: '', resource: 'pods', subresource: 'log', allowed: true },
  ],
  role: `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: tranche, namespace: "demo"}
rules:
- {apiGroups: ["coordination.k8s.io"], resources: [leases], verbs: [list]}
- {apiGroups: ["apps"], resources: [deployments], verbs: [patch]}
`,
}

const kubeconfigReport: CommandOutputs['kubeconfig/inspect'] = {
  contexts: [
    {
      name: 'east-prod',
      file: 'this text',
      server: 'https://east.example.internal:6443',
      signIn: 'exec',
      runs: {
        command: '/usr/local/bin/aliyun-cli-auth',
        args: ['get-token', '--cluster-id', 'c9f8e1b2'],
        env: ['ALIYUN_PROFILE'],
      },
      warnings: [],
    },
    {
      name: 'east-test',
      file: 'this text',
      server: 'https://east-test.example.internal:6443',
      signIn: 'certificate',
      warnings: [{ kind: 'insecure' }],
    },
  ],
  problems: [],
}

const log = [
  '14:06:02 INFO  starting demo, profile=prod',
  '14:06:04 INFO  connecting to db.demo.svc:3306',
  '14:06:09 WARN  slow query 412 ms',
  '14:06:12 INFO  listening on :7001',
]

const template = `metadata:
  labels:
    app: demo-aone
spec:
  containers:
    - image: registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:20190101191052
      name: app
      resources:
        limits:
          cpu: "2"
`

const preview: TemplatePreview = {
  kind: 'changes',
  batches: [1, 2, 3, 4].map((number) => ({
    batch: uid(`uid-batch-${String(number)}`),
    number,
    name: `demo-aone-${String(number)}`,
    added: 2,
    removed: 1,
    digest: 'digest-old',
    conflicts: [],
    hunks: [
      {
        line: 4,
        lines: [
          ' spec:',
          '   containers:',
          '     - env:',
          `+        - name: LONG`,
          `+          value: ${'a-very-long-value-'.repeat(12)}`,
          '       resources:',
          '-        cpu: "2"',
        ],
      },
    ],
  })),
}

function outputs<N extends CommandName>(name: N, answers: Partial<CommandOutputs>): CommandOutputs[N] {
  const special: Partial<CommandOutputs> = {
    'release/check': report,
    'kubeconfig/inspect': kubeconfigReport,
    'doctor/report': doctorReport,
    'rights/review': rightsReport,
    'template/show': { text: template },
    'template/preview': preview,
    'release/start': { release: releaseId('release-2') },
    'pod/log': { lines: log },
    'history/list': historyView(),
    'history/differences': preview.kind === 'changes' ? preview.batches.slice(1, 2) : [],
    ...answers,
  }
  return (special[name] ?? null) as CommandOutputs[N]
}
