/** Of a Service that fails without a release of ours. */
export const incidentEn = {
  title: 'Incident',
  changed: 'What changed',
  count: (count: number) =>
    count === 1 ? '1 change, not by a release' : `${String(count)} changes, none by a release`,
  columns: { batch: 'Batch', at: 'Changed at', by: 'By', what: 'What' },
  template: 'pod template',
  unknown: 'not recorded',
  program: 'Kubernetes records the program, not the person.',
  also: (reason: string, pods: number, batches: string) =>
    `${reason}: ${pods === 1 ? '1 pod' : `${String(pods)} pods`} of ${batches}`,
  podsOf: (pods: number, batches: string) => `${pods === 1 ? '1 pod' : `${String(pods)} pods`} of ${batches}`,
  ofBatches: (numbers: string, count: number) => `${count === 1 ? 'batch' : 'batches'} ${numbers}`,
  between: (from: string, to: string) => (from === to ? `At ${from}.` : `From ${from} to ${to}.`),
  rollBack: (pods: number, version: string) =>
    `Roll back ${pods === 1 ? '1 pod' : `${String(pods)} pods`} to ${version}…`,
  note: (batches: string, time: string) => `Brings ${batches} back to what ran at ${time}. Asks once more.`,
  unknownStay: (batches: string) => `What ${batches} ran then is not known: left as they are.`,
  none: 'No earlier state is known that this could go back to.',
  openHistory: 'Choose from the history…',
  openHistoryNote: 'Every template that is still known, with its time.',
} satisfies Record<string, unknown>

export const incidentZh: typeof incidentEn = {
  title: '异常',
  changed: '改动',
  count: (count) => `${String(count)} 处改动，均非发布所为`,
  columns: { batch: '批次', at: '改动时间', by: '程序', what: '内容' },
  template: 'Pod 模板',
  unknown: '无记录',
  program: 'Kubernetes 只记录程序，不记录人。',
  also: (reason, pods, batches) => `${reason}：${batches} ${String(pods)} 个 Pod`,
  podsOf: (pods, batches) => `${batches} ${String(pods)} 个 Pod`,
  ofBatches: (numbers) => `第 ${numbers} 批`,
  between: (from, to) => (from === to ? `时间 ${from}。` : `时间 ${from} 至 ${to}。`),
  rollBack: (pods, version) => `将 ${String(pods)} 个 Pod 回滚到 ${version}…`,
  note: (batches, time) => `${batches}回到 ${time} 时运行的内容。执行前会再确认一次。`,
  unknownStay: (batches) => `${batches}当时运行的内容未知，保持不变。`,
  none: '没有已知的、可回滚到的早先状态。',
  openHistory: '从发布历史中选择…',
  openHistoryNote: '列出所有仍已知的模板及其时间。',
}
