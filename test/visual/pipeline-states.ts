import type { PipelineView } from '../../shared/view/pipeline.ts'
import type { BatchView } from '../../shared/view/batch-view.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { batchView, done, newTag, now, oldTag, tags, waiting } from './batch-fixture.ts'
import { foreignWrite, goingBack, unreadable } from './odd-states.ts'
import { incident, incidentUnchanged } from './incident-state.ts'
import { pipelineView } from './pipeline-fixture.ts'
import { gate, lastGate, releaseView, remains, rollBack, verbs } from './release-fixture.ts'
import { curves, histories, lane, pace, paceOfPods, twelveHistory, withTimes } from './timeline-fixture.ts'
import { uid } from '../../shared/ids.ts'

const sizes = [1, 16, 16, 16]
const after = (batch: number): Sentence => ({ kind: 'batch-after', batch })
const held: Sentence = { kind: 'batch-held' }
const running = { resume: { kind: 'off-running' } } as const
const canaryVerbs = {
  next: 2,
  pods: 16,
  shares: [1 / 49, 17 / 49],
  changed: [1],
  unchanged: [2, 3, 4],
  returned: 1,
} as const
const secondVerbs = {
  next: 3,
  pods: 16,
  shares: [17 / 49, 33 / 49],
  changed: [1, 2],
  unchanged: [3, 4],
  returned: 17,
} as const

function idleBatches(): readonly BatchView[] {
  return sizes.map((desired, index) => idleBatch(index + 1, desired))
}

function idleBatch(number: number, desired: number): BatchView {
  return batchView({
    number,
    desired,
    pods: { old: desired },
    look: 'idle',
    sentence: { kind: 'batch-idle', ready: desired, desired },
  })
}

function idle(extra: Partial<PipelineView> = {}): PipelineView {
  return pipelineView({
    headline: { kind: 'idle', batches: 4, pods: 49 },
    batches: idleBatches(),
    extra: {
      pace: paceOfPods,
      curves: curves([
        [600, 49, 0, 0],
        [0, 49, 0, 0],
      ]),
      ...extra,
    },
  })
}

function canary(): PipelineView {
  const next = waiting(2, 16, { kind: 'batch-waits-approval' })
  return pipelineView({
    headline: { kind: 'release-approval', done: 1, next: 2 },
    batches: [done(1, 1), { ...next, look: 'approval' }, waiting(3, 16, after(2)), waiting(4, 16, after(3))],
    release: releaseView({
      state: 'running',
      current: 0,
      gates: [
        gate(1, { kind: 'approval', since: now - 118_000 }, 1),
        gate(2, { kind: 'next' }),
        gate(3, { kind: 'next' }),
      ],
      verbs: verbs({ ...canaryVerbs, off: running }),
      rollBack: rollBack([1], sizes),
    }),
  })
}

function baking(): PipelineView {
  const first: BatchView = {
    ...done(1, 1),
    look: 'baking',
    sentence: { kind: 'batch-baking', updated: 1, desired: 1 },
    startedAt: now - 80_000,
    readyAt: now - 8_000,
    bakeUntil: now + 22_000,
  }
  return pipelineView({
    headline: { kind: 'release-baking', batch: 1 },
    batches: [first, waiting(2, 16, after(1)), waiting(3, 16, after(2)), waiting(4, 16, after(3))],
    release: releaseView({
      state: 'running',
      current: 0,
      gates: [
        gate(1, { kind: 'bake', until: now + 22_000 }, 1),
        gate(2, { kind: 'next' }),
        gate(3, { kind: 'next' }),
      ],
      verbs: verbs({
        ...canaryVerbs,
        off: { ...running, approve: { kind: 'off-not-waiting', batch: 1, ready: 1, desired: 1 } },
      }),
      rollBack: rollBack([1], sizes),
    }),
  })
}

