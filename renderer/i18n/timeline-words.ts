import type { MarkKind } from '../../shared/view/lanes.ts'
import type { Bar } from '../../shared/view/timeline-layout.ts'

const barsEn: Readonly<Record<Bar['kind'], string>> = {
  updating: 'updating',
  baking: 'baking',
  waiting: 'waiting',
  failing: 'failing',
  returning: 'rolling back',
  expected: 'expected',
  'expected-bake': 'expected bake',
}
const marksEn: Readonly<Record<MarkKind, string>> = {
  start: 'started',
  approval: 'approved',
  pause: 'paused',
  resume: 'resumed',
  failure: 'held',
  'roll-back': 'roll back started',
  returned: 'back on the old version',
}

/** Words of the strip: timeline and curves. */
export const timelineEn = {
  strip: 'Timeline and curves',
  title: 'Timeline',
  empty: 'A release draws its batches here, one lane each.',
  unknown: 'How long a batch takes is not known yet.',
  plusMinutes: (minutes: number) => `+${String(minutes)} min`,
  bar: barsEn,
  mark: marksEn,
  all: 'All batches',
  ready: 'Ready endpoints',
  restarts: 'Restarts',
  share: 'New version',
  noShare: 'none',
}

export const timelineZh: { readonly [K in keyof typeof timelineEn]: (typeof timelineEn)[K] } = {
  strip: '时间线与曲线',
  title: '时间线',
  empty: '发布开始后，每一批在此画出一行。',
  unknown: '每批需要多久尚不可知。',
  plusMinutes: (minutes) => `+${String(minutes)} 分`,
  bar: {
    updating: '更新',
    baking: '观察',
    waiting: '等待',
    failing: '失败',
    returning: '回滚',
    expected: '预计',
    'expected-bake': '预计观察',
  },
  mark: {
    start: '开始',
    approval: '已批准',
    pause: '已暂停',
    resume: '已恢复',
    failure: '停住',
    'roll-back': '开始回滚',
    returned: '已回到旧版',
  },
  all: '全部批次',
  ready: '就绪端点',
  restarts: '重启',
  share: '新版本占比',
  noShare: '无',
}
