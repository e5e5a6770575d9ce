import { holdWords, isOff } from './faults/off-faults.ts'
import { faultText, sayFaultSentence } from './faults/say-fault.ts'
import { assertNever } from '../assert-never.ts'
import { endingWordsZh } from './ending-words-zh.ts'
import type { Refusal, ReleaseEventName } from '../release/release.ts'
import { gateLines } from '../release/gates/gate-table.ts'
import type { Hold } from '../release/hold.ts'
import type { Sentence, WriteKind } from '../release/sentence.ts'
import { wordsFor, type SentenceWords } from './sentence-words.ts'
import { batches, verbWordsZh } from './verb-words-zh.ts'
import { withNamedWriters } from '../release/with-named-writers.ts'

const logWords: Record<ReleaseEventName, string> = {
  started: '发布已开始',
  resized: '批次大小已到位',
  'batch-started': '第 {n} 批已开始',
  'batch-ready': '第 {n} 批已就绪',
  'batch-done': '第 {n} 批已完成',
  'batch-skipped': '第 {n} 批已跳过',
  approved: '第 {n} 批之后的卡点已批准',
  paused: '已暂停',
  frozen: '第 {n} 批已在中途暂停',
  unpaused: '第 {n} 批在发布之外被取消暂停',
  resumed: '已继续',
  retried: '第 {n} 批已重试',
  adopted: '第 {n} 批：保留外部改动',
  restored: '第 {n} 批：已取消外部改动',
  held: '在第 {n} 批自动暂停',
  scaled: '第 {n} 批从 {from} 个扩缩到 {to} 个',
  'plan-changed': '计划已更改',
  'push-all': '已批准其余全部批次',
  'roll-back': '回滚已开始',
  'batch-returned': '第 {n} 批已回滚',
  'taken-over': '已接管',
  superseded: '被另一次发布取代',
  ended: '发布已结束',
}

/** 计划允许缺少的新 Pod，也要说出来。 */
function recovered({ was, reason }: Extract<Sentence, { readonly kind: 'release-recovered' }>): string {
  switch (was) {
    case 'failing':
      return `曾异常（${reason}）`
    case 'deadline':
      return '曾在时限内没有进展'
    case 'regressed':
      return '曾丢失 Pod'
    default:
      return assertNever(was)
  }
}

function missing(count: number | undefined): string {
  return count === undefined ? '' : `，${count} 个未就绪（计划允许）`
}

function excused(found: { readonly pods: number; readonly reason: string } | undefined): string {
  if (found === undefined) return ''
  return `，允许缺 ${found.pods} 个${found.reason === '' ? '' : `（${found.reason}）`}`
}

const writes: Record<WriteKind, (batch: number) => string> = {
  change: (batch) => `第 ${batch} 批的更改尚未写入`,
  back: (batch) => `第 ${batch} 批尚未写回`,
  size: (batch) => `第 ${batch} 批的新副本数尚未写入`,
  freeze: (batch) => `第 ${batch} 批尚未暂停（spec.paused）`,
  thaw: (batch) => `第 ${batch} 批尚未解除暂停（spec.paused）`,
}