function rollingBatch(): BatchView {
  return batchView({
    number: 2,
    desired: 16,
    pods: { fresh: 9, starting: 4, old: 3, ending: 4 },
    look: 'rolling',
    sentence: { kind: 'batch-rolling', updated: 9, desired: 16, starting: 4, old: 3 },
    extra: { ...tags, startedAt: now - 108_000, size: { kind: 'fixed', why: { kind: 'size-updating' } } },
  })
}

function rolling(): PipelineView {
  const view = pipelineView({
    headline: { kind: 'release-rolling', batch: 2, updated: 9, desired: 16 },
    batches: [done(1, 1), rollingBatch(), waiting(3, 16, after(2)), waiting(4, 16, after(3))],
    release: releaseView({
      state: 'running',
      current: 1,
      gates: [
        gate(1, { kind: 'passed' }, 1),
        gate(2, { kind: 'ready', ready: 9, desired: 16 }),
        gate(3, { kind: 'next' }),
      ],
      verbs: verbs({
        ...secondVerbs,
        off: { ...running, approve: { kind: 'off-not-waiting', batch: 2, ready: 9, desired: 16 } },
      }),
      rollBack: rollBack([1, 2], sizes),
    }),
  })
  return withTimes(view, histories.rolling)
}

const pullTrouble = {
  reason: 'ImagePullBackOff',
  message: `Back-off pulling image "registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo:${newTag}": dial tcp 10.12.4.9:443: i/o timeout`,
  podUid: uid('uid-pod-2-13'),
  weight: 'final',
} as const

function failedCanary(): PipelineView {
  const first = batchView({
    number: 1,
    desired: 1,
    pods: { failing: 1, old: 1 },
    look: 'failing',
    sentence: { kind: 'batch-failing', updated: 0, desired: 1, failing: 1 },
    extra: {
      ...tags,
      startedAt: now - 200_000,
      trouble: { ...pullTrouble, pod: 'demo-aone-1-5c84d7f9b-q7mzt', container: 'demo-aone', pods: 1 },
      size: { kind: 'fixed', why: { kind: 'size-updating' } },
    },
  })
  return pipelineView({
    headline: { kind: 'release-failing', batch: 1, pods: 1, reason: 'ImagePullBackOff' },
    batches: [first, waiting(2, 16, held), waiting(3, 16, held), waiting(4, 16, held)].map(fixWaiting),
    release: releaseView({
      state: 'held',
      current: 0,
      gates: [gate(1, { kind: 'blocked' }, 1), gate(2, { kind: 'next' }), gate(3, { kind: 'next' })],
      verbs: verbs({ ...canaryVerbs, held: true, off: heldOff }),
      rollBack: rollBack([1], sizes),
    }),
  })
}

const heldOff = {
  approve: { kind: 'off-held' },
  pause: { kind: 'off-held' },
  'push-all': { kind: 'off-held' },
} as const

function fixWaiting(batch: BatchView): BatchView {
  return batch.look === 'waiting' ? { ...batch, size: { kind: 'fixed', why: { kind: 'size-held' } } } : batch
}

function failed(): PipelineView {
  const second = batchView({
    number: 2,
    desired: 16,
    pods: { fresh: 13, failing: 3 },
    look: 'failing',
    sentence: { kind: 'batch-failing', updated: 13, desired: 16, failing: 3 },
    extra: {
      ...tags,
      startedAt: now - 214_000,
      trouble: { ...pullTrouble, pod: 'demo-aone-2-7d9f6c8b5-x2kqp', container: 'demo-aone', pods: 3 },
      size: { kind: 'fixed', why: { kind: 'size-updating' } },
    },
  })
  return pipelineView({
    headline: { kind: 'release-failing', batch: 2, pods: 3, reason: 'ImagePullBackOff' },
    batches: [done(1, 1), second, waiting(3, 16, held), waiting(4, 16, held)].map(fixWaiting),
    release: releaseView({
      state: 'held',
      current: 1,
      gates: [gate(1, { kind: 'passed' }, 1), gate(2, { kind: 'blocked' }), gate(3, { kind: 'next' })],
      verbs: verbs({ ...secondVerbs, held: true, off: heldOff }),
      rollBack: rollBack([1, 2], sizes),
    }),
  })
}

