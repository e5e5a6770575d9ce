import type { ContextReport, UserReport } from '../model/doctor.ts'

/** What the doctor says. Used by the page and by the terminal; a key that one language lacks does not compile. */
export type DoctorWords = {
  readonly language: 'en' | 'zh'
  readonly files: string
  readonly contexts: string
  readonly connections: string
  readonly from: Readonly<Record<'kubectl' | 'added', string>>
  /** `by`: the other file that is why. */
  readonly refused: (by: string | undefined) => string
  readonly missing: string
  readonly counts: (it: {
    readonly contexts: number
    readonly clusters: number
    readonly users: number
  }) => string
  readonly user: (name: string, how: string) => string
  readonly signIn: Readonly<Record<UserReport['signIn'], string>>
  readonly pluginAt: (command: string, path: string) => string
  readonly pluginMissing: (command: string, isPath: boolean) => string
  readonly certificateEnds: (date: string, days: number) => string
  readonly certificateEnded: (date: string) => string
  readonly certificateIn: (file: string) => string
  readonly certificateProblem: (problem: string) => string
  readonly current: string
  readonly production: string
  readonly builtIn: string
  readonly leadsTo: (server: string, namespace: string) => string
  readonly through: (proxy: string) => string
  readonly unusable: (why: string) => string
  readonly state: Readonly<Record<ContextReport['state'], string>>
  readonly requests: (count: number) => string
  readonly throttled: (when: string) => string
  readonly neverThrottled: string
  readonly watch: (it: { readonly kind: string; readonly namespace: string; readonly open: string }) => string
  readonly watchOpen: (open: string, quiet: string) => string
  readonly watchClosed: (why: string) => string
  readonly noConnections: string
  readonly noContexts: string
}

export const doctorEn: DoctorWords = {
  language: 'en',
  files: 'Files',
  contexts: 'Contexts',
  connections: 'Connections',
  from: { kubectl: 'kubectl reads it', added: 'added in Tranche, unknown to kubectl' },
  refused: (by) =>
    by === undefined
      ? 'kubectl refuses it'
      : `kubectl refuses it together with its whole list, because of ${by}`,
  missing: 'not there; kubectl passes over it',
  counts: ({ contexts, clusters, users }) => `contexts ${contexts}, clusters ${clusters}, users ${users}`,
  user: (name, how) => `user ${name}: ${how}`,
  signIn: {
    none: 'no credentials',
    token: 'token',
    'token-file': 'token file',
    basic: 'user name and password',
    certificate: 'client certificate',
    exec: 'program',
    oidc: 'OIDC',
  },
  pluginAt: (command, path) => `runs ${command}, found as ${path}`,
  pluginMissing: (command, isPath) =>
    `runs ${command}, which ${isPath ? 'is not there or may not be run' : 'is nowhere on the PATH'}`,
  certificateEnds: (date, days) => `certificate ends ${date}, in ${days} days`,
  certificateEnded: (date) => `certificate ended ${date}`,
  certificateIn: (file) => `certificate in ${file}, which is read only when connecting`,
  certificateProblem: (problem) => `certificate: ${problem}`,
  current: 'current context',
  production: 'production',
  builtIn: 'built into Tranche',
  leadsTo: (server, namespace) => `${server || 'no server'}, namespace ${namespace}`,
  through: (proxy) => `through ${proxy}`,
  unusable: (why) => `can't be connected with: ${why}`,
  state: {
    idle: 'not connected',
    connecting: 'connecting',
    consent: 'asks before it runs a program',
    connected: 'connected',
    failed: 'could not be connected',
  },
  requests: (count) => `requests sent: ${count}`,
  throttled: (when) => `last asked to slow down (429): ${when}`,
  neverThrottled: 'never asked to slow down (429)',
  watch: ({ kind, namespace, open }) => `${kind} in ${namespace}: ${open}`,
  watchOpen: (open, quiet) => `watched for ${open}, last heard ${quiet} ago`,
  watchClosed: (why) => `not watched${why === '' ? '' : `: ${why}`}`,
  noConnections: 'Nothing is connected.',
  noContexts: 'No context is known.',
}

export const doctorZh: DoctorWords = {
  language: 'zh',
  files: '文件',
  contexts: '上下文',
  connections: '连接',
  from: { kubectl: 'kubectl 会读取', added: '在 Tranche 中添加，kubectl 不知道它' },
  refused: (by) => (by === undefined ? 'kubectl 会拒绝它' : `kubectl 会因为 ${by} 而拒绝整个列表，包括它`),
  missing: '不存在；kubectl 会跳过它',
  counts: ({ contexts, clusters, users }) => `上下文 ${contexts}，集群 ${clusters}，用户 ${users}`,
  user: (name, how) => `用户 ${name}：${how}`,
  signIn: {
    none: '无凭证',
    token: '令牌',
    'token-file': '令牌文件',
    basic: '用户名和密码',
    certificate: '客户端证书',
    exec: '程序',
    oidc: 'OIDC 登录',
  },
  pluginAt: (command, path) => `运行 ${command}，位于 ${path}`,
  pluginMissing: (command, isPath) =>
    `运行 ${command}，${isPath ? '但它不存在或不可执行' : '但在 PATH 中找不到'}`,
  certificateEnds: (date, days) => `证书于 ${date} 到期，还有 ${days} 天`,
  certificateEnded: (date) => `证书已于 ${date} 到期`,
  certificateIn: (file) => `证书在 ${file} 中，连接时才会读取`,
  certificateProblem: (problem) => `证书：${problem}`,
  current: '当前上下文',
  production: '生产',
  builtIn: 'Tranche 内置',
  leadsTo: (server, namespace) => `${server || '无服务器'}，命名空间 ${namespace}`,
  through: (proxy) => `经由 ${proxy}`,
  unusable: (why) => `无法连接：${why}`,
  state: {
    idle: '未连接',
    connecting: '正在连接',
    consent: '运行程序前会询问',
    connected: '已连接',
    failed: '连接失败',
  },
  requests: (count) => `已发送请求：${count}`,
  throttled: (when) => `最近一次被要求减速（429）：${when}`,
  neverThrottled: '从未被要求减速（429）',
  watch: ({ kind, namespace, open }) => `${namespace} 中的 ${kind}：${open}`,
  watchOpen: (open, quiet) => `已监视 ${open}，${quiet}前收到过数据`,
  watchClosed: (why) => `未监视${why === '' ? '' : `：${why}`}`,
  noConnections: '没有任何连接。',
  noContexts: '没有已知的上下文。',
}
