import { faultText, whyText } from '../../../shared/words/faults/say-fault.ts'
import { rightsZh } from '../../../shared/words/right-words.ts'
import { checkZh } from '../../../shared/preflight/check-words-zh.ts'
import { sayCheck } from '../../../shared/preflight/check-words.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import { faultZh } from '../../../shared/words/fault-words.ts'
import type { Words } from './words.ts'
import type { UsageProblem } from '../arguments/usage-problem.ts'
import type { SteerVerb } from '../arguments/steer-verb.ts'

const meant = (near: string | undefined): string => (near === undefined ? '' : `是否想输入 ${near}？`)

const changes: Words['changes'] = {
  image: '镜像',
  restart: '重启',
  template: '更换模板',
  restore: '回滚',
  none: '调整副本数',
}

/** 发布的内容：有镜像标签时用标签，否则用类别。 */
function what(release: PipelineView['release']): string {
  if (release === undefined) return ''
  return release.tag === undefined || release.tag === '' ? changes[release.change] : release.tag
}

/** 对指定批次的操作。 */
const verbs: Readonly<Record<SteerVerb, string>> = {
  approve: '批准',
  'push-all': '批准',
  pause: '暂停',
  resume: '继续',
  freeze: '立即暂停',
  retry: '重试',
  skip: '跳过',
  adopt: '保留外部改动：',
  restore: '取消外部改动：',
  stop: '停止',
}

function usage(problem: UsageProblem): string {
  switch (problem.kind) {
    case 'unknown-command':
      return `没有命令“${problem.word}”。${meant(problem.near)}参见：tranche --help`
    case 'unknown-option':
      return `没有选项 ${problem.option}。${meant(problem.near)}`
    case 'not-here':
      return problem.command === ''
        ? `${problem.option} 之前需要一个命令。参见：tranche --help`
        : `${problem.command} 不支持 ${problem.option}。参见：tranche ${problem.command} --help`
    case 'no-value':
      return `${problem.option} 需要一个值。`
    case 'value-for-flag':
      return `${problem.option} 不带值。`
    case 'bad-value':
      return `${problem.option} 不能是“${problem.value}”。可用：${problem.allowed}`
    case 'too-many':
      return problem.takes === 0
        ? `“${problem.word}”是什么意思？${problem.command} 只接受选项。`
        : `“${problem.word}”是什么意思？一次只能指定一个 Service。`
    case 'together':
      return `${problem.options.join('、')} 一次只能用一个。`
    case 'of-command':
      return problem.text.zh
    case 'no-such-batch':
      return `没有批次“${problem.word}”。现有：${problem.batches.join('、')}`
    case 'which-container':
      return `${problem.word === undefined ? '哪个容器是应用？' : `没有批次有容器“${problem.word}”。`}--container 可用：${problem.names.join('、')}`
    case 'which-image':
      return `哪个镜像用于应用？请写明容器：--image 容器=镜像地址。给出的有：${problem.images.join('、')}`
    case 'one-batch':
      return `一次只能针对一个批次。给出的有：${problem.names.join('、')}`
    case 'which-batch':
      return `“${problem.word}”既是一个批次的名称，又是另一个批次的编号。--batch 可用：${problem.names.join('，')}`
    case 'which-context':
      return `哪个上下文？--context 可用：${problem.names.join('、')}`
    case 'no-such-context':
      return `没有上下文“${problem.word}”。${meant(problem.near)}参见：tranche contexts`
    case 'no-contexts':
      return `在 ${problem.lookedAt.join('、')} 中没有找到上下文。查看原因：tranche doctor。没有集群也可以试：tranche status --training`
    case 'which-service':
      return problem.names.length === 0
        ? `${problem.namespace} 中没有带 Deployment 的 Service。换一个 --namespace？`
        : `哪个 Service？--service 可用：${problem.names.join('、')}`
    case 'no-file':
      return `无法读取 ${problem.path}：${problem.message}`
    case 'needs-yes':
      return '此命令会删除发布记录，而这里无法询问：请加 --yes。'
    case 'needs-consent':
      return '此上下文要运行上面的程序来登录。请在终端上同意，或使用 --trust-plugins。'
  }
}

