import type { Language } from '../arguments/language.ts'

/** What is said when a command ends before it is through. A key that one language lacks does not compile. */
const en = {
  timedOut: (seconds: number) => `Ended by --timeout after ${seconds} s.`,
  noCluster: 'No cluster had been chosen yet.',
  notAnswered: (cluster: string, server: string) => `${cluster} (${server}) has not answered.`,
  signsIn: (command: string, cluster: string) => `${command}, which signs in to ${cluster}, has not ended.`,
  notAgreed: (command: string) =>
    `${command} would have to sign in there, and nobody has agreed to running it.`,
  doesNotAnswer: (cluster: string, why: string) => `${cluster} does not answer as it should: ${why}`,
  notRead: (namespace: string) => `Namespace ${namespace} has not been read.`,
  readSoFar: (namespace: string) => `Namespace ${namespace} has been read.`,
  seen: (service: string, headline: string) => `Last seen of ${service}: ${headline}.`,
  stale: (why: string) => `That is not up to date: ${why}`,
  notPaused:
    'It was not seen that a pause was written down. Nothing further begins from here; the lock is free a minute after it was last renewed.',
  rollBackLeft: 'The roll back goes on in the cluster with what has been written; nothing further begins.',
  unanswered: (changes: string, seconds: number) =>
    `Sent and not answered for ${seconds} s: a change of ${changes}. It may still be carried out.`,
}

export type EndingWords = typeof en

const zh: EndingWords = {
  timedOut: (seconds) => `因 --timeout 在 ${seconds} 秒后结束。`,
  noCluster: '尚未选定集群。',
  notAnswered: (cluster, server) => `${cluster}（${server}）没有应答。`,
  signsIn: (command, cluster) => `用于登录 ${cluster} 的 ${command} 尚未结束。`,
  notAgreed: (command) => `需要由 ${command} 登录，但没有人同意运行它。`,
  doesNotAnswer: (cluster, why) => `${cluster} 应答异常：${why}`,
  notRead: (namespace) => `命名空间 ${namespace} 尚未读取。`,
  readSoFar: (namespace) => `命名空间 ${namespace} 已读取。`,
  seen: (service, headline) => `${service} 最后看到的状态：${headline}。`,
  stale: (why) => `该状态不是最新的：${why}`,
  notPaused: '未能确认暂停已被记录。此处不会再开始任何操作；锁在最后一次续期的一分钟后释放。',
  rollBackLeft: '已写入的回滚会在集群中继续，不会再开始新的操作。',
  unanswered: (changes, seconds) => `已发送、${seconds} 秒未得到应答：对 ${changes} 的修改，仍可能被执行。`,
}

export function endingWordsIn(language: Language): EndingWords {
  return language === 'zh' ? zh : en
}
