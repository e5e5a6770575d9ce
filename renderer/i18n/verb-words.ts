/** What comes after the batch that is started. */
export type AfterStart = 'approval' | 'goes-on' | 'end'
export const thenEn: Readonly<Record<AfterStart, string>> = {
  approval: ', then waits for approval',
  'goes-on': ', then goes on by itself',
  end: '',
}
export const thenZh: Readonly<Record<AfterStart, string>> = {
  approval: '，完成后等待审批',
  'goes-on': '，完成后自动继续',
  end: '',
}

/** What the buttons of verbs are called: each names all that it does, and to which batch. */
export const verbsEn = {
  approve: (batch: number, pods: number) =>
    `Approve batch ${String(batch)} – ${pods === 1 ? '1 pod' : `${String(pods)} pods`}`,
  approveAll: (count: number) =>
    count === 1 ? 'Approve the remaining batch' : `Approve all remaining batches (${String(count)})`,
  pause: 'Pause',
  pauseAfter: (batch: number) => `Pause after batch ${String(batch)}`,
  resume: 'Resume',
  freeze: (batch: number) => `Pause batch ${String(batch)} now`,
  retry: (batch: number) => `Retry batch ${String(batch)}`,
  skip: (batch: number) => `Skip batch ${String(batch)}`,
  goOnWithout: (batch: number) => `Go on without the pods of batch ${String(batch)}`,
  adopt: {
    skipped: (batch: number) => `Keep the change and skip batch ${String(batch)}`,
    start: (batch: number) => `Keep the change in batch ${String(batch)}`,
    replacement: (batch: number) => `Use the new Deployment as batch ${String(batch)}`,
    size: (batch: number) => `Keep the size of batch ${String(batch)}`,
  },
  restore: {
    overwrite: (batch: number) => `Overwrite the change in batch ${String(batch)}`,
    revert: (batch: number) => `Revert the change in batch ${String(batch)}`,
    unpause: (batch: number) => `Unpause the Deployment of batch ${String(batch)}`,
  },
  stop: 'Stop the release…',
  rollBack: (batches: string, count: number) => {
    if (count === 0) return 'Roll back…'
    return `Roll back ${count === 1 ? 'batch' : 'batches'} ${batches}…`
  },
  takeOver: 'Take over the release',
}

export const verbsZh: { readonly [K in keyof typeof verbsEn]: (typeof verbsEn)[K] } = {
  approve: (batch, pods) => `批准第 ${String(batch)} 批（${String(pods)} 个 Pod）`,
  approveAll: (count) => `批准其余全部批次（${String(count)} 批）`,
  pause: '暂停',
  pauseAfter: (batch) => `第 ${String(batch)} 批完成后暂停`,
  resume: '继续',
  freeze: (batch) => `立即暂停第 ${String(batch)} 批`,
  retry: (batch) => `重试第 ${String(batch)} 批`,
  skip: (batch) => `跳过第 ${String(batch)} 批`,
  goOnWithout: (batch) => `不再等待第 ${String(batch)} 批的 Pod`,
  adopt: {
    skipped: (batch) => `保留外部改动并跳过第 ${String(batch)} 批`,
    start: (batch) => `保留第 ${String(batch)} 批的外部改动`,
    replacement: (batch) => `将新的 Deployment 作为第 ${String(batch)} 批`,
    size: (batch) => `保留第 ${String(batch)} 批的副本数`,
  },
  restore: {
    overwrite: (batch) => `覆盖第 ${String(batch)} 批的外部改动`,
    revert: (batch) => `撤销第 ${String(batch)} 批的外部改动`,
    unpause: (batch) => `取消第 ${String(batch)} 批 Deployment 的暂停`,
  },
  stop: '停止发布…',
  rollBack: (batches, count) => (count === 0 ? '回滚…' : `回滚第 ${batches} 批…`),
  takeOver: '接管发布',
}
