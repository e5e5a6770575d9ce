import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { CurveSample } from '../../shared/view/curve-series.ts'
import type { Pace } from '../../shared/view/pace.ts'
import type { MarkKind } from '../../shared/view/lanes.ts'
import type { SpanKind } from '../../shared/view/lanes.ts'
import type { Lane } from '../../shared/view/lanes.ts'
import { uid } from '../../shared/ids.ts'
import { now } from './batch-fixture.ts'

/** A span from so many seconds ago until so many seconds ago; without an end it goes on. */
type Span = readonly [kind: SpanKind, from: number, to?: number]
type Mark = readonly [kind: MarkKind, ago: number]

const ago = (seconds: number) => now - seconds * 1000

export function lane(number: number, spans: readonly Span[], marks: readonly Mark[] = []): Lane {
  return {
    batch: uid(`uid-batch-${String(number)}`),
    number,
    spans: spans.map(([kind, from, to]) => ({
      kind,
      from: ago(from),
      ...(to !== undefined && { to: ago(to) }),
    })),
    marks: marks.map(([kind, at]) => ({ kind, at: ago(at) })),
  }
}

/** The lanes that are given, and empty ones for the batches that have not begun. */
function lanes(count: number, begun: readonly Lane[]): readonly Lane[] {
  return Array.from({ length: count }, (_, index) => begun[index] ?? lane(index + 1, []))
}

export function curves(
  points: readonly (readonly [ago: number, ready: number, restarts: number, share: number])[],
): readonly CurveSample[] {
  return points.map(([seconds, ready, restarts, share]) => ({ at: ago(seconds), ready, restarts, share }))
}

export const pace: Pace = { roundSeconds: 72, from: 'batches', podSeconds: 31 }
export const paceOfPods: Pace = { roundSeconds: 41, from: 'pods', podSeconds: 36 }

/** A view whose release began so many seconds ago and has been through these lanes. */
export function withTimes(
  view: PipelineView,
  times: {
    readonly started: number
    readonly lanes: readonly Lane[]
    readonly curves: readonly CurveSample[]
    readonly since?: number
  },
): PipelineView {
  const { release } = view
  if (release === undefined) return view
  return {
    ...view,
    pace,
    curves: times.curves,
    release: {
      ...release,
      startedAt: ago(times.started),
      lanes: lanes(view.batches.length, times.lanes),
      ...(times.since !== undefined && { since: ago(times.since) }),
    },
  }
}

const canaryCurve = [
  [310, 49, 0, 0],
  [215, 49, 0, 0],
  [205, 50, 0, 0.02],
  [180, 49, 0, 0.02],
] as const

const baked = lane(
  1,
  [
    ['updating', 250, 178],
    ['baking', 178, 148],
    ['waiting', 148],
  ],
  [['start', 250]],
)
const approved = lane(
  1,
  [
    ['updating', 250, 178],
    ['baking', 178, 148],
    ['waiting', 148, 108],
  ],
  [
    ['start', 250],
    ['approval', 108],
  ],
)
const approvedEarlier = lane(
  1,
  [
    ['updating', 460, 388],
    ['baking', 388, 358],
    ['waiting', 358, 214],
  ],
  [
    ['start', 460],
    ['approval', 214],
  ],
)

const rollingCurve = [
  ...canaryCurve,
  [105, 49, 0, 0.02],
  [98, 45, 0, 0.022],
  [72, 46, 0, 0.06],
  [60, 45, 0, 0.11],
  [40, 46, 0, 0.13],
  [22, 45, 0, 0.18],
  [0, 45, 0, 0.222],
] as const

const failedCurve = [
  [500, 49, 0, 0],
  [400, 49, 0, 0],
  [390, 50, 0, 0.02],
  [380, 49, 0, 0.02],
  [212, 49, 0, 0.02],
  [200, 45, 0, 0.08],
  [170, 46, 0, 0.16],
  [130, 45, 0, 0.24],
  [90, 46, 0, 0.304],
  [0, 46, 0, 0.304],
] as const