export const cliZh: Words = {
  usage,
  fault: (fault) => {
    const text = faultText(fault, 'zh')
    if (fault.rights !== undefined) return `${rightsZh(fault.rights, 'never')}${text}`
    const { what } = faultZh[fault.code]
    return fault.code === 'conflict' || fault.code === 'not-found' || fault.code === 'invalid-input'
      ? text
      : `${what}${text}`
  },
  check: (what) => sayCheck(checkZh, what),
  consentQuestion: '运行吗？[y/N] ',
  contextHeads: ['', '上下文', '命名空间', '服务器', '文件'],
  serviceHeads: ['Service', '批次', 'Pod', '状态'],
  batchHeads: ['#', 'Deployment', '版本', '就绪', '重启', '状态'],
  gateHeads: ['批次', '关卡（+ 已通过  . 稍后  > 等你批准  x 受阻）'],
  imageHeads: ['#', 'Deployment', '容器', '从', '到'],
  forecastHeads: ['批次', 'Deployment', '新 Pod', '新版本占比', '最多 Pod', '时间'],
  releaseHeads: ['发布', '开始', '变更', '结果', '批次', '由谁'],
  revisionHeads: ['#', 'Deployment', '修订', '版本', '始于', '操作者', '原因'],
  serviceState: {
    ready: '就绪',
    rolling: '正在更新',
    baking: '正在观察',
    approval: '等待批准',
    paused: '已暂停',
    failing: '已停住',
    'rolling-back': '正在回滚',
    empty: '没有批次',
    unhealthy: '不健康',
    incident: '异常',
  },
  noServices: (namespace) => `${namespace} 中没有 Service。`,
  where: (it) => `集群 ${it.cluster}，命名空间 ${it.namespace}，Service ${it.service}`,
  incidentProposal: (pods, version, command) => `将 ${pods} 个 Pod 回滚到 ${version}：${command}`,
  externalName: (name) => `${name} 的别名`,
  noSelector: '无选择器，端点由人工设置',
  otherEndpoints: (ready, all, owners) =>
    `其中 ${all} 个端点不属于任何批次，${ready} 个就绪${owners.length === 0 ? '' : `：${owners.join('，')}`}`,
  publishesNotReady: '设置了 publishNotReadyAddresses：Pod 未就绪时也会接收流量',
  headless: '无头 Service：由客户端选择 Pod，占比按端点计',
  endpoints: (ready, expected) => `${expected} 个端点中 ${ready} 个就绪`,
  journalUnwritten: (fault) =>
    `发布记录（Lease）写不进去，每 2 秒重试一次。写入之前不会开始任何操作，也不接受任何指令：${faultText(fault, 'zh')}`,
  denied: (rights) => rightsZh(rights, 'stale'),
  stale: (why) => `现在看到的数据不是最新的：${why}`,
  driver: (lock) => {
    switch (lock.kind) {
      case 'free':
        return '没有人在驱动这次发布'
      case 'mine':
        return '由这里驱动'
      case 'other':
        return lock.expired ? `驱动者 ${lock.holder} 已离开` : `锁在 ${lock.holder} 手中`
      case 'local':
        return '没有锁：记录只在这台机器上'
      case 'unknown':
        return `不知道由谁驱动：${whyText(lock.why, 'zh')}`
    }
  },
  noReleases: '尚无该 Service 的发布记录。',
  changes,
  notEnded: '未结束',
  since: (time, known) => (known === 'exactly' ? time : `不晚于 ${time}`),
  incident: (batches, [from, to], release) =>
    `${release === undefined ? '发布之外的最近改动' : `${release} 的改动`}：第 ${batches} 批，${from === to ? from : `${from} 至 ${to}`}。回滚到此之前：tranche go-back --at incident`,
  noIncident: '没有已知的可回滚改动，请改为指定时间。',
  alsoTakenBack: (releases) => `此后 ${releases} 也改动过批次，这些改动会一并回滚。`,
  onlyRecord: '（仅存于发布记录）',
  leftOut: (name, why) =>
    ({
      before: `已略过 ${name}：不知道它当时运行什么，已知的记录始于更晚。`,
      gap: `已略过 ${name}：不知道它当时运行什么，它在那前后被修改过。`,
      forgotten: `已略过 ${name}：它当时运行的模板已无处可寻。`,
      'not-asked': `已略过 ${name}：据所知它从未运行过该版本。`,
    })[why],
  supersedes: (id) => `取代尚未结束的发布 ${id}`,
  journal: '发布记录',
  forgetQuestion: '删除该发布记录吗？删除后将无法继续或回滚那次发布，Pod 不受影响。',
  cluster: '集群',
  namespace: '命名空间',
  service: 'Service',
  change: '变更',
  batches: '批次',
  restart: '按现有内容重启全部 Pod',
  template: '新的 Pod 模板',
  batch: (number) => `第 ${number} 批`,
  imageStep: ({ container, from, to, batches }) => `${container}：${from} → ${to}（第 ${batches} 批）`,
  batchesAndPods: (numbers, count) => `${numbers}（${count} 个 Pod）`,
  rollBackLine: (it) => `${it.from} → ${it.to}（${it.pods} 个 Pod）`,
  verbOnBatch: (verb, batch) => `${verbs[verb]}第 ${batch} 批`,
  questions: {
    release: '开始发布吗？',
    approve: '批准吗？',
    'push-all': '批准其余全部批次吗？',
    pause: '暂停吗？',
    resume: '继续吗？',
    freeze: '立即暂停该批吗？',
    retry: '重试吗？',
    skip: '跳过该批吗？',
    stop: '停止发布吗？',
    rollback: '回滚吗？',
    'take-over': '接管发布吗？',
  },
  adoptQuestions: {
    skipped: '保留外部改动并跳过该批吗？',
    start: '保留外部改动吗？',
    replacement: '使用新的 Deployment 吗？',
    size: '保留外部设置的副本数吗？',
  },
  restoreQuestions: {
    overwrite: '覆盖外部改动吗？',
    revert: '撤销外部改动吗？',
    unpause: '取消 Deployment 的暂停吗？',
  },
  approve: '批准吗？[y = 是，a = 全部批准，n = 暂不] ',
  approvalAnswer: (answer) => {
    const word = answer.trim().toLowerCase()
    if (['a', 'all', '全部'].includes(word)) return 'all'
    return ['y', 'yes', '是', '好'].includes(word) ? 'yes' : 'no'
  },
  nothingDone: '什么也没有做。',
  failure: (batch, why) =>
    `第 ${batch.number} 批（${batch.name}）：${why.reason}${why.pods > 0 ? `，${why.pods} 个 Pod` : ''}`,
  firstFailingPod: (pod, container) =>
    `第一个失败的 Pod：${pod}${container === undefined ? '' : `，容器 ${container}`}`,
  pausedBeforeLeaving: '已暂停：进行中的批次会自行完成，不会再开始新的批次。可用以下命令继续或回滚：',
  rollBackGoesOn: '回滚不能暂停。再按一次 Ctrl-C 退出；已开始的会在集群中继续。',
  lost: (holder) => (holder === '' ? '这次发布的锁已丢失。' : `现在由 ${holder} 驱动这次发布。`),
  noRelease: '此 Service 没有进行中的发布。',
  nothingToRollBack: '没有可回滚的批次。',
  nothingToGoBack: (unknown) =>
    unknown === 0 ? '这些批次都已在运行所选内容。' : '什么也没有做：需要改变的批次当时运行什么都不清楚。',
  noSuchRelease: (id) => `没有已知的发布 ${id}。参见：tranche history`,
  nothingToForget: '此 Service 的发布记录可以读取，未删除任何内容。',
  unfinished: ({ release }, option) =>
    `此 Service 有未结束的发布（${what(release)}）。请继续、回滚或停止，或用 ${option} 取代。`,
  nobodyDrives: '没有人在驱动这次发布，无人可请求。',
  othersRelease: (holder, expired) =>
    expired
      ? `驱动这次发布的 ${holder} 已离开。接着做：tranche take-over`
      : `${holder} 正在驱动这次发布。可以请求：tranche ask pause 或 tranche ask stop`,
  waitsForHolder: (holder, seconds) => `锁在 ${holder} 手中。等待 ${seconds} 秒没有动静 …`,
  asked: (holder, wish) => `已请求 ${holder} ${wish === 'pause' ? '暂停' : '停止'}。`,
}
