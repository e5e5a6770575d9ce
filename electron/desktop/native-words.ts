import { visiblePlain } from '../../shared/visible.ts'

/** What the main process says itself: the question before the window closes, and why there is none. */
export type NativeWords = {
  readonly closeTitle: string
  readonly closeDetail: (services: readonly string[]) => string
  readonly stay: string
  readonly close: string
  readonly notStarted: string
}

const en: NativeWords = {
  closeTitle: 'A release is running',
  closeDetail: (services) =>
    `${services.map(visiblePlain).join(', ')}: the current batch finishes in the cluster. No new batch starts and no gate is checked ` +
    'until you open Tranche again; the release then continues.',
  stay: 'Cancel',
  close: 'Close Tranche',
  notStarted: 'Tranche could not start',
}

const zh: NativeWords = {
  closeTitle: '有发布正在进行',
  closeDetail: (services) =>
    `${services.map(visiblePlain).join('、')}：当前批次会在集群中完成；再次打开 Tranche 之前不会开始新批次，也不会检查卡点，` +
    '之后自动继续。',
  stay: '取消',
  close: '关闭 Tranche',
  notStarted: 'Tranche 无法启动',
}

export function nativeWords(locale: string): NativeWords {
  return locale.toLowerCase().startsWith('zh') ? zh : en
}
