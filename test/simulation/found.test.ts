import { expect, test } from 'vitest'
import type { Draft, Move } from './move.ts'
import { simulate } from './simulate.ts'

/** Histories in which a rule was broken once, cut down to the moves that mattered. */
const draft: Draft = {
  change: 'image',
  tag: 3,
  approval: false,
  bakeSeconds: 0,
  tolerance: 0,
  onFailure: 'pause',
  batchLimitSeconds: 60,
  waitForEnding: false,
  restartsAllowed: 0,
}
const start = (at: number, more: Partial<Draft> = {}): Move => ({
  at,
  kind: 'start',
  who: 0,
  service: 'web',
  draft: { ...draft, ...more },
})
const press = (at: number, verb: Extract<Move, { kind: 'press' }>['verb'], times = 1): Move => ({
  at,
  kind: 'press',
  who: 0,
  service: 'web',
  verb,
  stale: 0,
  times,
})

const found: readonly (readonly [string, number, readonly Move[]])[] = [
  [
    'what a release has left paused is cleared by whoever takes it over, once its record was deleted',
    52265,
    [
      start(3_000, { change: 'bad-image', tag: 2, approval: true, bakeSeconds: 2 }),
      press(25_248, 'freeze'),
      { at: 95_726, kind: 'trouble', who: 0, matching: 'write', what: { kind: 'lost' }, requests: 40 },
      press(200_310, 'stop'),
      { at: 202_353, kind: 'lease', act: 'delete', service: 'web' },
    ],
  ],
  [
    'pods that somebody adds in a bake are waited for, and those that were there have baked',
    51763,
    [
      start(3_000, { change: 'restart', approval: true, bakeSeconds: 10, leftOut: 1 }),
      { at: 7_646, kind: 'strange', act: 'scale', batch: 0, number: 3 },
    ],
  ],
  [
    'a look before a way back that is answered with nonsense, once, is looked again',
    51637,
    [
      start(3_000, { tag: 2, approval: true, bakeSeconds: 2, batchLimitSeconds: 20, over: 'canary' }),
      {
        at: 210_370,
        kind: 'trouble',
        who: 0,
        matching: 'read',
        what: { kind: 'status', status: 409 },
        requests: 1,
      },
      { ...press(218_402, 'roll-back', 2), stale: 6 } as Move,
    ],
  ],
  [
    'a release that has ended but for a write in doubt leaves its lock when another one is begun',
    50402,
    [
      {
        at: 182_253,
        kind: 'trouble',
        who: 0,
        matching: 'write',
        what: { kind: 'silent', done: true },
        requests: 3,
      },
      start(185_912, {
        change: 'none',
        tag: 5,
        approval: true,
        bakeSeconds: 10,
        size: { batch: 2, by: 1 },
      }),
      {
        at: 244_602,
        kind: 'trouble',
        who: 0,
        matching: 'any',
        what: { kind: 'silent', done: false },
        requests: 2,
      },
      start(254_189, { approval: true, bakeSeconds: 10, tolerance: 1, batchLimitSeconds: 600 }),
    ],
  ],
  [
    'what a webhook has added to our own patch is seen before its answer, and is not taken for a stranger',
    4140,
    [start(3_000, { change: 'template' }), { at: 4_954, kind: 'webhook', act: 'mutate', writes: 6 }],
  ],
  [
    'a patch that a webhook has added to, and whose answer is lost, is known as our own',
    1,
    [
      start(3_000, { change: 'template' }),
      { at: 3_094, kind: 'webhook', act: 'mutate', writes: 6 },
      { at: 3_095, kind: 'trouble', who: 0, matching: 'write', what: { kind: 'unanswered' }, requests: 1 },
    ],
  ],
  [
    'beside the unfinished release of another Service nothing is offered that is refused',
    148,
    [
      { ...start(3_000, { change: 'template', approval: true }), service: 'web-headless' } as Move,
      { at: 8_000, kind: 'lease', act: 'corrupt', service: 'web-headless' },
      start(10_000, { approval: true }),
    ],
  ],
  [
    'a batch that the plan has taken back, or whose pods have got over it, is not called failing',
    2108,
    [start(3_000, { change: 'bad-image', tag: 5, onFailure: 'roll-back-batch', batchLimitSeconds: 20 })],
  ],
  [
    'a roll back of an ended release that is pressed in two windows begins once',
    131,
    [start(3_000, { change: 'template' }), press(110_000, 'roll-back', 2)],
  ],
  [
    'a batch that is kept still, its record deleted and its driver killed, is not left paused',
    3548,
    [
      start(3_000, { bakeSeconds: 10 }),
      press(5_231, 'freeze'),
      { at: 6_000, kind: 'lease', act: 'delete', service: 'web' },
      { at: 6_500, kind: 'kill', who: 0 },
    ],
  ],
  [
    'a write that hangs keeps neither the lock from being renewed nor the roll back from being done',
    4067,
    [
      start(3_000, { approval: true }),
      {
        at: 3_010,
        kind: 'trouble',
        who: 0,
        matching: 'write',
        what: { kind: 'silent', done: true },
        requests: 1,
      },
      press(20_000, 'roll-back'),
    ],
  ],
  [
    'whoever takes over from the copy of a deleted record goes on from its last entry, not from the first it has read',
    11_506,
    [
      start(3_000, { change: 'template' }),
      { at: 5_537, kind: 'open', who: 1 },
      press(10_087, 'roll-back'),
      { at: 12_598, kind: 'lease', act: 'delete', service: 'web' },
      { at: 17_618, kind: 'sleep', who: 0, ms: 70_000 },
    ],
  ],
  [
    'of an ended release whose record was spoiled nothing is offered that is refused',
    243,
    [
      start(3_000),
      { at: 100_000, kind: 'lease', act: 'corrupt', service: 'web' },
      press(110_000, 'roll-back'),
    ],
  ],
  [
    'a Service that is pointed elsewhere does not make its batches gone',
    15,
    [
      start(3_000, { approval: true }),
      { at: 9_000, kind: 'strange', act: 'selector', batch: 0, number: 0 },
      press(20_000, 'roll-back'),
    ],
  ],
  [
    'a release that somebody else holds is not gone on with before it is seen whether it is still so',
    30_324,
    [
      start(3_000, { change: 'slow-image', bakeSeconds: 2, leftOut: 0, size: { batch: 2, by: 1 } }),
      { at: 93_939, kind: 'strange', act: 'restart', batch: 2, number: 2 },
      { at: 403_465, kind: 'sleep', who: 0, ms: 50_000 },
      { ...press(409_365, 'approve'), service: 'web-headless' } as Move,
    ],
  ],
  [
    'what another installation finds paused by a release whose record was deleted is for a person to decide about',
    31_571,
    [
      start(3_000, { bakeSeconds: 10 }),
      press(6_755, 'freeze'),
      { at: 7_830, kind: 'lease', act: 'delete', service: 'web' },
      { ...start(9_122, { tag: 2 }), who: 2 } as Move,
      { ...press(11_737, 'stop'), who: 2 } as Move,
    ],
  ],
  [
    'a release that nothing could take the place of goes on where it was, though nobody can read its lock',
    31_352,
    [
      start(3_000, {
        change: 'slow-image',
        approval: true,
        onFailure: 'roll-back-batch',
        batchLimitSeconds: 20,
      }),
      {
        at: 12_138,
        kind: 'trouble',
        who: 0,
        matching: 'read',
        what: { kind: 'late', ms: 59_000 },
        requests: 40,
      },
      start(80_650, { change: 'none', over: 'canary' }),
      press(157_654, 'pause'),
    ],
  ],
  [
    'a pod whose image is pulled once more in the very moment in which a person goes on is forgiven all the same',
    32_475,
    [
      { at: 104_320, kind: 'strange', act: 'quota', batch: 1, number: 2 },
      { at: 142_384, kind: 'strange', act: 'kill-pods', batch: 2, number: 1 },
      { at: 153_479, kind: 'strange', act: 'service-recreate', batch: 1, number: 3 },
      {
        ...start(231_988, { change: 'bad-image', tag: 5, approval: true }),
        service: 'web-headless',
      } as Move,
    ],
  ],
  [
    'whoever sleeps while the record of a frozen release is deleted wakes to take it over, and nothing is left paused',
    33_148,
    [
      start(3_000, { approval: true }),
      press(4_325, 'freeze'),
      { at: 90_219, kind: 'lease', act: 'delete', service: 'web' },
      { at: 207_585, kind: 'sleep', who: 0, ms: 400_000 },
    ],
  ],
  [
    'a bake begins anew with whoever takes its release over, also from the copy of a deleted record',
    34_521,
    [
      start(3_000, { change: 'restart', approval: true, bakeSeconds: 10 }),
      { at: 6_470, kind: 'lease', act: 'delete', service: 'web' },
    ],
  ],
  [
    'a restart of an image that is tried again after it was taken back further brings that image with it',
    35_230,
    [
      start(3_000, { change: 'slow-image', tag: 4, approval: true, size: { batch: 0, by: 2 } }),
      { at: 5_978, kind: 'go-back', who: 0, service: 'side', mode: 'batch-by-batch' },
      start(8_268, { change: 'restart', approval: true, onFailure: 'roll-back-batch', over: 'canary' }),
    ],
  ],
  [
    'a roll back is obeyed while a start hangs that is to take the place of its release',
    35_807,
    [
      start(3_000, { change: 'bad-image', bakeSeconds: 10, tolerance: 1, size: { batch: 0, by: -1 } }),
      {
        at: 4_286,
        kind: 'trouble',
        who: 0,
        matching: 'write',
        what: { kind: 'silent', done: false },
        requests: 40,
      },
      start(4_494, { tag: 2, approval: true, over: 'rest' }),
      press(12_313, 'roll-back'),
    ],
  ],
  [
    'what another installation took back is foreign to a copy from before, once the record is deleted',
    46_486,
    [
      start(3_000, { change: 'image', tag: 4, approval: true }),
      { at: 3_785, kind: 'kill', who: 0 },
      { ...press(65_835, 'roll-back'), who: 2 } as Move,
      { at: 137_716, kind: 'lease', act: 'delete', service: 'web' },
    ],
  ],
  [
    'a write that was on its way when the record was deleted is one that was meant',
    53_300,
    [
      start(3_000, { change: 'slow-image', approval: true }),
      {
        at: 6_926,
        kind: 'trouble',
        who: 0,
        matching: 'write',
        what: { kind: 'late', ms: 59_000 },
        requests: 3,
      },
      press(14_816, 'roll-back'),
      { at: 17_890, kind: 'lease', act: 'delete', service: 'web' },
    ],
  ],
  [
    'a batch that had what is released from a release that was stopped is new also to the next one',
    53_208,
    [
      start(3_000, { tag: 4, approval: true, bakeSeconds: 2, size: { batch: 1, by: -1 } }),
      { at: 3_189, kind: 'kill', who: 0 },
      { at: 7_919, kind: 'open', who: 0 },
      press(9_564, 'stop'),
      start(216_138, { tag: 4, approval: true, bakeSeconds: 2, over: 'rest', leftOut: 1 }),
      press(222_918, 'stop'),
    ],
  ],
  [
    'a way back that is taken over is told to get nowhere once it is looked at, not by the word that takes it over',
    54_312,
    [
      start(3_000, { tag: 3, approval: true, over: 'rest', waitForEnding: true }),
      press(104_640, 'roll-back'),
      { at: 109_972, kind: 'lease', act: 'delete', service: 'web' },
      {
        at: 114_514,
        kind: 'start',
        who: 0,
        service: 'web-headless',
        draft: {
          ...draft,
          change: 'bad-image',
          tag: 4,
          bakeSeconds: 2,
          batchLimitSeconds: 600,
          over: 'rest',
        },
      },
    ],
  ],
  [
    "what a person goes on with after the plan's limit is not held at once for the controller's, of the same time",
    54_397,
    [
      start(3_000, {
        change: 'bad-image',
        tag: 2,
        approval: true,
        batchLimitSeconds: 600,
        restartsAllowed: 2,
      }),
      { at: 178_859, kind: 'open', who: 2 },
    ],
  ],
]

test.each(found)('%s', async (_, seed, moves) => {
  const { violations } = await simulate({ seed, moves })
  expect(violations).toEqual([])
})
