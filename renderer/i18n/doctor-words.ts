/** Words around the doctor's report; what it says itself is shared with the terminal. */
export const doctorPageEn = {
  open: 'Doctor',
  title: 'Doctor',
  why: 'How every kubeconfig, context and connection stands. Secrets are taken out.',
  copy: 'Copy as text',
  copied: 'Copied',
  again: 'Look again',
  test: 'Connect',
  testOf: (name: string) => `Connect ${name} and say what happens`,
  close: 'Close',
  loading: 'Looking…',
  toLookAt: (count: number): string =>
    count === 0
      ? 'Nothing that needs a look.'
      : count === 1
        ? '1 entry needs a look.'
        : `${String(count)} entries need a look.`,
  onlyThese: 'Show only these',
}

export const doctorPageZh: { readonly [K in keyof typeof doctorPageEn]: (typeof doctorPageEn)[K] } = {
  open: '诊断',
  title: '诊断',
  why: '每个 kubeconfig、上下文和连接的状况。不含任何密钥。',
  copy: '复制为文本',
  copied: '已复制',
  again: '重新检查',
  test: '连接',
  testOf: (name) => `连接 ${name} 并说明结果`,
  close: '关闭',
  loading: '正在检查…',
  toLookAt: (count) => (count === 0 ? '没有需要查看的条目。' : `${String(count)} 个条目需要查看。`),
  onlyThese: '只显示这些',
}