/** What the releases of the pictures have been through. */
export const histories = {
  canary: {
    started: 250,
    lanes: [baked],
    curves: curves([...canaryCurve, [0, 49, 0, 0.02]]),
  },
  baking: {
    started: 80,
    lanes: [
      lane(
        1,
        [
          ['updating', 80, 8],
          ['baking', 8],
        ],
        [['start', 80]],
      ),
    ],
    curves: curves([
      [140, 49, 0, 0],
      [40, 49, 0, 0],
      [30, 50, 0, 0.02],
      [8, 49, 0, 0.02],
      [0, 49, 0, 0.02],
    ]),
  },
  rolling: { started: 250, lanes: [approved, lane(2, [['updating', 108]])], curves: curves(rollingCurve) },
  paused: {
    started: 250,
    since: 40,
    lanes: [approved, lane(2, [['updating', 108]], [['pause', 40]])],
    curves: curves(rollingCurve),
  },
  'failed-canary': {
    started: 200,
    since: 144,
    lanes: [
      lane(
        1,
        [
          ['updating', 200, 144],
          ['failing', 144],
        ],
        [
          ['start', 200],
          ['failure', 144],
        ],
      ),
    ],
    curves: curves([
      [260, 49, 0, 0],
      [144, 49, 0, 0],
      [110, 49, 1, 0],
      [70, 49, 2, 0],
      [20, 49, 4, 0],
      [0, 49, 4, 0],
    ]),
  },
  failed: {
    started: 460,
    since: 82,
    lanes: [
      approvedEarlier,
      lane(
        2,
        [
          ['updating', 214, 82],
          ['failing', 82],
        ],
        [['failure', 82]],
      ),
    ],
    curves: curves(failedCurve),
  },
  'rolling-back': {
    started: 460,
    since: 30,
    lanes: [
      { ...approvedEarlier, spans: [...approvedEarlier.spans, ...lane(1, [['returning', 30]]).spans] },
      lane(
        2,
        [
          ['updating', 214, 82],
          ['failing', 82, 30],
          ['returning', 30],
        ],
        [
          ['failure', 82],
          ['roll-back', 30],
        ],
      ),
    ],
    curves: curves([...failedCurve.slice(0, -1), [30, 46, 0, 0.304], [15, 45, 0, 0.22], [0, 44, 0, 0.14]]),
  },
  'rolled-back': {
    started: 460,
    lanes: [
      {
        ...approvedEarlier,
        spans: [...approvedEarlier.spans, ...lane(1, [['returning', 90, 60]]).spans],
        marks: [...approvedEarlier.marks, ...lane(1, [], [['returned', 60]]).marks],
      },
      lane(
        2,
        [
          ['updating', 214, 132],
          ['failing', 132, 90],
          ['returning', 90, 12],
        ],
        [
          ['failure', 132],
          ['roll-back', 90],
          ['returned', 12],
        ],
      ),
    ],
    curves: curves([...failedCurve.slice(0, 7), [90, 46, 0, 0.304], [50, 45, 0, 0.14], [12, 49, 0, 0]]),
  },
  done: {
    started: 802,
    lanes: [
      lane(
        1,
        [
          ['updating', 802, 730],
          ['baking', 730, 700],
          ['waiting', 700, 640],
        ],
        [
          ['start', 802],
          ['approval', 640],
        ],
      ),
      lane(
        2,
        [
          ['updating', 640, 490],
          ['baking', 490, 460],
          ['waiting', 460, 376],
        ],
        [['approval', 376]],
      ),
      lane(3, [
        ['updating', 376, 225],
        ['baking', 225, 195],
      ]),
      lane(4, [
        ['updating', 195, 42],
        ['baking', 42, 12],
      ]),
    ],
    curves: curves([
      [860, 49, 0, 0],
      [740, 49, 0, 0],
      [730, 50, 0, 0.02],
      [638, 49, 0, 0.02],
      [600, 45, 0, 0.12],
      [490, 49, 0, 0.347],
      [374, 49, 0, 0.347],
      [320, 45, 0, 0.5],
      [225, 49, 0, 0.673],
      [193, 49, 0, 0.673],
      [120, 45, 0, 0.82],
      [42, 49, 0, 1],
      [12, 49, 0, 1],
    ]),
  },
} as const satisfies Readonly<Record<string, Parameters<typeof withTimes>[1]>>

const starts = [2530, 2380, 2210, 2010, 1750, 1330, 450]
const lengths = [70, 80, 110, 160, 320, 780]

/** Six of twelve batches are done, the seventh rolls. */
export const twelveHistory = {
  started: 2530,
  lanes: starts.map((start, index) => {
    const length = lengths[index]
    const spans: readonly Span[] =
      length === undefined
        ? [['updating', start]]
        : [
            ['updating', start, start - length],
            ['baking', start - length, start - length - 30],
          ]
    return lane(index + 1, spans, index === 0 ? [['start', start]] : [])
  }),
  curves: curves([
    [2590, 1266, 0, 0],
    [2300, 1265, 0, 0.005],
    [1700, 1262, 1, 0.028],
    [1330, 1250, 1, 0.06],
    [560, 1266, 1, 0.107],
    [440, 1240, 1, 0.107],
    [220, 1218, 1, 0.18],
    [0, 1195, 2, 0.285],
  ]),
}
