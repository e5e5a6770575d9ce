import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { Batch, BatchPod } from '../../../../shared/model/batch-set.ts'
import { decide } from '../../../../shared/release/decide.ts'
import { command } from '../../../../shared/release/command.ts'
import { type ReleaseCommand } from '../../../../shared/release/command-context.ts'
import type { Release } from '../../../../shared/release/release.ts'
import { drive } from '../../../support/drive-release.ts'

const canary = uid('batch-1')

/** The canary of 4 pods is done; the release is held once it has lost some for long enough. */
function world() {
  const run = drive([4, 16])
  run.look()
  run.roll()
  run.bake()
  let release = run.release()
  let now = 100_000
  let canaryIs: Partial<Batch> = {}
  const observed = () => {
    const seen = run.observed()
    return {
      ...seen,
      batches: seen.batches.map((one) => (one.uid === canary ? { ...one, ...canaryIs } : one)),
    }
  }
  function look(): Release['state'] {
    release = decide(release, observed(), now).release
    return release.state
  }
  return {
    look,
    phase: () => release.batches[0]?.phase,
    become(parts: Partial<Batch>) {
      canaryIs = parts
    },
    wait(seconds: number) {
      now += seconds * 1000
    },
    give(wish: ReleaseCommand) {
      const reply = command(release, wish, { observed: observed(), by: 'li.wei', now })
      if (reply.ok) release = reply.value
      return reply.ok
    },
  }
}

function held(it: ReturnType<typeof world>): void {
  it.look()
  it.wait(31)
  expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed', batch: canary } })
}

const broken = (name: string, reason: string): BatchPod => ({
  uid: uid(name),
  name,
  node: 'n',
  state: 'failing',
  isNew: true,
  containers: [],
  ready: false,
  serving: false,
  restarts: 3,
  telling: 'demo-aone',
  createdAt: 0,
  reason,
  message: reason,
})

function failing(reason: string, ...names: readonly string[]): Partial<Batch> {
  return {
    available: 4 - names.length,
    ready: 4 - names.length,
    servingNew: 4 - names.length,
    pods: names.map((name) => broken(name, reason)),
    trouble: { reason, message: reason, pod: names[0] ?? '', pods: names.length, weight: 'final' },
  }
}

test.each([{ kind: 'resume' } as const, { kind: 'retry', batch: canary } as const])(
  '$kind goes on with a batch that has lost pods, for as long as a batch in progress would be given',
  (wish) => {
    const it = world()
    it.become({ available: 3 })
    held(it)
    expect(it.give(wish)).toBe(true)
    for (let second = 0; second < 299; second += 13) {
      expect(it.look().kind).toBe('running')
      it.wait(13)
    }
    it.wait(30)
    expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
  },
)

test('pods that crash are no reason to hold it again at once, as long as they are the same ones', () => {
  const it = world()
  it.become(failing('CrashLoopBackOff', 'a'))
  expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
  it.give({ kind: 'resume' })
  it.wait(60)
  expect(it.look().kind).toBe('running')
})

test('one more pod that crashes is news, and so is another reason', () => {
  const it = world()
  it.become(failing('CrashLoopBackOff', 'a'))
  it.look()
  it.give({ kind: 'resume' })
  it.become(failing('CrashLoopBackOff', 'a', 'b'))
  expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
  it.give({ kind: 'resume' })
  expect(it.look().kind).toBe('running')
  it.become(failing('OOMKilled', 'a', 'b'))
  expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
})

test('a further loss is given the time of a loss, and then holds', () => {
  const it = world()
  it.become({ available: 3 })
  held(it)
  it.give({ kind: 'resume' })
  it.wait(100)
  it.become({ available: 2 })
  expect(it.look().kind).toBe('running')
  it.wait(29)
  expect(it.look().kind).toBe('running')
  it.wait(2)
  expect(it.look()).toMatchObject({ kind: 'held', hold: { kind: 'regressed' } })
})

test('once it is whole again what was accepted counts no more', () => {
  const it = world()
  it.become({ available: 3 })
  held(it)
  it.give({ kind: 'resume' })
  it.become({})
  it.look()
  expect(it.phase()).not.toHaveProperty('accepted')
  it.become({ available: 3 })
  it.look()
  it.wait(31)
  expect(it.look().kind).toBe('held')
})
