type SizeMoved = {
  readonly number: number
  readonly name: string
  readonly from: number
  readonly to: number
}

/** What has become of a batch set while a release was drafted on it. */
export const draftChangesEn = {
  title: 'Changed since you began this draft',
  scaled: (batch: number, from: number, to: number) =>
    `Batch ${batch} was scaled from ${from} to ${to === 1 ? '1 pod' : `${to} pods`}.`,
  recreated: (batch: number) =>
    `Batch ${batch} was deleted and created again. What you drafted for it stays.`,
  gone: (batch: number, name: string) => `Batch ${batch} (${name}) is no longer behind this Service.`,
  added: (batch: number, name: string) => `Batch ${batch} (${name}) is new.`,
  reordered: 'The order of the batches has changed.',
  dropped: 'The sizes you drafted are dropped: they counted on a batch that is gone.',
  more: (count: number) => (count === 1 ? 'And 1 more.' : `And ${count} more.`),
  seen: 'OK',
  sizeMoved: ({ number, name, from, to }: SizeMoved) =>
    `Batch ${number} (${name}) has ${to === 1 ? '1 pod' : `${to} pods`} now, not ${from}.`,
} satisfies Record<string, unknown>

export const draftChangesZh: typeof draftChangesEn = {
  title: '起草之后的变化',
  scaled: (batch, from, to) => `第 ${batch} 批的副本数已从 ${from} 调整为 ${to}。`,
  recreated: (batch) => `第 ${batch} 批已被删除并重新创建，为它起草的内容保留。`,
  gone: (batch, name) => `第 ${batch} 批（${name}）已不再属于此 Service。`,
  added: (batch, name) => `第 ${batch} 批（${name}）是新增的。`,
  reordered: '批次顺序已改变。',
  dropped: '起草的副本数已丢弃：所依赖的批次已不存在。',
  more: (count) => `另有 ${count} 项。`,
  seen: '知道了',
  sizeMoved: ({ number, name, from, to }) => `第 ${number} 批（${name}）现有 ${to} 个副本，不是 ${from} 个。`,
}
