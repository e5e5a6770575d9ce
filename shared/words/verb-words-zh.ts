import type { Outlook } from '../release/outlook.ts'
import { isUntouched, type Remains } from '../release/remains.ts'
import type { Promised, Sentence } from '../release/sentence.ts'
import { percent, ranges, type SentenceWords } from './sentence-words.ts'

export function batches(numbers: readonly number[]): string {
  return `第 ${ranges(numbers)} 批`
}

export function remainsText(remains: Remains): string {
  if (isUntouched(remains)) return '未做任何变更'
  const {
    new: fresh,
    old,
    returned,
    earlier,
    kept,
    unready,
    stuck,
    unsure,
    paused,
    scaled,
    unscaled,
  } = remains
  const parts: readonly (readonly [readonly number[], string])[] = [
    [fresh, '保留新版本'],
    [returned, '已回滚'],
    [earlier, '保持上一次发布的内容'],
    [kept, '保持现状'],
    [unready, '已回滚但未就绪'],
    [stuck, '未能回滚'],
    [unsure, '是否已变更未知'],
    [old, '未变更'],
    [paused, '仍处于暂停（spec.paused）'],
    [scaled, '已调整副本数'],
    [unscaled, '未调整副本数'],
  ]
  return parts
    .filter(([numbers]) => numbers.length > 0)
    .map(([numbers, words]) => `${batches(numbers)}${words}`)
    .join('，')
}

function next({ does, pods, tag }: Promised, own?: number, brief = false): string {
  const [first, ...more] = does.updates.filter((batch) => batch !== own)
  const of = `（${[tag, `${pods} 个 Pod`].filter((one) => one !== '').join('，')}）`
  const scaling = does.scales.length === 0 ? '' : `先调整${batches(does.scales)}的副本数。`
  if (first !== undefined) {
    const rest = more.length === 0 ? '' : `，${batches(more)}也不再询问`
    return `${scaling}然后开始第 ${first} 批${does.updates[0] === own ? '' : of}${rest}。`
  }
  if (does.then.kind === 'approval')
    return `${scaling}然后第 ${does.then.batch} 批待你审批${does.updates.length > 0 || brief ? '' : of}。`
  const isOver = does.then.kind === 'ended' && does.updates.length + does.finishes.length === 0
  return isOver ? `${scaling}然后发布结束。` : scaling
}

function onward({ returns, finishes, then }: Outlook): string {
  const rest = [...returns, ...finishes].sort((a, b) => a - b)
  if (rest.length > 0) return `回滚继续处理${batches(rest)}。`
  return then.kind === 'held' ? '然后发布停住。' : '然后回滚以部分完成结束。'
}

function finishing(does: Outlook): string {
  return does.finishes.length === 0 ? '' : `${batches(does.finishes)}会在集群中完成更新。`
}

type VerbKind = Extract<Sentence['kind'], `verb-${string}`>

export const verbWordsZh: Pick<SentenceWords, VerbKind> = {
  'verb-pause': (s) => {
    const sizes = s.does.scales.length > 0 ? '尚未调整的副本数' : undefined
    const other = s.next === undefined ? undefined : `第 ${s.next} 批`
    const what = [sizes, other].filter((part) => part !== undefined).join('、')
    const finishes = s.current === undefined ? '' : `第 ${s.current} 批会继续完成，`
    return `${finishes}${what === '' ? '发布等待继续' : `${what}等待继续`}。`
  },
  'verb-resume': (s) => {
    const current = s.does.finishes[0]
    return current === undefined
      ? `继续发布。${next(s, undefined, true)}`
      : `从第 ${current} 批继续。${next(s, undefined, true)}`
  },
  'verb-freeze': () => '继续之前不再替换 Pod，新旧 Pod 同时提供服务。',
  'verb-retry': (s) => {
    if (s.does.scales.includes(s.batch)) {
      const scales = s.does.scales.filter((batch) => batch !== s.batch)
      return `再次将第 ${s.batch} 批调整为计划的副本数。${next({ ...s, does: { ...s.does, scales } })}`
    }
    if (s.back === true)
      return s.does.returns.includes(s.batch)
        ? `重新写回第 ${s.batch} 批。`
        : `再给第 ${s.batch} 批的 Pod 一些时间。`
    return s.does.updates.includes(s.batch)
      ? `重新更新第 ${s.batch} 批。${next(s, s.batch)}`
      : `重新检查第 ${s.batch} 批，正常则继续。${next(s, undefined, true)}`
  },
  'verb-skip': (s) => {
    if (s.back === true) return `第 ${s.batch} 批保留回滚后的版本，Pod 未就绪。${onward(s.does)}`
    return s.begun
      ? `第 ${s.batch} 批保持现状（包括异常 Pod），不计为完成。${next(s)}`
      : `本次发布不变更第 ${s.batch} 批。${next(s)}`
  },
  'verb-adopt': (s) => {
    switch (s.as) {
      case 'skipped':
        return `第 ${s.batch} 批保留 ${s.manager} 的改动，不再参与本次发布。${next(s)}`
      case 'start':
        return `第 ${s.batch} 批以 ${s.manager} 的改动为起点，回滚时也回到该内容。${next(s)}`
      case 'size':
        return `第 ${s.batch} 批保留 ${s.manager} 设置的副本数。${next(s)}`
      case 'replacement':
        return `在本次发布中取代已删除的 Deployment。${next(s)}`
    }
  },
  'verb-restore': (s) => {
    switch (s.as) {
      case 'overwrite':
        return `用本次发布的内容替换 ${s.manager} 的改动。${next(s, s.batch)}`
      case 'revert':
        return `第 ${s.batch} 批恢复为 ${s.manager} 改动之前的内容。${next(s)}`
      case 'unpause':
        return `清除 spec.paused，该批继续更新。${next(s, s.batch)}`
    }
  },
  'verb-approve': (s) => {
    const what = s.change === 'image' ? `将 ${s.name} 更新为 ${s.tag}` : `将新模板应用到 ${s.name}`
    const first = s.change === 'restart' ? `重启 ${s.name} 的 Pod` : what
    const [, ...more] = s.does.updates
    const after = more.length > 0 ? '，完成后自动继续' : ''
    const then = after === '' && s.does.then.kind === 'approval' ? '，完成后等待审批' : after
    return `${first}（${s.pods} 个 Pod）${then}。新版本占比 ${percent(s.shareBefore)} → ${percent(s.shareAfter)}。`
  },
  'verb-push-all': (s) => `${batches(s.does.updates)}不再逐批询问：前一批就绪且观察期满后自动开始。`,
  'verb-stop': (s) =>
    s.brief === true
      ? `${remainsText(s.remains)}。`
      : `结束本次发布：${remainsText(s.remains)}。${finishing(s.does)}停止后不能继续${s.undo ? '，仍可回滚' : ''}。`,
  'verb-roll-back': (s) => {
    const stays = s.foreign === undefined ? '' : `第 ${s.foreign} 批保留外部改动。`
    const before = s.chain === true ? '本次发布及其所取代的发布之前的内容' : '之前的内容'
    const tag = s.chain === true ? ` ${s.tag}（${before}）` : ` ${s.tag}`
    const back = `${batches(s.batches)}回滚到${s.tag === '' ? before : tag}：${s.pods} 个 Pod。`
    return s.batches.length === 0 ? stays : `${back}${stays}`
  },
  'verb-take-over': (s) =>
    s.holder === '' ? '此后由你执行本次发布。' : `此后由你执行本次发布，${s.holder} 不能再操作。`,
}
