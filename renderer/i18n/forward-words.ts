import { forwardWords } from '../../shared/words/forward-words.ts'

/** Words of a pod whose port is open on this machine. */
export const forwardEn = {
  ...forwardWords.en,
  title: 'Open ports',
  try: (batch: number) => (batch === 1 ? 'Try the canary' : `Try batch ${String(batch)}`),
  tryWhat: (pod: string) => `Opens the port of ${pod} on this machine, and shows it in the browser`,
  open: (address: string) => `Show ${address} in the browser`,
  stop: (pod: string) => `Close the port of ${pod}`,
  where: (port: number, batch: number) => `Port ${String(port)}, batch ${String(batch)}`,
  copy: { copy: 'Copy', copied: 'Copied' },
}

export const forwardZh: { readonly [K in keyof typeof forwardEn]: (typeof forwardEn)[K] } = {
  ...forwardWords.zh,
  title: '已打开的端口',
  try: (batch) => (batch === 1 ? '试用金丝雀' : `试用第 ${String(batch)} 批`),
  tryWhat: (pod) => `把 ${pod} 的端口打开到本机，并在浏览器中显示`,
  open: (address) => `在浏览器中显示 ${address}`,
  stop: (pod) => `关闭 ${pod} 的端口`,
  where: (port, batch) => `端口 ${String(port)}，第 ${String(batch)} 批`,
  copy: { copy: '复制', copied: '已复制' },
}
