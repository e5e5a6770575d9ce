import { expect, test } from 'vitest'
import { createReleaseResumer } from '../../../../../electron/app/releases/release-resumer.ts'
import type { Target } from '../../../../../shared/contract.ts'
import { failedInWords, ok, type Fault, type Reply } from '../../../../../shared/fault.ts'
import { connectionId } from '../../../../../shared/ids.ts'
import { createFakeClock, settled } from '../../../../support/fake-clock.ts'

const target: Target = { connection: connectionId('north'), namespace: 'demo', service: 'demo-http' }
const cut: Fault = { code: 'unreachable', message: 'The connection broke.' }

function setUp(answers: { readonly connect?: Reply<null>[]; readonly resume?: (Fault | undefined)[] }) {
  const { connect = [], resume = [] } = answers
  const clock = createFakeClock()
  const calls: string[] = []
  const state = { driving: [target], closed: false }
  const resumer = createReleaseResumer({
    clock,
    driving: () => state.driving,
    connect() {
      calls.push('connect')
      return Promise.resolve(connect.shift() ?? ok(null))
    },
    isConnected: () => true,
    isClosed: () => state.closed,
    resume() {
      calls.push('resume')
      return Promise.resolve(resume.shift())
    },
    log: () => undefined,
  })
  return { clock, calls, state, resumer }
}

test('a release whose journal could not be read at the start is gone on with as soon as it can be', async () => {
  const { clock, calls, resumer } = setUp({ resume: [cut, cut, undefined] })
  await resumer.begin()
  await clock.advance(10_000)
  expect(calls.filter((call) => call === 'resume')).toHaveLength(3)
})

test('a cluster that can not be reached at the start is tried until it answers', async () => {
  const { clock, calls, resumer } = setUp({ connect: [failedInWords('unreachable', 'no route'), ok(null)] })
  await resumer.begin()
  expect(calls).toEqual(['connect'])
  await clock.advance(5_000)
  expect(calls).toEqual(['connect', 'connect', 'resume'])
  await clock.advance(600_000)
  expect(calls).toHaveLength(3)
})

test('what is thrown leaves no release without its driver, and ends nothing', async () => {
  const clock = createFakeClock()
  let throws = true
  const bug = new Error('a bug')
  const calls: string[] = []
  const resumer = createReleaseResumer({
    clock,
    driving: () => [target, { ...target, service: 'other' }],
    connect: () => Promise.resolve(ok(null)),
    isConnected: () => true,
    isClosed: () => false,
    resume({ service }) {
      calls.push(service)
      return throws && service === 'demo-http' ? Promise.reject(bug) : Promise.resolve(undefined)
    },
    log: () => undefined,
  })
  await resumer.begin()
  expect(calls).toEqual(['demo-http', 'other'])
  resumer.look()
  await settled()
  throws = false
  await clock.advance(2_000)
  expect(calls.slice(4)).toEqual(['demo-http'])
})

test('a connection that can not even be tried is tried again', async () => {
  const clock = createFakeClock()
  let tries = 0
  const resumer = createReleaseResumer({
    clock,
    driving: () => [target],
    connect: () => (++tries < 3 ? Promise.reject(new Error('a bug')) : Promise.resolve(ok(null))),
    isConnected: () => false,
    isClosed: () => false,
    resume: () => Promise.resolve(undefined),
    log: () => undefined,
  })
  await resumer.begin()
  await clock.advance(10_000)
  expect(tries).toBe(3)
})

test('a connection that the person closes in the meantime is not opened again', async () => {
  const { clock, calls, state, resumer } = setUp({ resume: [cut] })
  await resumer.begin()
  state.closed = true
  await clock.advance(600_000)
  expect(calls).toEqual(['connect', 'resume'])
})

test('nothing is tried again once the release is not ours any more, or after the end', async () => {
  const one = setUp({ resume: [cut] })
  await one.resumer.begin()
  one.state.driving = []
  await one.clock.advance(600_000)
  const other = setUp({ resume: [cut] })
  await other.resumer.begin()
  other.resumer.stop()
  await other.clock.advance(600_000)
  expect([one.calls, other.calls]).toEqual([
    ['connect', 'resume'],
    ['connect', 'resume'],
  ])
})

test('a connection that was opened by hand is looked at for the release that waits for it', async () => {
  const { calls, resumer } = setUp({})
  resumer.look()
  await settled()
  expect(calls).toEqual(['resume'])
})

test('a cluster that never answers keeps the releases of others from nothing, nor one Service another', async () => {
  const south = { ...target, connection: connectionId('south') }
  const other = { ...south, service: 'other' }
  const calls: string[] = []
  const never = new Promise<never>(() => undefined)
  const resumer = createReleaseResumer({
    clock: createFakeClock(),
    driving: () => [target, south, other],
    connect: (connection) => (connection === target.connection ? never : Promise.resolve(ok(null))),
    isConnected: () => true,
    isClosed: () => false,
    resume(one) {
      calls.push(one.service)
      return one === south ? never : Promise.resolve(undefined)
    },
    log: () => undefined,
  })
  void resumer.begin()
  await settled()
  expect(calls).toEqual(['demo-http', 'other'])
})
