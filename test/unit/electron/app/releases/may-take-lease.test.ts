import { expect, test } from 'vitest'
import { createMayTakeLease } from '../../../../../electron/app/releases/may-take-lease.ts'
import type { NamespaceModel } from '../../../../../electron/app/watching/namespace-models.ts'
import { createJournal } from '../../../../../electron/release/journal.ts'
import { ok, type Fault } from '../../../../../shared/fault.ts'
import type { Lease } from '../../../../../shared/k8s/objects.ts'
import type { Release } from '../../../../../shared/release/release.ts'
import { setBatch } from '../../../../../shared/release/transitions.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import { drive } from '../../../../support/drive-release.ts'
import { createToyApi } from '../../../../support/toy-api.ts'

const self = {
  person: 'li@laptop',
  install: 'a',
  process: { machine: 'm', pid: 1, started: '1' },
  session: 's',
}

/** What a client that has judged one entry is told where another one stands by now. */
async function whatIsSaid(judged: Release, found: Release, holder = 'wang@desk/b/m/2.2-t') {
  const clock = createFakeClock()
  const api = createToyApi(drive([1]).cluster)
  const journal = createJournal({ api, namespace: 'demo', service: 'demo-http', holder, now: clock.now })
  await journal.take(found, () => undefined)
  const locks = { isExpired: () => true, stop: () => undefined }
  const objections = createMayTakeLease({ self, isGone: () => false, locks })
  const model = { leaseFreshness: () => ({ kind: 'live' }) } as unknown as NamespaceModel
  const seen: (Fault | undefined)[] = []
  const mine = createJournal({
    api,
    namespace: 'demo',
    service: 'demo-http',
    holder: 'li@laptop/a/m/1.1-s',
    now: clock.now,
  })
  const before = api.lease()
  const taken = await mine.take(judged, (lease: Lease) => {
    const objection = objections.toReplace(model, judged)(lease)
    seen.push(objection)
    return objection
  })
  return { taken, isOverwritten: api.lease() !== before, seen }
}

function running() {
  const world = drive([1, 4], { gates: { bakeSeconds: 0 } })
  world.look()
  return world
}

test('the very entry that was judged is gone on with', async () => {
  const release = running().release()
  expect(await whatIsSaid(release, release)).toMatchObject({ taken: ok(null), isOverwritten: true })
})

test('a journal that has moved on is not overwritten by a client whose watch is behind', async () => {
  const world = running()
  const judged = world.release()
  world.roll()
  world.bake()
  world.give({ kind: 'approve', step: 0 })
  expect(await whatIsSaid(judged, world.release())).toMatchObject({
    taken: { ok: false, fault: { code: 'moved-on' } },
    isOverwritten: false,
  })
})

test('an intent that nobody was told of is enough: the write of it may be on its way', async () => {
  const judged = running().release()
  const batch = judged.batches[1]
  if (batch === undefined) throw new Error('no batch')
  const phase = { kind: 'returning', attempt: 1, since: 1 } as const
  const said = await whatIsSaid(judged, setBatch(judged, batch.uid, { phase }))
  expect(said).toMatchObject({ taken: { ok: false, fault: { code: 'moved-on' } }, isOverwritten: false })
})

test('how far the pods have come, which a driver keeps to itself for a while, is no other entry', async () => {
  const judged = running().release()
  const batch = judged.batches[0]
  if (batch?.phase.kind !== 'rolling') throw new Error('it does not roll')
  const moved = setBatch(judged, batch.uid, { phase: { ...batch.phase, highWater: 1, progressAt: 5 } })
  expect(await whatIsSaid(judged, moved)).toMatchObject({ taken: ok(null) })
})