function span(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} 分钟` : `${seconds} 秒`
}

function unready(hold: Hold): string {
  return hold.kind === 'pods' ? `${hold.pods} 个 Pod ${hold.reason}` : holdWords.zh[hold.kind]
}

function refusal(why: Refusal): string {
  switch (why.kind) {
    case 'foreign':
      return `模板被 ${why.manager} 改动`
    case 'gone':
      return 'Deployment 已不存在'
    case 'paused':
      return `Deployment 被 ${why.manager} 暂停`
    case 'refused':
      return `集群拒绝：${why.message}`
    case 'unready':
      return unready(why.hold)
    case 'given-up':
      return `已尝试 ${why.tries} 次，不知道是否写入：${why.message}`
    default:
      return assertNever(why)
  }
}

const chinese: SentenceWords = {
  ...verbWordsZh,
  ...endingWordsZh,
  idle: (s) => `${s.batches} 批，${s.pods} 个 Pod：当前没有发布`,
  'no-batches': (s) =>
    `${s.service} 后面没有 Deployment${s.all === 0 ? '' : `，其他所有者的 ${s.all} 个端点中 ${s.ready} 个就绪`}`,
  'no-selector': (s) =>
    `${s.service} 没有选择器，端点由人工设置${s.all === 0 ? '，目前没有端点' : `（${s.all} 个端点中 ${s.ready} 个就绪）`}`,
  'external-name': (s) => `${s.service} 只是 ${s.name} 的别名，这里没有 Pod，也没有端点`,
  'not-loaded': (s) => `尚未加载：${s.why === undefined ? '' : sayFaultSentence(s.why, 'zh')}`,
  'several-versions': (s) => `各批次运行着 ${s.versions} 个不同的版本`,
  incident: (s) => `${s.service} 异常：${s.desired} 个 Pod 中 ${s.ready} 个就绪`,
  'incident-changed': (s) => {
    const which = s.all && s.batches.length > 1 ? `全部 ${s.batches.length} 批` : batches(s.batches)
    const by = s.managers.length === 0 ? '' : `（${s.managers.join('，')}）`
    return `当前没有发布。${which}被改动过${by}。`
  },
  'incident-unchanged': () => '当前没有发布。过去 24 小时内没有模板改动。',
  resizing: (s) => (s.growing ? '批次正在扩容' : '批次正在缩容'),
  'release-rolling': (s) => `第 ${s.batch} 批滚动中：${s.desired} 个 Pod 中 ${s.updated} 个已更新`,
  'release-baking': (s) => `第 ${s.batch} 批观察中`,
  'release-approval': (s) =>
    `第 ${s.done} 批已${s.skipped === true ? '跳过' : '完成'}，第 ${s.next} 批等你批准。`,
  'release-paused': (s) => `已由 ${s.by} 暂停`,
  'release-patching': (s) => `第 ${s.batch} 批正在启动`,
  'release-failing': (s) => `第 ${s.batch} 批失败：${s.pods} 个 Pod ${s.reason}`,
  'release-pods-refused': (s) =>
    s.passed === true
      ? `第 ${s.batch} 批曾无法创建新 Pod，现在不再被拒绝。当时：${s.message}`
      : `第 ${s.batch} 批无法创建新 Pod：${s.message}`,
  'release-gate': (s) => `第 ${s.batch} 批失败：${gateLines(s.gate)?.failed.zh ?? s.gate}`,
  'release-restarts': (s) => `第 ${s.batch} 批失败：新 Pod 重启了 ${s.restarts} 次`,
  'release-deadline': (s) => `第 ${s.batch} 批在时限内没有进展`,
  'release-regressed': (s) => `第 ${s.batch} 批完成后又丢失了 Pod`,
  'release-recovered': (s) =>
    `第 ${s.batch} 批${recovered(s)}，${s.by === 'rollback' ? '已回滚' : '现在全部 Pod 已就绪'}`,
  'release-foreign': (s) => `第 ${s.batch} 批被 ${s.manager} 改动，Tranche 未覆盖任何内容`,
  'release-gone': (s) =>
    s.again
      ? `第 ${s.batch} 批的 Deployment 被删除后重新创建，新的没有被改动。`
      : `第 ${s.batch} 批的 Deployment 已不存在`,
  'release-service-gone': () => '此发布的 Service 已不存在或已改名',
  'release-service-again': () => '此发布的 Service 曾不存在，现在已恢复',
  'release-unselected': (s) => `第 ${s.batch} 批已不在 Service 后面：选择器与它的标签（label）不匹配`,
  'release-batch-paused': (s) =>
    `第 ${s.batch} 批的 Deployment 被 ${s.manager} 暂停（spec.paused），无法滚动`,
  'release-frozen': (s) => `第 ${s.batch} 批已在中途暂停`,
  'release-brake-stuck': (s) =>
    s.wish === 'freeze'
      ? `第 ${s.batch} 批仍在继续，未能在中途暂停：${refusal(s.why)}`
      : `第 ${s.batch} 批仍处于暂停（spec.paused）：${refusal(s.why)}`,
  'release-refused': (s) => `集群拒绝了第 ${s.batch} 批的更改：${s.message}`,
  'release-given-up': (s) => `第 ${s.batch} 批的更改已尝试 ${s.tries} 次，不知道是否写入：${s.message}`,
  'write-tried': (s) => {
    const ends = {
      limit: `会一直重试到 ${span(s.limitSeconds)}为止，之后由你决定。`,
      person: '在你继续之前不再重试。',
      done: '会一直重试到写入为止。',
    }[s.ends]
    return `${writes[s.write](s.batch)}，已尝试 ${s.tries} 次。${ends}答复：${s.message}`
  },
  'release-rolling-back': (s) => {
    const what = `正在回滚${batches(s.batches)}`
    const why = s.because === undefined ? what : `按计划${what}。${sayChinese(s.because)}`
    const more = [s.tried, s.waits].filter((one) => one !== undefined)
    return more.reduce((text, one) => `${text.replace(/。$/, '')}。${sayChinese(one)}`, why)
  },
  'return-failing': (s) => {
    const reason = s.reason === '' ? '在时限内没有进展' : `${s.pods} 个 Pod ${s.reason}`
    return s.overdue
      ? `第 ${s.batch} 批的 Pod 未能恢复，待你处理：${reason}`
      : `第 ${s.batch} 批的 Pod 尚未恢复：${reason}`
  },
  'batch-idle': (s) => `${s.desired} 个中 ${s.ready} 个就绪`,
  'batch-idle-failing': (s) => `${s.failing} 个异常，${s.desired} 个中 ${s.ready} 个就绪`,
  'batch-old': () => '仍是旧版本',
  'batch-first': () => '最先开始',
  'batch-after': (s) => `第 ${s.batch} 批之后开始`,
  'batch-waits-approval': () => '等你批准',
  'batch-held': () => '自动暂停期间不会开始',
  'batch-rolling': (s) => {
    const rest = [s.starting > 0 ? `${s.starting} 个启动中` : '', s.old > 0 ? `${s.old} 个旧` : '']
    return [`${s.desired} 个中 ${s.updated} 个已更新`, ...rest.filter((part) => part !== '')].join('，')
  },
  'batch-baking': (s) =>
    s.updated === s.desired
      ? `${s.desired} 个已全部更新${missing(s.missing)}，观察中`
      : `${s.desired} 个中 ${s.updated} 个已更新${missing(s.missing)}，观察中`,
  'batch-done': (s) => `${s.desired} 个中 ${s.updated} 个已更新${missing(s.missing)}，完成`,
  'batch-empty': () => '空批次：未验证任何内容',
  'batch-failing': (s) => `${s.desired} 个中 ${s.updated} 个已更新，${s.failing} 个失败`,
  'batch-refused': (s) => `${s.desired} 个中 ${s.updated} 个已更新，无法创建新 Pod`,
  'batch-returning': (s) => `回滚中：${s.returned}/${s.desired}`,
  'batch-returned': () => '已回滚',
  'batch-unselected': () => '不在 Service 后面',
  'batch-return-failing': (s) =>
    `回滚中：已完成 ${s.returned}/${s.desired}，${s.failing === 0 ? '没有进展' : `${s.failing} 个异常`}`,
  'batch-stuck': (s) => `${s.why.kind === 'unready' ? '已回滚，未就绪' : '未能回滚'}：${refusal(s.why)}`,
  'batch-tried': (s) => `尚未写入，已尝试 ${s.tries} 次`,
  'batch-given-up': (s) => `不知道是否写入，已尝试 ${s.tries} 次`,
  'batch-skipped': (s) => (s.touched ? '已跳过，保持现状' : '已跳过'),
  'batch-frozen': (s) => `批次内暂停：已更新 ${s.updated}/${s.desired}`,
  'batch-untouched': () => '未被更改',
  'batch-resizing': (s) => `调整大小：${s.desired} 个中 ${s.available} 个可用`,
  'batch-resize-waits': (s) => `继续后变为 ${s.desired} 个 Pod`,
  'batch-gated': (s) =>
    `第 ${s.batch} 批：${s.pods} 个 Pod 已运行但未就绪，就绪门控（readiness gate）${s.gate} 未通过${s.message === '' ? '' : `（${s.message}）`}`,
  'size-updated': () => '已更新，不可改',
  'size-updating': () => '更新中，不可改',
  'size-held': () => '停住期间，不可改',
  'size-in-release': () => '发布中，不可改',
  'size-changing': () => '正在调整大小，不可改',
  'size-alone': () => '没有其他批次在等，不可改',
  'gate-ready': (s) => `新 Pod 就绪：${s.ready} / ${s.desired}${excused(s.excused)}`,
  'gate-bake': (s) => `观察 ${s.seconds} 秒`,
  'gate-baked': (s) => `已观察 ${s.seconds} 秒`,
  'gate-ending': (s) => (s.ending === 0 ? '没有正在终止的旧 Pod' : `正在终止的旧 Pod：${s.ending}`),
  'gate-own': (s) => gateLines(s.gate)?.line?.(s.values)?.zh ?? s.gate,
  'gate-restarts': (s) => (s.restarts === 0 ? '没有新的重启' : `新的重启：${s.restarts}，允许 ${s.allowed}`),
  'gate-approval-later': () => '稍后批准',
  'gate-approval-yours': () => '批准：由你决定',
  'gate-approved': () => '已批准',
  'gate-skipped': () => '已跳过：未经验证',
  'history-unread': (s) => `无法读取集群中的历史记录：${sayFaultSentence(s.why, 'zh')}`,
  'history-local': (s) =>
    s.why === undefined
      ? '部分发布仅保存在本机的历史记录中。'
      : `集群未接受历史记录，发布仅保存在本机：${sayFaultSentence(s.why, 'zh')}`,
  'history-damaged': (s) => `历史记录中有 ${s.releases} 次发布已损坏，已原样保留。`,
  'history-newer': (s) => `历史记录中有 ${s.releases} 次发布由更新版本的 Tranche 写入。`,
  log: (s) => {
    const why = s.hold === undefined ? '' : `：${s.hold.reason ?? holdWords.zh[s.hold.kind]}`
    const text = `${logWords[s.what]
      .replace('{n}', `${s.batch ?? ''}`)
      .replace('{from}', `${s.from ?? ''}`)
      .replace('{to}', `${s.to ?? ''}`)}${why}`
    return s.by === undefined ? text : `${text}（${s.by}）`
  },
  fault: (s) => faultText(s.fault, 'zh'),
}

export function sayChinese(sentence: Sentence): string {
  const named = withNamedWriters(sentence, '未记录的客户端')
  return isOff(named) ? sayFaultSentence(named, 'zh') : wordsFor(chinese, named)
}
