import type { AppSentence } from '../../fault-sentences/app-sentence.ts'
import type { FaultTable } from './fault-words-table.ts'

export const appFaults: FaultTable<AppSentence> = {
  'no-service': {
    en: ({ service, namespace }) => `There is no Service ${service} in ${namespace}.`,
    zh: ({ service, namespace }) => `${namespace} 中没有 Service ${service}。`,
  },
  'no-deployments': {
    en: ({ service }) => `No Deployment stands behind ${service}.`,
    zh: ({ service }) => `${service} 没有选中任何 Deployment。`,
  },
  'context-unlisted': {
    en: 'This context is no longer in any kubeconfig.',
    zh: '此上下文已不在任何 kubeconfig 中。',
  },
  'no-training': { en: 'There is no training cluster here.', zh: '这里没有演练集群。' },
  'not-read-yet': { en: 'It has not been read yet.', zh: '尚未读取。' },
  'namespace-unread': {
    en: ({ namespace }) => `Namespace ${namespace} has not been read yet. Nothing was done; try again.`,
    zh: ({ namespace }) => `命名空间 ${namespace} 尚未读取。未执行任何操作，请重试。`,
  },
  'too-many-pages': {
    en: ({ most, path }) => `There are more than ${most} objects at ${path}.`,
    zh: ({ most, path }) => `${path} 处的对象超过 ${most} 个。`,
  },
  'cluster-late': {
    en: ({ seconds }) => `The cluster did not answer within ${seconds} s.`,
    zh: ({ seconds }) => `集群在 ${seconds} 秒内没有响应。`,
  },
  'plugin-over': {
    en: 'The program that asked has ended. The line went nowhere.',
    zh: '提问的程序已结束，输入的内容没有送达。',
  },
  'consent-first': {
    en: 'This context runs a program to sign in. Agree to it first.',
    zh: '此上下文要运行程序来登录，请先同意。',
  },
  'given-up': { en: 'It was given up.', zh: '已放弃。' },
  'production-locked': {
    en: ({ cluster }) => `${cluster} is a production cluster. Nothing was changed.`,
    zh: ({ cluster }) => `${cluster} 是生产集群。未做任何更改。`,
  },
  'name-production': {
    en: ({ cluster }) =>
      `${cluster} is a production cluster and read-only. Name it to change something there: --production ${cluster}`,
    zh: ({ cluster }) => `${cluster} 是生产集群，处于只读状态。要修改它请写明名称：--production ${cluster}`,
  },
  'wrong-name': {
    en: ({ cluster }) => `The name that was typed is not ${cluster}.`,
    zh: ({ cluster }) => `输入的名称不是 ${cluster}。`,
  },
  'too-many-plans': {
    en: ({ most }) => `There are ${most} plans already. Remove one first.`,
    zh: ({ most }) => `已有 ${most} 个计划，请先删除一个。`,
  },
  threw: {
    en: 'Something went wrong inside Tranche. The log has the details.',
    zh: 'Tranche 内部出错，详情见日志。',
  },
  'no-such-command': { en: 'There is no such command.', zh: '没有此命令。' },
  'answer-lost': {
    en: 'The connection to the application was lost; whether it was done is not known.',
    zh: '与应用的连接已断开，不知道是否已执行。',
  },
  'app-unreachable': { en: 'The application is not reachable just now.', zh: '目前无法访问应用。' },
  'own-file-unread': {
    en: ({ path, code }) => `${path}: ${code}`,
    zh: ({ path, code }) => `${path}：${code}`,
  },
  'own-file-broken': { en: ({ path }) => `${path} is not readable.`, zh: ({ path }) => `${path} 无法读取。` },
  'own-file-unwritten': {
    en: ({ path, words }) => `${path} could not be written: ${words}`,
    zh: ({ path, words }) => `无法写入 ${path}：${words}`,
  },
  'own-file-not-removed': {
    en: ({ path, words }) => `${path} could not be removed: ${words}`,
    zh: ({ path, words }) => `无法删除 ${path}：${words}`,
  },
  'too-many-ports': {
    en: ({ most }) => `${most} ports are open already. Close one of them first.`,
    zh: ({ most }) => `已打开 ${most} 个端口，请先关闭其中一个。`,
  },
  'port-closed': { en: 'This port is not open any more.', zh: '此端口已不再打开。' },
  'no-pod': {
    en: ({ pod, service }) => `There is no pod ${pod} behind the Service ${service}.`,
    zh: ({ pod, service }) => `Service ${service} 没有选中 Pod ${pod}。`,
  },
  'no-port-named': {
    en: ({ service }) => `The Service ${service} names no port: say which one of the pod.`,
    zh: ({ service }) => `Service ${service} 没有指定端口：请写明 Pod 的端口。`,
  },
  'no-port': {
    en: ({ port }) => `--port ${port}: a port is a number from 0 to 65535.`,
    zh: ({ port }) => `--port ${port}：端口应为 0 到 65535 的数字。`,
  },
  'folder-missing': { en: '--data-folder: a folder is missing.', zh: '--data-folder：缺少文件夹。' },
}