function returning(number: number, desired: number, returned: number): BatchView {
  return batchView({
    number,
    desired,
    pods: {
      old: returned,
      starting: Math.min(4, desired - returned),
      fresh: Math.max(0, desired - returned - 4),
    },
    look: 'returning',
    sentence: { kind: 'batch-returning', returned, desired },
    extra: {
      from: newTag,
      to: oldTag,
      startedAt: now - 30_000,
      size: { kind: 'fixed', why: { kind: 'size-in-release' } },
    },
  })
}

function untouched(number: number): BatchView {
  const { from: _from, to: _to, ...batch } = fixWaiting(waiting(number, 16, { kind: 'batch-untouched' }))
  return batch
}

function rollingBack(): PipelineView {
  const off: Sentence = { kind: 'off-rolling-back' }
  return pipelineView({
    headline: { kind: 'release-rolling-back', batches: [1, 2] },
    batches: [returning(1, 1, 0), returning(2, 16, 7), untouched(3), untouched(4)],
    release: releaseView({
      state: 'rolling-back',
      gates: [gate(1, { kind: 'passed' }, 1), gate(2, { kind: 'blocked' }), gate(3, { kind: 'next' })],
      verbs: verbs({
        ...secondVerbs,
        off: { approve: off, pause: off, resume: off, freeze: off, 'push-all': off, 'roll-back': off },
      }),
    }),
  })
}

/** The earlier pods of a batch do not come up, and a person is asked. */
function backFailing(): PipelineView {
  const view = rollingBack()
  const off: Sentence = { kind: 'off-rolling-back' }
  const none = { scales: [], pauses: [], unpauses: [], returns: [], updates: [] }
  const does = { ...none, finishes: [], then: { kind: 'ended', outcome: 'rolled-back-in-part' } } as const
  const about = { batch: 2, back: true, does, pods: 16, tag: '' } as const
  const trouble = {
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image "registry.example/app-cloud/demo:2.3.9"',
    pod: 'demo-aone-batch2-7c9d4f6b8-x2v9k',
    container: 'demo-aone',
    pods: 9,
    weight: 'final',
  } as const
  const failing = { kind: 'batch-return-failing', returned: 7, desired: 16, failing: 9 } as const
  const batches = view.batches.map((batch) =>
    batch.number === 2 ? { ...batch, look: 'failing' as const, sentence: failing, trouble } : batch,
  )
  const waits = {
    kind: 'return-failing',
    batch: 2,
    pods: 9,
    reason: 'ImagePullBackOff',
    overdue: true,
  } as const
  return {
    ...view,
    headline: { kind: 'release-rolling-back', batches: [1, 2], waits },
    batches,
    ...(view.release !== undefined && {
      release: {
        ...view.release,
        verbs: [
          ...view.release.verbs.filter(({ verb }) => verb !== 'retry' && verb !== 'skip'),
          {
            verb: 'retry',
            enabled: true,
            sentence: { kind: 'verb-retry', ...about },
            batch: batches[1]?.uid ?? '',
          },
          {
            verb: 'skip',
            enabled: true,
            sentence: { kind: 'verb-skip', begun: true, ...about },
            batch: batches[1]?.uid ?? '',
          },
        ].map((one) => (one.verb === 'roll-back' ? { ...one, enabled: false, why: off } : one)) as never,
      },
    }),
  }
}

const ended: Sentence = { kind: 'off-ended' }
const endedOff = { approve: ended, pause: ended, resume: ended, 'push-all': ended, stop: ended } as const

