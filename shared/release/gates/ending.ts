import type { Gate } from './gate.ts'

/** Part of what makes a batch whole: `isFull` in `ready.ts` asks it. */
export const ending: Gate<{ readonly waitForEnding: boolean }> = {
  settings: {
    waitForEnding: {
      kind: 'flag',
      usual: false,
      option: {
        name: 'wait-for-ending',
        what: {
          en: 'A batch is done when its old pods have ended.',
          zh: '旧 Pod 全部结束后一批才算完成。',
        },
      },
      words: {
        en: {
          column: 'Wait for ending pods',
          of: (batch) => `Wait for ending pods of batch ${batch}`,
          short: (waits) => (waits ? 'waits for ending pods' : ''),
        },
        zh: {
          column: '等旧 Pod 退出',
          of: (batch) => `等第 ${batch} 批的旧 Pod 退出`,
          short: (waits) => (waits ? '等旧 Pod 退出' : ''),
        },
      },
    },
  },
}
