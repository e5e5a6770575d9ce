/** What the main process says itself: only the question before the window closes. */
export type NativeWords = {
  readonly closeTitle: string
  readonly closeDetail: (services: readonly string[]) => string
  readonly stay: string
  readonly close: string
}

const en: NativeWords = {
  closeTitle: 'A release is running',
  closeDetail: (services) =>
    `${services.join(', ')}: the batch in progress goes on in the cluster, but no further batch starts and no gate ` +
    'is judged until Tranche is open again. It then goes on where it was.',
  stay: 'Stay',
  close: 'Close Tranche',
}

const zh: NativeWords = {
  closeTitle: '有发布正在进行',
  closeDetail: (services) =>
    `${services.join('、')}：正在更新的批次会在集群中继续，但在再次打开 Tranche 之前，不会开始新的批次，也不会判断任何关卡。` +
    '再次打开后会从原处继续。',
  stay: '留在此处',
  close: '关闭 Tranche',
}

export function nativeWords(locale: string): NativeWords {
  return locale.toLowerCase().startsWith('zh') ? zh : en
}