function rolledBack(): PipelineView {
  const back = (number: number, desired: number) =>
    batchView({
      number,
      desired,
      pods: { old: desired },
      look: number < 3 ? 'returned' : 'idle',
      sentence: { kind: number < 3 ? 'batch-returned' : 'batch-untouched' },
    })
  return pipelineView({
    headline: {
      kind: 'release-rolled-back',
      back: [{ tag: oldTag, batches: [1, 2] }],
      remains: remains({ returned: [1, 2], old: [3, 4] }),
    },
    batches: [back(1, 1), back(2, 16), back(3, 16), back(4, 16)],
    release: releaseView({
      state: 'ended',
      outcome: 'rolled-back',
      endedAt: now - 12_000,
      gates: [],
      verbs: verbs({ ...secondVerbs, off: { ...endedOff, 'roll-back': { kind: 'off-nothing-changed' } } }),
    }),
    extra: { lock: { kind: 'free' }, newShare: 0 },
  })
}

function finished(): PipelineView {
  return pipelineView({
    headline: {
      kind: 'release-done',
      change: 'image',
      brought: [{ tag: newTag, batches: [1, 2, 3, 4] }],
      all: true,
      empty: [],
      earlier: [],
      remains: remains({ new: [1, 2, 3, 4] }),
    },
    batches: sizes.map((size, index) => ({ ...done(index + 1, size), size: { kind: 'free' } as const })),
    release: releaseView({
      state: 'ended',
      outcome: 'done',
      endedAt: now - 12_000,
      gates: [1, 2, 3].map((number) => gate(number, { kind: 'passed' }, sizes[number - 1] ?? 0)),
      verbs: verbs({ ...secondVerbs, changed: [1, 2, 3, 4], unchanged: [], returned: 49, off: endedOff }),
      rollBack: rollBack([1, 2, 3, 4], sizes),
    }),
    extra: { lock: { kind: 'free' } },
  })
}

function stale(): PipelineView {
  const view = rolling()
  const off: Sentence = { kind: 'off-stale' }
  const release = releaseView({
    state: 'running',
    current: 1,
    gates: view.release?.gates ?? [],
    verbs: verbs({ ...secondVerbs, off: { ...running, approve: off, 'push-all': off } }),
    rollBack: rollBack([1, 2], sizes),
  })
  return {
    ...withTimes({ ...view, release }, histories.rolling),
    freshness: {
      kind: 'stale',
      since: now - 20_000,
      why: { kind: 'words', words: 'connect ECONNREFUSED 10.0.0.12:6443' },
    },
  }
}

/** Only some of the watches were cut, and not at once. */
function staleByKind(): PipelineView {
  const ages = [
    { kind: 'Pod', since: now - 20_000 },
    { kind: 'EndpointSlice', since: now - 8_000 },
  ]
  return { ...stale(), ages }
}

function other(): PipelineView {
  const holder = 'zhao.min@jump-host'
  const view = rolling()
  const off: Sentence = { kind: 'off-other-holder', holder }
  const release = releaseView({
    state: 'running',
    current: 1,
    startedBy: holder,
    driving: false,
    gates: view.release?.gates ?? [],
    verbs: verbs({
      ...secondVerbs,
      off: {
        ...{ approve: off, pause: off, resume: off, 'push-all': off },
        ...{ freeze: off, retry: off, skip: off, stop: off, 'roll-back': off },
      },
    }),
    rollBack: rollBack([1, 2], sizes),
  })
  const size = { kind: 'fixed', why: { kind: 'size-in-release' } } as const
  const batches = view.batches.map((batch) => (batch.look === 'waiting' ? { ...batch, size } : batch))
  return { ...view, batches, release, lock: { kind: 'other', holder, expired: false, seconds: 60 } }
}

