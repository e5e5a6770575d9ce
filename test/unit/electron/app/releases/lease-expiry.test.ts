import { beforeEach, expect, test } from 'vitest'
import { createLeaseExpiry, type LeaseExpiry } from '../../../../../electron/app/releases/lease-expiry.ts'
import { readLease } from '../../../../../shared/k8s/read-others.ts'
import type { Lease } from '../../../../../shared/k8s/objects.ts'
import { createFakeClock, type FakeClock } from '../../../../support/fake-clock.ts'

let clock: FakeClock
let told: number
let locks: LeaseExpiry
const live = { kind: 'live' } as const

beforeEach(() => {
  clock = createFakeClock()
  told = 0
  locks = createLeaseExpiry(clock, () => told++)
})

function lease(version: string, holder = 'wang@desk/i/1-s'): Lease {
  const read = readLease({
    metadata: { name: 'tranche-demo', namespace: 'demo', uid: 'u', resourceVersion: version },
    spec: { holderIdentity: holder, leaseDurationSeconds: 60, renewTime: '2001-01-01T00:00:00.000000Z' },
  })
  if (read === undefined) throw new Error('no lease')
  return read
}

test('a lock expires a whole duration after its last renewal was seen, whatever its own times say', async () => {
  expect(locks.isExpired(lease('1'), live)).toBe(false)
  await clock.advance(59_999)
  expect(locks.isExpired(lease('1'), live)).toBe(false)
  expect(told).toBe(0)
  await clock.advance(1)
  expect(told).toBe(1)
  expect(locks.isExpired(lease('1'), live)).toBe(true)
})

test('a renewal begins the wait anew', async () => {
  locks.isExpired(lease('1'), live)
  await clock.advance(50_000)
  expect(locks.isExpired(lease('2'), live)).toBe(false)
  await clock.advance(50_000)
  expect(locks.isExpired(lease('2'), live)).toBe(false)
})

test('the wall clock may jump: only what we watched counts', () => {
  locks.isExpired(lease('1'), live)
  clock.jump(3_600_000)
  expect(locks.isExpired(lease('1'), live)).toBe(false)
})

test('time in which we saw nothing does not count: the holder may have renewed it', async () => {
  locks.isExpired(lease('1'), live)
  await clock.advance(59_000)
  locks.isExpired(lease('1'), { kind: 'stale', since: 0, why: { kind: 'words', words: 'cut' } })
  await clock.advance(30_000)
  expect(locks.isExpired(lease('1'), live)).toBe(false)
})

test('a lock without a holder does not expire', async () => {
  locks.isExpired(lease('1', ''), live)
  await clock.advance(120_000)
  expect(locks.isExpired(lease('1', ''), live)).toBe(false)
})
