import type { FailurePolicy } from '../../../shared/release/plan.ts'
import type { InEveryLanguage } from './language.ts'

/** One option of the terminal: how it is read, and what its help says. */
export type OptionRow = {
  /** `flag`: given or not. `value`: the last one counts. `list`: each counts; commas separate as well. */
  readonly kind: 'flag' | 'value' | 'list'
  readonly short?: string
  /** What its value must be: one of these words, or something that is read; without it any text. */
  readonly reads?: 'duration' | 'number' | 'time' | 'file' | 'folder' | readonly string[]
  /** What stands for its value in the help. */
  readonly takes?: string | InEveryLanguage
  readonly what: InEveryLanguage
}

export const failurePolicies: readonly FailurePolicy[] = [
  'pause',
  'roll-back-batch',
  'roll-back-all',
  'roll-back-batch-by-batch',
]

export const templateConflicts = ['own', 'edited'] as const

/** Every option that several commands know, or that changes what a command does to the cluster. */
export const optionTable = {
  context: {
    kind: 'value',
    short: 'c',
    takes: { en: 'NAME', zh: '名称' },
    what: {
      en: 'Which context; default: the current one.',
      zh: '哪个上下文；默认为当前上下文。',
    },
  },
  kubeconfig: {
    kind: 'value',
    reads: 'file',
    takes: { en: 'FILE', zh: '文件' },
    what: {
      en: 'Instead of $KUBECONFIG and ~/.kube/config.',
      zh: '代替 $KUBECONFIG 和 ~/.kube/config。',
    },
  },
  namespace: {
    kind: 'value',
    short: 'n',
    takes: { en: 'NAME', zh: '名称' },
    what: {
      en: "Default: the context's.",
      zh: '默认为上下文中的命名空间。',
    },
  },
  service: {
    kind: 'value',
    short: 's',
    takes: { en: 'NAME', zh: '名称' },
    what: {
      en: 'Which Service; default: the only one with batches.',
      zh: '哪个 Service；默认为唯一有批次的那个。',
    },
  },
  training: {
    kind: 'flag',
    what: {
      en: 'A training cluster that lives as long as the command.',
      zh: '与命令同生命周期的训练集群。',
    },
  },
  lang: {
    kind: 'value',
    reads: ['en', 'zh'],
    takes: 'en|zh',
    what: {
      en: 'Default: from LANG.',
      zh: '默认取自 LANG。',
    },
  },
  output: {
    kind: 'value',
    short: 'o',
    reads: ['text', 'json'],
    takes: 'text|json',
    what: {
      en: 'json: one object per line, the last one a result.',
      zh: 'json：每行一个对象，最后一个是结果。',
    },
  },
  yes: {
    kind: 'flag',
    short: 'y',
    what: {
      en: 'Ask nothing.',
      zh: '不提问。',
    },
  },
  timeout: {
    kind: 'value',
    reads: 'duration',
    takes: { en: 'TIME', zh: '时间' },
    what: {
      en: 'Give up after this time, as with Ctrl-C. 30s, 10m, 1h.',
      zh: '超过此时间即放弃，如同 Ctrl-C。30s、10m、1h。',
    },
  },
  'trust-plugins': {
    kind: 'flag',
    what: {
      en: 'Let the context run its program to sign in.',
      zh: '允许上下文运行登录程序。',
    },
  },
  'data-folder': {
    kind: 'value',
    reads: 'folder',
    takes: { en: 'DIR', zh: '目录' },
    what: {
      en: 'Where this installation keeps its settings.',
      zh: '本安装保存设置的位置。',
    },
  },
  verbose: {
    kind: 'flag',
    what: {
      en: 'Tell on stderr what is done.',
      zh: '在 stderr 上说明所做的事。',
    },
  },
  help: {
    kind: 'flag',
    short: 'h',
    what: {
      en: 'This text.',
      zh: '本说明。',
    },
  },
  version: {
    kind: 'flag',
    what: {
      en: 'Which Tranche this is.',
      zh: 'Tranche 的版本。',
    },
  },
  watch: {
    kind: 'flag',
    short: 'w',
    what: {
      en: 'Then say each change until interrupted.',
      zh: '随后说出每个变化，直到被中断。',
    },
  },
  image: {
    kind: 'list',
    takes: { en: '[CONTAINER=]REF', zh: '[容器=]引用' },
    what: {
      en: 'Whole image reference, the same for all batches; may be given for several containers.',
      zh: '完整的镜像地址，所有批次相同；可为多个容器分别给出。',
    },
  },
  tag: {
    kind: 'value',
    takes: { en: 'TAG', zh: '标签' },
    what: {
      en: 'Another tag or digest; each batch keeps its own repository. With go-back, one that ran before.',
      zh: '另一个镜像标签或摘要；每批保留自己的镜像仓库。用于 go-back 时，是运行过的标签。',
    },
  },
  container: {
    kind: 'value',
    takes: { en: 'NAME', zh: '名称' },
    what: {
      en: 'The container that is the application, for --tag and for --image without a container. Without it: the annotation kubectl.kubernetes.io/default-container, the repository, the only one that all batches have; else you are asked.',
      zh: '作为应用的容器，用于 --tag 和不带容器的 --image。未给出时依次按：注解 kubectl.kubernetes.io/default-container、镜像仓库、各批共有的唯一容器；否则会询问。',
    },
  },
  restart: {
    kind: 'flag',
    what: {
      en: 'New pods of what runs now.',
      zh: '按现有内容换成新的 Pod。',
    },
  },
  template: {
    kind: 'value',
    reads: 'file',
    takes: { en: 'FILE', zh: '文件' },
    what: {
      en: 'An edited pod template or Deployment (YAML or JSON); - reads stdin.',
      zh: '编辑过的 Pod 模板或 Deployment（YAML 或 JSON）；- 表示标准输入。',
    },
  },
  'template-conflicts': {
    kind: 'value',
    reads: templateConflicts,
    takes: 'own|edited',
    what: {
      en: 'Where the edited template and a batch both changed something: keep what the batch has, or use the edit. Without it, such a release does not start.',
      zh: '编辑后的模板与某批次改动了同一处时：own 保留该批次的值，edited 使用编辑后的值。不指定则不会开始发布。',
    },
  },
  batch: {
    kind: 'list',
    takes: 'N,…',
    what: {
      en: 'Only these batches: numbers, ranges (2-4) or names of Deployments; deployment/NAME is always a name.',
      zh: '只包括这些批次：编号、范围（2-4）或 Deployment 名称；deployment/名称 总是名称。',
    },
  },
  skip: {
    kind: 'list',
    takes: 'N,…',
    what: {
      en: 'Leave these batches out.',
      zh: '跳过这些批次。',
    },
  },
  'batch-limit': {
    kind: 'value',
    reads: 'duration',
    takes: { en: 'TIME', zh: '时间' },
    what: {
      en: 'A batch without progress for so long is held; default 30m.',
      zh: '一批这么久没有进展就停住；默认 30m。',
    },
  },
  'approve-all': {
    kind: 'flag',
    what: {
      en: 'Open all approval gates at the start, in your name.',
      zh: '开始时以你的名义打开所有批准关卡。',
    },
  },
  'on-failure': {
    kind: 'value',
    reads: failurePolicies,
    takes: { en: 'WHAT', zh: '做法' },
    what: {
      en: 'pause, roll-back-batch, roll-back-all or roll-back-batch-by-batch; default pause.',
      zh: 'pause、roll-back-batch、roll-back-all 或 roll-back-batch-by-batch；默认 pause。',
    },
  },
  supersede: {
    kind: 'value',
    reads: ['canary', 'rest'],
    takes: 'canary|rest',
    what: {
      en: 'Take the place of the release that has not ended: from the canary again, or for the batches not yet done.',
      zh: '取代尚未结束的发布：从金丝雀重新开始，或只做未完成的批次。',
    },
  },
  'take-over': {
    kind: 'flag',
    what: {
      en: 'Take the place of the release that has not ended; where nothing is asked.',
      zh: '取代尚未结束的发布；用于不提问的情况。',
    },
  },
  'without-lock': {
    kind: 'flag',
    what: {
      en: 'Without the right to write Leases: no lock, journal on this machine only.',
      zh: '没有写 Lease 的权限时：没有锁，日志只在本机。',
    },
  },
  production: {
    kind: 'value',
    takes: { en: 'NAME', zh: '名称' },
    what: {
      en: 'Change this production cluster, which is read-only otherwise. On a terminal its name is asked for.',
      zh: '写明要修改的生产集群（否则只读）。在终端中会询问名称。',
    },
  },
  until: {
    kind: 'value',
    reads: ['approval'],
    takes: 'approval',
    what: {
      en: 'End with 4 at the next approval gate instead of asking.',
      zh: '到下一个批准关卡时以 4 退出，而不是提问。',
    },
  },
  'batch-by-batch': {
    kind: 'flag',
    what: {
      en: 'The last batch first, one after the other.',
      zh: '从最后一批开始，逐批进行。',
    },
  },
  revision: {
    kind: 'value',
    reads: 'number',
    takes: 'N',
    what: {
      en: 'The revision of each Deployment to go back to.',
      zh: '回到各 Deployment 的哪个修订。',
    },
  },
  at: {
    kind: 'value',
    reads: 'time',
    takes: { en: 'TIME', zh: '时间' },
    what: {
      en: 'Everything as it was then: 14:05 or 2026-11-24T14:05; incident is the moment before the last changes, minutes apart counting as one.',
      zh: '一切回到当时：14:05 或 2026-11-24T14:05；incident 表示最近一组改动（相隔数分钟算作一组）之前。',
    },
  },
  before: {
    kind: 'value',
    takes: { en: 'RELEASE', zh: '发布' },
    what: {
      en: 'Everything as it was before this release (see history).',
      zh: '一切回到这次发布之前（见 history）。',
    },
  },
  after: {
    kind: 'value',
    takes: { en: 'RELEASE', zh: '发布' },
    what: {
      en: 'Everything as this release had left it.',
      zh: '一切回到这次发布结束时。',
    },
  },
  detach: {
    kind: 'flag',
    what: {
      en: 'Not possible: a release needs somebody who drives it.',
      zh: '不可行：发布需要有人驱动。',
    },
  },
} as const satisfies Readonly<Record<string, OptionRow>>

export type OptionName = keyof typeof optionTable

/** Options that every command takes. */
export const commonOptions: readonly OptionName[] = [
  'context',
  'kubeconfig',
  'namespace',
  'service',
  'training',
  'lang',
  'output',
  'yes',
  'timeout',
  'trust-plugins',
  'data-folder',
  'verbose',
  'help',
  'version',
]

/** What a release is to bring, and how. */
export const draftOptions: readonly OptionName[] = [
  'image',
  'tag',
  'container',
  'restart',
  'template',
  'template-conflicts',
  'batch',
  'skip',
  'batch-limit',
  'on-failure',
]
