import type { Language } from '../arguments/language.ts'

/** What the terminal says about clusters themselves. A key that one language lacks does not compile. */
const en = {
  typeTheName: (name: string) =>
    `${name} is a production cluster and read-only. Type its name to switch changes on for 15 minutes: `,
  replaced: (name: string) =>
    `${name} is another cluster than the last time: it was created anew, or the context leads elsewhere now.`,
  answerPlugin: '> ',
  answerNowhere: 'The program that asked has ended. The line went nowhere.',
}

export type ClusterWords = typeof en

const zh: ClusterWords = {
  typeTheName: (name) => `${name} 是生产集群，处于只读状态。输入它的名称以开启 15 分钟的变更权限：`,
  replaced: (name) => `${name} 不是上次的那个集群：它被重新创建，或上下文已指向别处。`,
  answerPlugin: '> ',
  answerNowhere: '提问的程序已结束，输入的内容未发送。',
}

export function clusterWordsIn(language: Language): ClusterWords {
  return language === 'zh' ? zh : en
}
