import { expect, test } from 'vitest'
import { goBackRows, sameImages } from '../../../../shared/history/go-back-rows.ts'
import { uid } from '../../../../shared/ids.ts'
import type { HistoryView, PastRelease, Revision } from '../../../../shared/history/history-view.ts'

const second = uid('uid-2')

function revision(digest: string, more: Partial<Revision> = {}): Revision {
  return {
    digest,
    source: { kind: 'replica-set', name: `rs-${digest}` },
    revision: 1,
    images: [{ container: 'app', image: `r/app:${digest}` }],
    cause: '',
    content: digest,
    since: 1_000,
    known: 'exactly',
    current: false,
    ...more,
  }
}

const past: PastRelease = {
  id: 'release-1',
  startedAt: 5_000,
  startedBy: 'li',
  endedAt: 9_000,
  outcome: 'done',
  change: 'image',
  images: [],
  batches: [1, 2],
  before: [
    { batch: uid('uid-1'), name: 'shop-1', digest: 'old' },
    { batch: uid('uid-deleted'), name: 'shop-2', digest: 'old' },
  ],
  after: [{ batch: uid('uid-1'), name: 'shop-1', digest: 'new' }],
  log: [],
}

/** Batch 1 was changed at 6 s, batch 2 at 8 s; batch 2's present template began at 20 s. */
const history: HistoryView = {
  batches: [
    {
      batch: uid('uid-1'),
      name: 'shop-1',
      number: 1,
      digest: 'new',
      revisions: [revision('new', { current: true, since: 6_000, revision: 2 }), revision('old')],
      timeline: [
        { revision: 1, digest: 'old', at: 1_000, known: 'exactly' },
        { revision: 2, digest: 'new', at: 6_000, known: 'exactly' },
      ],
    },
    {
      batch: second,
      name: 'shop-2',
      number: 2,
      digest: 'other',
      revisions: [
        revision('other', { current: true, since: 20_000, revision: 4 }),
        revision('new', { revision: 3 }),
        revision('old', { revision: 2, images: [{ container: 'app', image: 'r/app:new' }] }),
      ],
      timeline: [
        { revision: 2, digest: 'old', at: 7_000, known: 'exactly' },
        { revision: 3, digest: 'new', at: 8_000, known: 'exactly' },
        { revision: 4, digest: 'other', at: 20_000, known: 'exactly' },
      ],
    },
  ],
  releases: [past],
  missing: [],
}

const sizes = [
  { uid: uid('uid-1'), desired: 2 },
  { uid: second, desired: 6 },
]

function rows(wish: Parameters<typeof goBackRows>[1], choices = {}) {
  return goBackRows(history, wish, { choices, sizes }).map(({ to, stays, pods }) => [
    to?.digest ?? stays,
    pods,
  ])
}

test('one revision of one batch leaves every other batch as it is', () => {
  expect(rows({ kind: 'revision', batch: second, digest: 'old' })).toEqual([
    ['not-asked', 2],
    ['old', 6],
  ])
})

test('as at a time, a batch that runs it already stays, and one of which it is not known is left out', () => {
  expect(rows({ kind: 'time', at: 9_000 })).toEqual([
    ['same', 2],
    ['new', 6],
  ])
  expect(rows({ kind: 'time', at: 5_000 })).toEqual([
    ['old', 2],
    ['before', 6],
  ])
})

test('before a release is what its own record says, also of a Deployment that was created anew since', () => {
  expect(rows({ kind: 'before', release: 'release-1' })).toEqual([
    ['old', 2],
    ['old', 6],
  ])
})

test('the end of a release leaves out a batch of which its record does not say what it ran', () => {
  expect(rows({ kind: 'after', release: 'release-1' })).toEqual([
    ['same', 2],
    ['forgotten', 6],
  ])
})

test('what is chosen by hand goes before what was asked for, and nothing goes to a template nobody has', () => {
  const wish = { kind: 'time', at: 9_000 } as const
  expect(rows(wish, { [second]: '', 'uid-1': 'old' })).toEqual([
    ['old', 2],
    ['not-asked', 6],
  ])
  expect(rows({ kind: 'revision', batch: second, digest: 'gone' })).toEqual([
    ['not-asked', 2],
    ['forgotten', 6],
  ])
})

test('the same images for all takes the last revision that ran them in each batch', () => {
  expect(sameImages(history, revision('new'))).toEqual({ 'uid-1': 'new', 'uid-2': 'new' })
  expect(sameImages(history, revision('unknown'))).toEqual({})
})

test('as at a time, pods that were only restarted since stay; by hand they can be replaced', () => {
  const [first, ...others] = history.batches
  if (first === undefined) throw new Error('there are batches')
  const restarted = { ...first, revisions: first.revisions.map((one) => ({ ...one, content: 'one' })) }
  const view = { ...history, batches: [restarted, ...others] }
  const of = (wish: Parameters<typeof goBackRows>[1], choices = {}) =>
    goBackRows(view, wish, { choices, sizes }).map(({ to, stays }) => to?.digest ?? stays)[0]
  expect(of({ kind: 'time', at: 5_000 })).toBe('same')
  expect(of({ kind: 'before', release: 'release-1' })).toBe('same')
  expect(of({ kind: 'time', at: 5_000 }, { 'uid-1': 'old' })).toBe('old')
  expect(of({ kind: 'revision', batch: uid('uid-1'), digest: 'old' })).toBe('old')
})

test('a batch that pulls from another registry has run the same images too', () => {
  const [first, other] = history.batches
  const mirrored = revision('mirrored', {
    images: [{ container: 'app', image: 'us.example:5000/r/app:new' }],
  })
  const elsewhere = revision('elsewhere', {
    images: [{ container: 'app', image: 'us.example:5000/x/app:new' }],
  })
  const batches = [
    ...(first === undefined ? [] : [first]),
    ...(other === undefined ? [] : [{ ...other, revisions: [elsewhere, mirrored] }]),
  ]
  expect(sameImages({ ...history, batches }, revision('new'))).toEqual({
    'uid-1': 'new',
    'uid-2': 'mirrored',
  })
})
