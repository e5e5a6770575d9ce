import type { Gate } from './gate.ts'

/** Waited for between two batches, whatever becomes of the pods. */
export const approval: Gate<{ readonly approval: boolean }> = {
  settings: {
    approval: {
      kind: 'flag',
      usual: true,
      leadsOn: true,
      option: {
        name: 'no-approval',
        what: { en: 'Plan no approval gates.', zh: '计划中不设批准关卡。' },
      },
      words: {
        en: {
          column: 'Approval',
          of: (batch) => `Approval after batch ${batch}`,
          short: (asked) => (asked ? 'approval' : ''),
        },
        zh: {
          column: '需批准',
          of: (batch) => `第 ${batch} 批之后需批准`,
          short: (asked) => (asked ? '需批准' : ''),
        },
      },
    },
  },
}
