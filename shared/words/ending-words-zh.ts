import { isUntouched, type Remains } from '../release/remains.ts'
import type { Sentence, VersionGroup } from '../release/sentence.ts'
import type { SentenceWords } from './sentence-words.ts'
import { batches, remainsText } from './verb-words-zh.ts'
import type { endingWordsEn } from './ending-words-en.ts'

/** 发布如何结束：对每一批只说它自己的事实。 */
export const endingWordsZh: Pick<SentenceWords, keyof typeof endingWordsEn> = {
  'release-done': released,
  'resize-done': (s) => {
    const has = s.has.length === 0 ? [] : [`${batches(s.has)}已达到新的副本数`]
    const moved = s.moved.length === 0 ? [] : [`${batches(s.moved)}之后又被调整`]
    return [...has, ...moved].join('；') || '没有批次被调整副本数'
  },
  'release-stopped': (s) => `已停止：${remainsText(s.remains)}`,
  'release-rolled-back': (s) => rolledBack(s.remains, s.back, '之前的内容'),
  'release-restored': (s) =>
    rolledBack(s.remains, [{ tag: '', batches: s.remains.returned }], '所选的历史版本'),
  'release-superseded': () => '被另一次发布取代',
  'release-rolled-back-in-part': (s) => `部分回滚：${remainsText(s.remains)}`,
}

/** 已回滚的批次，以及其余仍保留其他内容的批次。 */
function rolledBack(
  { returned, ...others }: Remains,
  back: readonly VersionGroup[],
  otherwise: string,
): string {
  const left = { ...others, old: [], returned: [], unscaled: [] }
  if (returned.length === 0) return `已回滚：${remainsText({ ...left, old: others.old })}`
  const to = back.map(
    (group) => `${batches(group.batches)}已回滚到${group.tag === '' ? otherwise : ` ${group.tag}`}`,
  )
  return [to.join('，'), ...restText(left)].join('；')
}

function restText(remains: Remains): readonly string[] {
  return isUntouched(remains) ? [] : [remainsText(remains)]
}

function released(s: Extract<Sentence, { readonly kind: 'release-done' }>): string {
  const numbers = s.brought.flatMap((group) => group.batches)
  const which = (of: readonly number[]): string =>
    s.all && of.length === numbers.length ? `全部 ${numbers.length} 批` : batches(of)
  const { old, ...others } = s.remains
  const rest = { ...others, old: [], new: [], earlier: [], scaled: [], unscaled: [] }
  return [
    numbers.length === 0 ? '没有批次被变更' : brought(s, which),
    ...(s.empty.length === 0 ? [] : [`${batches(s.empty)}没有 Pod`]),
    ...s.earlier.map(
      (group) => `${batches(group.batches)}保持${group.tag === '' ? '上一次发布的内容' : ` ${group.tag}`}`,
    ),
    ...(old.length === 0 ? [] : [`跳过${batches(old)}`]),
    ...restText(rest),
  ].join('；')
}

function brought(
  { change, brought: groups }: Extract<Sentence, { readonly kind: 'release-done' }>,
  which: (of: readonly number[]) => string,
): string {
  const all = which(groups.flatMap((group) => group.batches))
  switch (change) {
    case 'restart':
      return `${all}已重启`
    case 'template':
      return `${all}已使用新模板`
    default:
      return groups.map((group) => `${group.tag} 已发布到${which(group.batches)}`).join('，')
  }
}
