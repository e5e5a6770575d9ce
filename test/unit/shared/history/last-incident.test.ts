import { expect, test } from 'vitest'
import { goBackRows } from '../../../../shared/history/go-back-rows.ts'
import { lastIncident } from '../../../../shared/history/last-incident.ts'
import { uid } from '../../../../shared/ids.ts'
import type {
  BatchHistory,
  HistoryView,
  PastRelease,
  TimelineEntry,
} from '../../../../shared/history/history-view.ts'

const minute = 60_000
const start = 100 * minute

type Entry = Partial<TimelineEntry> & { readonly digest: string; readonly minute?: number }

/** A batch with these templates, one revision after the other; the minutes count from the same moment for all. */
function batch(number: number, entries: readonly Entry[], first = 1): BatchHistory {
  const timeline = entries.map(({ minute: at, ...entry }, index): TimelineEntry => ({
    revision: first + index,
    known: 'exactly',
    content: entry.digest,
    ...(at !== undefined && { at: start + at * minute }),
    ...entry,
  }))
  const digests = [...new Set(timeline.map(({ digest }) => digest))].reverse()
  const digest = timeline.at(-1)?.digest ?? ''
  return {
    batch: uid(`uid-${String(number)}`),
    name: `shop-${String(number)}`,
    number,
    digest,
    timeline,
    revisions: digests.map((one) => {
      const entry = timeline.findLast((other) => other.digest === one)
      return {
        digest: one,
        content: entry?.content ?? one,
        source: { kind: 'replica-set', name: one },
        revision: entry?.revision ?? 0,
        images: [],
        cause: '',
        since: entry?.at ?? 0,
        known: 'exactly',
        current: one === digest,
      }
    }),
  }
}

function view(batches: readonly BatchHistory[], releases: readonly Partial<PastRelease>[] = []): HistoryView {
  return { batches, releases: releases as readonly PastRelease[], missing: [] }
}

const old = { digest: 'old', minute: -1000 }
const at = (minutes: number): number => start + minutes * minute

function backTo(history: HistoryView): readonly (string | undefined)[] {
  const incident = lastIncident(history)
  if (incident === undefined) return []
  const wish = { kind: 'time', at: incident.at } as const
  return goBackRows(history, wish, { choices: {}, sizes: [] }).map(({ to, stays }) => to?.digest ?? stays)
}

test('changes by others that lie within minutes of each other are one incident, and the time lies before the first', () => {
  const history = view([
    batch(1, [old, { digest: 'bad', minute: 0 }]),
    batch(2, [old, { digest: 'bad', minute: 6 }]),
    batch(3, [old, { digest: 'bad', minute: 13 }]),
    batch(4, [old]),
  ])
  expect(lastIncident(history)).toEqual({
    at: at(0) - 1000,
    from: at(0),
    to: at(13),
    batches: [1, 2, 3],
    within: [],
  })
  expect(backTo(history)).toEqual(['old', 'old', 'old', 'same'])
})

test('a change of hours before is another story and is not taken back', () => {
  const history = view([
    batch(1, [old, { digest: 'good', minute: -60 }]),
    batch(2, [old, { digest: 'bad', minute: 0 }]),
  ])
  expect(lastIncident(history)).toMatchObject({ from: at(0), batches: [2] })
  expect(backTo(history)).toEqual(['same', 'old'])
})

test('a batch that was changed twice goes back to before the first of both', () => {
  const history = view([
    batch(1, [old, { digest: 'bad', minute: 0 }, { digest: 'worse', minute: 5 }]),
    batch(2, [old, { digest: 'bad', minute: 2 }]),
  ])
  expect(backTo(history)).toEqual(['old', 'old'])
})

test('of a batch whose past is pruned, or was used again at a time nobody knows, it is said that it is left out', () => {
  const history = view([
    batch(1, [old, { digest: 'bad', minute: 0 }]),
    batch(2, [{ digest: 'bad', minute: 1 }], 7),
    batch(3, [old, { digest: 'lost' }, { digest: 'bad', minute: 2 }]),
  ])
  expect(lastIncident(history)?.batches).toEqual([1, 2, 3])
  expect(backTo(history)).toEqual(['old', 'before', 'gap'])
})

test('a batch that was created in its midst is no change of it, and is left out', () => {
  const history = view([
    batch(1, [old, { digest: 'bad', minute: 0 }]),
    batch(2, [{ digest: 'bad', minute: 4 }]),
    batch(3, [old, { digest: 'bad', minute: 9 }]),
  ])
  expect(lastIncident(history)?.batches).toEqual([1, 3])
  expect(backTo(history)).toEqual(['old', 'before', 'old'])
})

test('a restart is no change to take back: the bad version before it is', () => {
  const history = view([
    batch(1, [old, { digest: 'bad', minute: 0 }, { digest: 'bad-restarted', content: 'bad', minute: 90 }]),
    batch(2, [old, { digest: 'old-restarted', content: 'old', minute: 91 }]),
  ])
  expect(lastIncident(history)).toMatchObject({ from: at(0), to: at(0), batches: [1] })
  expect(backTo(history)).toEqual(['old', 'same'])
})

test('the last changes are those of a release of ours: the time lies before its first batch, however long it took', () => {
  const history = view([
    batch(1, [old, { digest: 'new', minute: 0, release: 'r1' }]),
    batch(2, [old, { digest: 'new', minute: 200, release: 'r1' }]),
  ])
  expect(lastIncident(history)).toEqual({
    at: at(0) - 1000,
    from: at(0),
    to: at(200),
    batches: [1, 2],
    release: 'r1',
    within: [],
  })
})

test('an incident in the midst of a release of ours leaves what it had done before, and says what goes along', () => {
  const history = view([
    batch(1, [old, { digest: 'new', minute: -30, release: 'r1' }]),
    batch(2, [old, { digest: 'bad', minute: 0 }]),
    batch(3, [old, { digest: 'new', minute: 2, release: 'r1' }]),
    batch(4, [old, { digest: 'bad', minute: 5 }]),
  ])
  expect(lastIncident(history)).toMatchObject({ from: at(0), batches: [2, 4], within: ['r1'] })
  expect(backTo(history)).toEqual(['same', 'old', 'old', 'old'])
})

test('what was rolled back already is not offered again', () => {
  const gone = [old, { digest: 'bad', minute: 0, release: 'r1' }, { digest: 'old', minute: 9, release: 'r1' }]
  expect(lastIncident(view([batch(1, gone)], [{ id: 'r1', outcome: 'rolled-back' }]))).toBeUndefined()
  const byHand = [old, { digest: 'bad', minute: 0 }, { digest: 'old', minute: 300, release: 'r2' }]
  expect(lastIncident(view([batch(1, byHand)], [{ id: 'r2', outcome: 'rolled-back' }]))).toBeUndefined()
  expect(lastIncident(view([batch(1, [old])]))).toBeUndefined()
  expect(lastIncident(view([]))).toBeUndefined()
})
