import { EventEmitter } from 'node:events'
import type { MessagePortMain, UtilityProcess } from 'electron'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepAppProcess, type AppProcessKeeper } from '../../../../electron/desktop/app-process-keeper.ts'

class Child extends EventEmitter {
  readonly got: (readonly unknown[])[] = []
  killed = false
  postMessage(...message: unknown[]): void {
    this.got.push(message)
  }
  kill(): boolean {
    this.killed = true
    this.emit('exit', 1)
    return true
  }
}

let children: Child[]
let driving: (readonly string[])[]
let keeper: AppProcessKeeper
const port = 'a port' as unknown as MessagePortMain

beforeEach(() => {
  vi.useFakeTimers()
  children = []
  driving = []
  keeper = keepAppProcess({
    start() {
      const child = new Child()
      children.push(child)
      return child as unknown as UtilityProcess
    },
    onDriving: (services) => driving.push(services),
    log: () => undefined,
  })
})
afterEach(() => vi.useRealTimers())

test('a page gets its port to the application that runs', () => {
  keeper.attach(port)
  expect(children[0]?.got).toEqual([[{ kind: 'port' }, [port]]])
})

test('an application that ended is started again, later and later, and gets the ports that came meanwhile', () => {
  children[0]?.emit('exit', 9)
  keeper.attach(port)
  expect(children).toHaveLength(1)
  vi.advanceTimersByTime(250)
  expect(children).toHaveLength(2)
  expect(children[1]?.got).toEqual([[{ kind: 'port' }, [port]]])
  children[1]?.emit('exit', 9)
  vi.advanceTimersByTime(499)
  expect(children).toHaveLength(2)
  vi.advanceTimersByTime(1)
  expect(children).toHaveLength(3)
})

test('it knows which releases are driven, and forgets them with the process', () => {
  children[0]?.emit('message', { kind: 'driving', services: ['demo-http'] })
  expect(keeper.driving()).toEqual(['demo-http'])
  children[0]?.emit('exit', 9)
  expect(keeper.driving()).toEqual([])
  expect(driving).toEqual([['demo-http'], []])
})

test('closing waits for the application and starts no other', async () => {
  const closed = keeper.close()
  expect(children[0]?.got).toEqual([[{ kind: 'close' }]])
  children[0]?.emit('exit', 0)
  await closed
  vi.advanceTimersByTime(60_000)
  expect(children).toHaveLength(1)
  expect(children[0]?.killed).toBe(false)
})

test('an application that does not end is ended', async () => {
  const closed = keeper.close()
  vi.advanceTimersByTime(3_000)
  await closed
  expect(children[0]?.killed).toBe(true)
})
