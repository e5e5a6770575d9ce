import type { ParsedTime } from '../../shared/history/time-text.ts'
import type { PastRelease } from '../../shared/history/history-view.ts'
import type { GoBackRow } from '../../shared/history/go-back-rows.ts'

/** Why a text is no time. */
type WrongTime = Exclude<ParsedTime, { readonly kind: 'time' }>

const pods = (count: number) => (count === 1 ? '1 pod' : `${String(count)} pods`)

const changeEn: Readonly<Record<PastRelease['change'], string>> = {
  image: 'Image',
  restart: 'Restart',
  template: 'Another template',
  restore: 'Back to what ran before',
  none: 'Other sizes',
}
const staysEn: Readonly<Record<Exclude<GoBackRow['stays'], 'not-asked' | undefined>, string>> = {
  same: 'Runs that already.',
  before: 'What it ran then is not known: what is known begins later. Left out.',
  gap: 'What it ran then is not known: it was changed around that time. Left out.',
  forgotten: 'What it ran then is kept by nobody any more. Left out.',
}

/** Words of the history and of going back. */
export const historyEn = {
  releases: 'Releases',
  noReleases: 'No release of this Service is known.',
  change: changeEn,
  underWay: 'Not ended',
  by: (person: string) => `by ${person}`,
  ofBatches: (batches: string, count: number) =>
    batches === '' ? 'no batch' : `${count === 1 ? 'batch' : 'batches'} ${batches}`,
  beforeRelease: 'Back to before it…',
  afterRelease: 'Back to how it ended…',
  asAt: 'Everything as at a time',
  time: 'Time',
  showAsAt: 'Show what ran then…',
  incident: (
    batches: string,
    count: number,
    { between, release }: { readonly between: readonly string[]; readonly release?: string },
  ) => {
    const on = `${count === 1 ? 'batch' : 'batches'} ${batches}`
    const when = between.length === 1 ? `at ${between[0] ?? ''}` : `from ${between.join(' to ')}`
    return release === undefined
      ? `Before the last changes outside a release: ${on}, ${when}.`
      : `Before the last release, ${release}: it changed ${on} ${when}.`
  },
  within: (releases: readonly string[]) =>
    `Since that time, ${releases.join(', ')} has changed batches too. That is taken back as well.`,
  noTime: (wrong: WrongTime): string => {
    switch (wrong.kind) {
      case 'none':
        return 'Give a time like 14:05, or a day and a time like 2026-11-24 14:05.'
      case 'no-such-day':
        return `There is no ${wrong.day}.`
      case 'skipped':
        return `There was no ${wrong.text}: the clocks were set forward over it.`
      case 'twice':
        return `The clocks were set back, and that time came twice. Give ${wrong.texts.join(' or ')}.`
    }
  },
  batch: (number: number) => `Batch ${String(number)}`,
  revisions: (count: number) => (count === 1 ? '1 revision' : `${String(count)} revisions`),
  noRevisions: 'Nothing is known of its past.',
  revision: (number: number) => (number === 0 ? 'revision not known' : `revision ${String(number)}`),
  since: (time: string) => `since ${time}`,
  ranAt: (time: string) => `ran at ${time} already`,
  runsNow: 'runs now',
  fromReplicaSet: (name: string) => `ReplicaSet ${name}`,
  fromRelease: 'only in the record of a release',
  goBack: 'Go back…',
  goBackOf: (batch: number, version: string, revision: string) =>
    `Go back… batch ${String(batch)} to ${version}, ${revision}`,
  readAgain: 'Read again',
  title: (service: string, cluster: string) => `Go back: ${service} on ${cluster}`,
  asAtTime: (time: string) => `as at ${time}`,
  beforeStart: (what: string, time: string) => `as before the release of ${time} (${what})`,
  afterEnd: (what: string, time: string) => `as the release of ${time} (${what}) had left it`,
  where: 'From',
  nothing: 'no batch',
  keepServing: (count: number, total: number) => `${String(count)} of ${String(total)} are replaced`,
  columns: { batch: 'Batch', pods: 'Pods', now: 'Runs now', to: 'Goes back to' },
  chooseFor: (batch: number) => `What batch ${String(batch)} goes back to`,
  stay: 'Stays as it is',
  stays: staysEn,
  sameForAll: (version: string) => `${version} on all batches`,
  differences: 'What differs in the templates',
  supersedes:
    'A release is running. It ends here: this takes its place, and batches that are not listed keep what they have.',
  stale: 'The data is not live: a batch may have been changed since. Then nothing is sent to it.',
  goOnWithoutLock: 'Go on without the lock',
  send: (count: number) => (count === 0 ? 'Nothing to roll back' : `Roll back ${pods(count)}`),
  nothingChosen: 'Every batch stays as it is. Choose what one of them goes back to.',
  ends: 'It becomes a release of its own in the history.',
}