function twelve(): PipelineView {
  const many = [1, 5, 10, 20, 40, 60, 300, 100, 150, 200, 200, 180]
  const batches = many.map((desired, index) => {
    const number = index + 1
    if (number < 7) return done(number, desired)
    if (number > 7) return waiting(number, desired, after(number - 1))
    const pods = { fresh: 205, starting: 71, old: 24, ending: 38 }
    const sentence: Sentence = { kind: 'batch-rolling', updated: 205, desired, starting: 71, old: 24 }
    const extra = {
      ...tags,
      startedAt: now - 450_000,
      size: { kind: 'fixed', why: { kind: 'size-updating' } },
    } as const
    return batchView({ number, desired, pods, look: 'rolling', sentence, extra })
  })
  const stage = (number: number) =>
    number < 7
      ? { kind: 'passed' as const }
      : number === 7
        ? { kind: 'ready' as const, ready: 205, desired: 300 }
        : { kind: 'next' as const }
  const view = pipelineView({
    headline: { kind: 'release-rolling', batch: 7, updated: 205, desired: 300 },
    batches,
    extra: { restarts: 2 },
    release: releaseView({
      state: 'running',
      current: 6,
      startedAt: now - 2_530_000,
      gates: many.slice(0, -1).map((size, index) => gate(index + 1, stage(index + 1), size)),
      verbs: verbs({
        next: 8,
        pods: 100,
        shares: [436 / 1266, 536 / 1266],
        changed: [1, 2, 3, 4, 5, 6, 7],
        unchanged: [8, 9, 10, 11, 12],
        returned: 436,
        off: { ...running, approve: { kind: 'off-not-waiting', batch: 7, ready: 205, desired: 300 } },
      }),
      rollBack: rollBack([1, 2, 3, 4, 5, 6, 7], many),
    }),
  })
  return { ...withTimes(view, twelveHistory), pace: { ...pace, roundSeconds: 290 } }
}

/** One batch alone: nothing to wait for between batches. */
function one(): PipelineView {
  const pods = { fresh: 9, starting: 4, old: 3, ending: 4 }
  const only = batchView({
    number: 1,
    desired: 16,
    pods,
    look: 'rolling',
    sentence: { kind: 'batch-rolling', updated: 9, desired: 16, starting: 4, old: 3 },
    extra: {
      ...tags,
      canary: false,
      startedAt: now - 108_000,
      size: { kind: 'fixed', why: { kind: 'size-updating' } },
    },
  })
  const view = pipelineView({
    headline: { kind: 'release-rolling', batch: 1, updated: 9, desired: 16 },
    batches: [only],
    release: releaseView({
      state: 'running',
      current: 0,
      gates: [lastGate(1, { kind: 'ready', ready: 9, desired: 16 })],
      verbs: verbs({
        ...canaryVerbs,
        next: 0,
        unchanged: [],
        returned: 16,
        off: { ...running, approve: { kind: 'off-last-batch' }, 'push-all': { kind: 'off-last-batch' } },
      }),
      rollBack: rollBack([1], [16]),
    }),
  })
  return withTimes(view, {
    started: 108,
    lanes: [lane(1, [['updating', 108]], [['start', 108]])],
    curves: curves([
      [168, 16, 0, 0],
      [106, 16, 0, 0],
      [90, 12, 0, 0.1],
      [40, 13, 0, 0.5],
      [0, 12, 0, 0.75],
    ]),
  })
}

