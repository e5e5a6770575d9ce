import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  decodeRelease,
  encodeRelease,
  journalBytes,
  journalLimit,
  tooLarge,
} from '../../electron/release/journal-codec.ts'
import { command } from '../../shared/release/command.ts'
import type { BatchPhase, Release, ReleaseEvent } from '../../shared/release/release.ts'
import { logged } from '../../shared/release/transitions.ts'
import { buildBatch, buildBatchSet } from '../support/build-batch.ts'
import { buildRelease } from '../support/build-release.ts'
import { wordsOf } from '../support/spoken.ts'

/** As hard to pack as texts get. */
function filler(characters: number): string {
  return randomBytes(characters).toString('base64').slice(0, characters)
}

const batches = Array.from({ length: 50 }, (_, index) => ({
  ...buildBatch(index + 1),
  name: `application-with-a-long-name-${filler(20)}-${index + 1}`,
}))
const plain = buildRelease(buildBatchSet(batches), { by: `${filler(60)}@${filler(60)}` })

/** Templates as large as may begin. */
const started = ((): Release => {
  let large = plain
  for (let characters = 100; ; characters += 100) {
    const next = withFiller(characters)
    if (tooLarge(next) !== undefined) return large
    large = next
  }
})()

function withFiller(characters: number): Release {
  return {
    ...plain,
    batches: plain.batches.map((own) => {
      const template = { ...own.baseline.template, filler: filler(characters) }
      return { ...own, baseline: { ...own.baseline, template } }
    }),
  }
}

const phases = fc.constantFrom<(message: string) => BatchPhase>(
  (message) => ({ kind: 'stuck', why: { kind: 'refused', message }, at: 1_700_000_000_000 }),
  (message) => ({
    kind: 'returning',
    attempt: 63,
    since: 1_700_000_000_000,
    retryAt: 1_700_000_030_000,
    tried: { count: 62, since: 1_700_000_000_000, message },
    over: [filler(64)],
  }),
  () => ({
    kind: 'done',
    at: 1_700_000_000_000,
    generation: 12,
    digest: filler(64),
    rolledSince: 1_700_000_000_000,
    pods: 1000,
  }),
)

function happened(release: Release, events: number): Release {
  const whats = ['held', 'resumed', 'retried', 'scaled'] as const
  return Array.from({ length: events }).reduce<Release>((next, _, index) => {
    const batch = next.batches[index % 50]?.uid
    const event: ReleaseEvent = {
      at: 1_700_000_000_000 + index * 7_919,
      what: whats[index % 4] ?? 'held',
      by: filler(120),
      ...(batch !== undefined && {
        batch,
        hold: {
          kind: 'pods',
          batch,
          reason: 'CrashLoopBackOff',
          pod: filler(60),
          pods: 3,
          message: filler(900),
        },
      }),
    }
    return logged(next, event)
  }, release)
}

const context = {
  observed: { freshness: { kind: 'live' }, service: true, batches },
  by: 'wang@desk',
  now: 1_700_000_100_000,
} as const

/** Everything that is needed to go on and to go back. */
function needed({ log: _, version: __, ...release }: Release) {
  return {
    id: release.id,
    state: release.state.kind,
    plan: release.plan,
    approved: release.approved,
    batches: release.batches.map(({ uid, baseline, startsFrom, images, phase, inDoubt }) => ({
      uid,
      baseline,
      startsFrom,
      images,
      phase: phase.kind,
      inDoubt: inDoubt !== undefined,
    })),
  }
}

function expectWritten(release: Release): Release {
  const text = encodeRelease(release)
  if (!text.ok) throw new Error(wordsOf(text.fault))
  expect(text.value.length).toBeLessThanOrEqual(journalLimit)
  const read = decodeRelease(text.value)
  if (!read.ok) throw new Error(wordsOf(read.fault))
  expect(needed(read.value)).toEqual(needed(release))
  // How much has happened stays known, however little of it is kept.
  expect(read.value.version).toBe(release.version)
  expect(read.value.log.at(-1)?.at).toBe(release.log.at(-1)?.at)
  return read.value
}

test('whatever has happened to a release that could begin, its pause, its way back and its end can be written', () => {
  let condensed = 0
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 400 }),
      fc.array(phases, { minLength: 50, maxLength: 50 }),
      (events, kinds) => {
        const told = happened(started, events)
        const grown: Release = {
          ...told,
          batches: told.batches.map((own, index) => ({
            ...own,
            phase: kinds[index]?.(filler(900)) ?? own.phase,
            inDoubt: { since: 1, left: { kind: 'given-up', message: filler(900), tries: 62 } },
          })),
        }
        if (journalBytes(grown) > journalLimit) condensed++
        const uids = grown.batches.map((own) => own.uid)
        const paused = command(grown, { kind: 'pause' }, context)
        const back = command(grown, { kind: 'roll-back', mode: 'at-once', batches: uids }, context)
        const stopped = command(grown, { kind: 'stop' }, context)
        for (const next of [paused, back, stopped]) {
          if (!next.ok) throw new Error(wordsOf(next.fault))
          // Also by somebody who has only what was written.
          expectWritten(logged(expectWritten(next.value), { at: 1, what: 'taken-over', by: filler(120) }))
        }
      },
    ),
    { numRuns: 15 },
  )
  expect(condensed).toBeGreaterThan(10)
})

test('a release that is told whole in its journal is written whole', () => {
  const few = happened(plain, 3)
  const text = encodeRelease(few)
  expect(text.ok && decodeRelease(text.value)).toEqual({ ok: true, value: few })
})