const changeZh: typeof changeEn = {
  image: '镜像',
  restart: '重启',
  template: '更换模板',
  restore: '回到之前的版本',
  none: '调整大小',
}
const staysZh: typeof staysEn = {
  same: '已在运行该版本。',
  before: '不知道它当时运行什么：已知的记录始于更晚。已略过。',
  gap: '不知道它当时运行什么：它在那前后被修改过。已略过。',
  forgotten: '它当时运行的模板已无处可寻。已略过。',
}

export const historyZh: { readonly [K in keyof typeof historyEn]: (typeof historyEn)[K] } = {
  releases: '发布记录',
  noReleases: '尚无该 Service 的发布记录。',
  change: changeZh,
  underWay: '未结束',
  by: (person) => `由 ${person}`,
  ofBatches: (batches) => (batches === '' ? '无批次' : `第 ${batches} 批`),
  beforeRelease: '回到它之前…',
  afterRelease: '回到它结束时…',
  asAt: '全部回到某一时刻',
  time: '时间',
  showAsAt: '查看当时运行的版本…',
  incident: (batches, _count, { between, release }) => {
    const when = between.join(' 至 ')
    return release === undefined
      ? `早于发布之外的最近改动：第 ${batches} 批，${when}。`
      : `早于最近一次发布 ${release}：它于 ${when} 改动了第 ${batches} 批。`
  },
  within: (releases) => `此后 ${releases.join('、')} 也改动过批次，这些改动会一并回滚。`,
  noTime: (wrong) => {
    switch (wrong.kind) {
      case 'none':
        return '请填写时间，如 14:05，或日期和时间，如 2026-11-24 14:05。'
      case 'no-such-day':
        return `没有 ${wrong.day} 这一天。`
      case 'skipped':
        return `没有 ${wrong.text} 这一时刻：时钟当时被调快，跳过了它。`
      case 'twice':
        return `时钟当时被调慢，这一时刻出现过两次。请填写 ${wrong.texts.join(' 或 ')}。`
    }
  },
  batch: (number) => `第 ${String(number)} 批`,
  revisions: (count) => `${String(count)} 个修订`,
  noRevisions: '没有已知的历史。',
  revision: (number) => (number === 0 ? '修订号未知' : `修订 ${String(number)}`),
  since: (time) => `始于 ${time}`,
  ranAt: (time) => `${time} 时已在运行`,
  runsNow: '运行中',
  fromReplicaSet: (name) => `ReplicaSet ${name}`,
  fromRelease: '仅存于发布记录',
  goBack: '回退…',
  goBackOf: (batch, version, revision) => `回退… 第 ${String(batch)} 批到 ${version}，${revision}`,
  readAgain: '重新读取',
  title: (service, cluster) => `回退：${cluster} 上的 ${service}`,
  asAtTime: (time) => `${time} 时的状态`,
  beforeStart: (what, time) => `${time} 发布（${what}）之前的状态`,
  afterEnd: (what, time) => `${time} 发布（${what}）结束时的状态`,
  where: '依据',
  nothing: '无批次',
  keepServing: (count, total) => `${String(total)} 个中将替换 ${String(count)} 个`,
  columns: { batch: '批次', pods: 'Pod', now: '当前运行', to: '回到' },
  chooseFor: (batch) => `第 ${String(batch)} 批回到`,
  stay: '保持不变',
  stays: staysZh,
  sameForAll: (version) => `所有批次都用 ${version}`,
  differences: '模板的差异',
  supersedes: '有发布正在进行。它将到此结束，由本次回退取代；未列出的批次保持现状。',
  stale: '数据不是实时的：某个批次可能已被修改。若如此，则不会向它发送任何内容。',
  goOnWithoutLock: '不加锁继续',
  send: (count) => (count === 0 ? '没有可回滚的批次' : `回滚 ${String(count)} 个 Pod`),
  nothingChosen: '所有批次都保持不变。请选择至少一批要回到的版本。',
  ends: '它会作为一次单独的发布记入历史。',
}
