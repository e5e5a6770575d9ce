import type { InEveryLanguage } from '../language.ts'
import type { ForwardEnd } from '../model/forwarding.ts'

type ForwardWords = {
  readonly ended: Readonly<Record<ForwardEnd, string>>
  readonly tooMany: string
  /** With the kubelet's own words behind it. */
  readonly port: (text: string) => string
}

/** What becomes of a forwarded port, on the page and in the terminal. */
export const forwardWords: InEveryLanguage<ForwardWords> = {
  en: {
    ended: {
      stopped: 'The port was closed.',
      'pod-gone': 'The pod is gone; the port was closed with it.',
      disconnected: 'The connection to the cluster was closed, and the port with it.',
    },
    tooMany: 'More connections came at once than are forwarded (16). They were refused.',
    port: (text) => `The pod does not answer on this port: ${text}`,
  },
  zh: {
    ended: {
      stopped: '端口已关闭。',
      'pod-gone': 'Pod 已不存在，端口随之关闭。',
      disconnected: '与集群的连接已断开，端口随之关闭。',
    },
    tooMany: '同时到来的连接超过上限（16 个），超出的已被拒绝。',
    port: (text) => `Pod 在该端口没有响应：${text}`,
  },
}
