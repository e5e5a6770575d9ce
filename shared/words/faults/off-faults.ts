import type { InEveryLanguage } from '../../language.ts'
import type { Hold } from '../../release/hold.ts'
import type { OffSentence } from '../../release/off-sentence.ts'
import { capital } from '../verb-words-en.ts'
import type { FaultTable } from './fault-words-table.ts'

/** Why a release is held, as the end of a sentence. */
export const holdWords: InEveryLanguage<Readonly<Record<Hold['kind'], string>>> = {
  en: {
    pods: 'pods are failing',
    gate: 'it failed at a gate',
    restarts: 'new pods restarted',
    deadline: 'no progress within its time limit',
    regressed: 'it lost pods after it was done',
    foreign: 'somebody else changed it',
    gone: 'its Deployment is gone',
    'batch-paused': 'its Deployment is paused',
    refused: 'the cluster refused the change',
    'given-up': 'the cluster did not take the change within its time limit',
    'service-gone': 'the Service is gone',
    unselected: 'it is not behind the Service any more',
  },
  zh: {
    gate: '未通过卡点',
    pods: 'Pod 失败',
    restarts: '新 Pod 重启',
    deadline: '在时限内没有进展',
    regressed: '完成后又丢失了 Pod',
    foreign: '被他人改动',
    gone: 'Deployment 已不存在',
    'batch-paused': 'Deployment 处于暂停',
    refused: '集群拒绝了更改',
    'given-up': '集群在时限内没有接受更改',
    'service-gone': 'Service 已不存在',
    unselected: '已不在 Service 后面',
  },
}

/** Why a verb is off, and why nothing can be begun. */
export const offFaults: FaultTable<OffSentence> = {
  'off-ended': { en: 'The release has ended.', zh: '发布已结束。' },
  'off-link-lost': {
    en: 'The window has lost the application behind it. Wait until it is reached again.',
    zh: '窗口与后台应用失去联系，请等重新连上。',
  },
  'off-stale': {
    en: 'What we see is not up to date. Wait until the cluster is live again.',
    zh: '看到的不是最新状态，请等集群恢复实时。',
  },
  'off-not-waiting': {
    en: (s) =>
      `Available when batch ${s.batch} is ready and its bake time is over (${s.ready} of ${s.desired} ready)`,
    zh: (s) => `第 ${s.batch} 批就绪且观察期满后可用（就绪 ${s.ready}/${s.desired}）`,
  },
  'off-paused': { en: 'The release is paused. Resume it first.', zh: '发布已暂停，请先继续。' },
  'off-held': {
    en: 'The release is on hold. Resume, stop or roll back.',
    zh: '发布已自动暂停，请继续、停止或回滚。',
  },
  'off-still-so': {
    en: (s) => {
      const what = capital(holdWords.en[s.hold])
      return `${s.hold === 'service-gone' ? what : `Batch ${s.batch}: ${holdWords.en[s.hold]}`}. Possible once that has changed.`
    },
    zh: (s) =>
      `${s.hold === 'service-gone' ? '' : `第 ${s.batch} 批：`}${holdWords.zh[s.hold]}。情况改变后才能继续。`,
  },
  'off-running': { en: 'The release is running.', zh: '发布正在进行。' },
  'off-rolling-back': { en: 'A rollback is in progress.', zh: '正在回滚。' },
  'off-last-batch': { en: 'Nothing is left to approve.', zh: '没有待审批的批次。' },
  'off-nothing-changed': { en: 'No batch has been changed yet.', zh: '还没有批次被更改。' },
  'off-nothing-left': {
    en: 'No batch runs what this release has changed any more.',
    zh: '已没有批次运行本次发布的内容。',
  },
  'off-sizes-changed': {
    en: 'Only sizes were changed, no version. Stop, then set the sizes that you want.',
    zh: '只改了大小，没有改版本。请停止，再设定想要的大小。',
  },
  'off-elsewhere': {
    en: (s) => `A release of ${s.service} by ${s.by} has not ended and holds the same Deployments.`,
    zh: (s) => `${s.by} 对 ${s.service} 的发布尚未结束，占用着相同的 Deployment。`,
  },
  'off-other-holder': {
    en: (s) => `${s.holder} drives this release.`,
    zh: (s) => `此发布由 ${s.holder} 驱动。`,
  },
  'off-holder-alive': {
    en: (s) => `${s.holder} holds the lock. Possible once nothing has been heard for ${s.seconds} s.`,
    zh: (s) => `锁由 ${s.holder} 持有；${s.seconds} 秒没有续期后才能接管。`,
  },
  'off-nobody-drives': {
    en: 'Nobody drives this release. Take over first.',
    zh: '此发布目前无人驱动，请先接管。',
  },
  'off-resizing': { en: 'The sizes are being changed first.', zh: '正在先调整批次大小。' },
  'off-frozen': { en: 'The batch is paused already.', zh: '该批已在中途暂停。' },
  'off-nothing-in-progress': { en: 'No batch is in progress.', zh: '没有进行中的批次。' },
  'off-no-such-batch': { en: 'There is no such batch in this release.', zh: '此发布中没有这个批次。' },
  'off-not-held': {
    en: (s) => `The release is not on hold because of batch ${s.batch}.`,
    zh: (s) => `发布并非因第 ${s.batch} 批而暂停。`,
  },
  'off-skipped': {
    en: (s) => `Batch ${s.batch} is skipped already.`,
    zh: (s) => `第 ${s.batch} 批已经跳过。`,
  },
  'off-done': { en: (s) => `Batch ${s.batch} is done.`, zh: (s) => `第 ${s.batch} 批已完成。` },
  'off-in-progress': {
    en: (s) => `Batch ${s.batch} is in progress. Pause or roll back.`,
    zh: (s) => `第 ${s.batch} 批正在进行，请暂停或回滚。`,
  },
  'off-not-foreign': {
    en: (s) => `Batch ${s.batch} has no external change.`,
    zh: (s) => `第 ${s.batch} 批没有外部改动。`,
  },
  'off-restore': {
    en: 'This was a rollback. Choose another version from the history.',
    zh: '这本身是一次回滚，请从发布历史中选择其他版本。',
  },
  'journal-unreadable': {
    en: 'The last release record can’t be read, so its progress is unknown. Check what is running, then delete the record to start new releases.',
    zh: '上次的发布记录无法读取，进度未知。请先确认当前运行的版本，再删除该记录，然后才能开始新的发布。',
  },
  'journal-newer': {
    en: 'Written by a newer version of Tranche. Use that version; deleting the record loses its release.',
    zh: '该记录由更新版本的 Tranche 写入，请使用该版本；删除记录后无法再继续或回滚那次发布。',
  },
}

export function isOff(sentence: { readonly kind: string }): sentence is OffSentence {
  return Object.hasOwn(offFaults, sentence.kind)
}
