import type { SteerVerb } from '../arguments/steer-verb.ts'
import type { OptionName } from '../arguments/option-table.ts'
import type { Command } from './command.ts'
import { steer } from './steer.ts'

const onward: readonly OptionName[] = ['until', 'production']
const ofOneBatch: readonly OptionName[] = ['batch', ...onward]

type Steering = Pick<Command, 'options' | 'what'>

const verbs: Readonly<Record<SteerVerb, Steering>> = {
  approve: {
    options: onward,
    what: {
      en: 'Approves the batch that waits, and runs the release on.',
      zh: '批准等待中的批次，并继续执行发布。',
    },
  },
  'push-all': {
    options: onward,
    what: {
      en: 'Approves all remaining batches, and runs the release on.',
      zh: '批准其余全部批次，并继续执行发布。',
    },
  },
  pause: {
    options: [],
    what: {
      en: 'Starts no further batch; the one in progress finishes by itself.',
      zh: '不再开始新的批次；进行中的批次自行完成。',
    },
  },
  resume: {
    options: onward,
    what: {
      en: 'Goes on with a release that is paused, held or was left behind.',
      zh: '继续一次已暂停、已停住或被留下的发布。',
    },
  },
  freeze: {
    options: [],
    what: {
      en: 'Pauses the batch in progress now: no more of its pods are replaced.',
      zh: '立即暂停进行中的批次：不再替换它的 Pod。',
    },
  },
  retry: {
    options: ofOneBatch,
    what: {
      en: 'Retries the batch that the release is on hold for.',
      zh: '重试让发布停住的批次。',
    },
  },
  skip: {
    options: ofOneBatch,
    what: {
      en: 'Skips a batch: it stays as it is. The next one then waits for your approval.',
      zh: '跳过一个批次：保持现状，下一批随后等待审批。',
    },
  },
  adopt: {
    options: ofOneBatch,
    what: {
      en: 'Keeps an external change to a batch; one that has begun takes no further part.',
      zh: '保留某批的外部改动；已开始的批次不再参与发布。',
    },
  },
  restore: {
    options: ofOneBatch,
    what: {
      en: 'Overwrites or reverts an external change to a batch, or unpauses its Deployment; says which before it asks.',
      zh: '覆盖或撤销某批的外部改动，或取消其 Deployment 的暂停；询问前会说明是哪一种。',
    },
  },
  stop: {
    options: [],
    what: {
      en: 'Ends the release where it is.',
      zh: '让发布就此结束。',
    },
  },
}

/** Each verb that steers a release which is there is a command of its own: one without a row does not compile. */
export const steerCommands: readonly Command[] = (
  Object.entries(verbs) as readonly (readonly [SteerVerb, Steering])[]
).map(([name, steering]) => ({
  name,
  takes: ['[SERVICE]'],
  ...steering,
  run: (context) => steer(context, name),
}))