/** Batches of hundreds of pods, with names and tags as long as they come. */
function huge(): PipelineView {
  const large = [3, 300, 300, 400]
  const name = (number: number) => `customer-onboarding-service-production-aone-${String(number)}`
  const tag = { from: 'release-2019.01.01-191052-g1a2b3c4d', to: 'release-2019.02.15-093000-g5e6f7a8b' }
  const second = batchView({
    number: 2,
    desired: 300,
    pods: { fresh: 205, starting: 71, old: 24, ending: 38, failing: 0 },
    look: 'rolling',
    sentence: { kind: 'batch-rolling', updated: 205, desired: 300, starting: 71, old: 24 },
    extra: { startedAt: now - 108_000, size: { kind: 'fixed', why: { kind: 'size-updating' } } },
  })
  const batches = [done(1, 3), second, waiting(3, 300, after(2)), waiting(4, 400, after(3))]
  const view = rolling()
  const picture = pipelineView({
    headline: { kind: 'release-rolling', batch: 2, updated: 205, desired: 300 },
    batches: batches.map((batch) => ({
      ...batch,
      ...tag,
      name: name(batch.number),
      images: batch.images.map((image) => ({
        ...image,
        image: `registry.example/app-cloud/customer-onboarding:${batch.number < 3 ? tag.to : tag.from}`,
      })),
    })),
    release: releaseView({
      state: 'running',
      current: 1,
      tag: tag.to,
      gates: [
        gate(1, { kind: 'passed' }, 3),
        gate(2, { kind: 'ready', ready: 205, desired: 300 }, 300),
        gate(3, { kind: 'next' }, 300),
      ],
      verbs: view.release?.verbs ?? [],
      rollBack: rollBack([1, 2], large),
    }),
  })
  return withTimes(
    {
      ...picture,
      service: { ...picture.service, name: 'customer-onboarding-service-production-http' },
    },
    histories.rolling,
  )
}

/** Every picture of a Service that the main window can be asked to draw. */
export const pipelineStates = {
  plan: () => idle(),
  idle: () => idle(),
  canary: () => withTimes(canary(), histories.canary),
  baking: () => withTimes(baking(), histories.baking),
  rolling,
  'failed-canary': () => withTimes(failedCanary(), histories['failed-canary']),
  failed: () => withTimes(failed(), histories.failed),
  'roll-back': () => withTimes(failed(), histories.failed),
  'rolling-back': () => withTimes(rollingBack(), histories['rolling-back']),
  'back-failing': () => withTimes(backFailing(), histories['rolling-back']),
  'rolled-back': () => withTimes(rolledBack(), histories['rolled-back']),
  done: () => withTimes(finished(), histories.done),
  one,
  'one-plan': () => onePlan(),
  huge,
  stale,
  'stale-by-kind': staleByKind,
  other,
  twelve,
  'twelve-plan': () => twelvePlan(),
  training: () => withTimes(failedCanary(), histories['failed-canary']),
  'training-plan': () => idle(),
  paused: () => paused(),
  foreign: () => foreignWrite(withTimes(canary(), histories.canary)),
  incident,
  'incident-pods': incident,
  'incident-unchanged': incidentUnchanged,
  unreadable: () => unreadable(idle()),
  'going-back': () => goingBack(withTimes(rollingBack(), histories['rolling-back'])),
} as const satisfies Readonly<Record<string, () => PipelineView>>

function paused(): PipelineView {
  const view = rolling()
  const release = releaseView({
    state: 'paused',
    current: 1,
    gates: view.release?.gates ?? [],
    verbs: verbs({
      ...secondVerbs,
      off: {
        approve: { kind: 'off-paused' },
        pause: { kind: 'off-paused' },
        'push-all': { kind: 'off-paused' },
      },
    }),
    rollBack: rollBack([1, 2], sizes),
  })
  const headline: Sentence = { kind: 'release-paused', by: 'li.wei@laptop' }
  return withTimes({ ...view, release, headline }, histories.paused)
}

function onePlan(): PipelineView {
  const [, second] = idleBatches()
  const batches = second === undefined ? [] : [{ ...second, number: 1, name: 'notify' }]
  return {
    ...idle(),
    ...pipelineView({ headline: { kind: 'idle', batches: 1, pods: 16 }, batches }),
    pace: paceOfPods,
  }
}

function twelvePlan(): PipelineView {
  const many = [1, 5, 10, 20, 40, 60, 300, 100, 150, 200, 200, 180]
  const batches = many.map((desired, index) => idleBatch(index + 1, desired))
  return {
    ...idle(),
    ...pipelineView({ headline: { kind: 'idle', batches: 12, pods: 1266 }, batches }),
    pace: paceOfPods,
  }
}
