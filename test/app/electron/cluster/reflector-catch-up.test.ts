import { afterEach, beforeEach, expect, test } from 'vitest'
import { eventually } from '../../../support/eventually.ts'
import { added, bookmark, listed, openStage, refused, type Stage } from '../../../support/hostile-server.ts'

let stage: Stage
let say: (text: string) => void

/** Lease a is known, the server refused once, and the next watch was opened 400 ms ago. */
beforeEach(async () => {
  stage = await openStage({
    list: [listed(5, 'a')],
    watch: [
      refused(503),
      (answer) => {
        answer.flushHeaders()
        say = (text) => void answer.write(text)
      },
    ],
  })
  await stage.is('stale')
  await stage.clock.advance(800)
  const isOpen = () => Promise.resolve(stage.reflector.age().openMs === undefined ? undefined : true)
  await eventually(isOpen, { what: 'it watches again' })
  await stage.clock.advance(400)
  expect(stage.cache.freshness().kind).toBe('stale')
})
afterEach(() => stage.close())

test('after a gap it is live when no event has come for half a second', async () => {
  await stage.clock.advance(100)
  await stage.is('live')
})

test('after a gap it is not live with the first event that was missed, but when no more come', async () => {
  for (const [version, names] of [
    [6, 'a,m6'],
    [7, 'a,m6,m7'],
  ] as const) {
    say(added(`m${version}`, version))
    await stage.holds(names)
    await stage.clock.advance(49)
    expect(stage.cache.freshness().kind).toBe('stale')
  }
  await stage.clock.advance(1)
  await stage.is('live')
})

test('after a gap it is live at a bookmark: all that was missed came before it', async () => {
  say(added('b', 6) + bookmark(6))
  await stage.is('live')
  expect(stage.names()).toBe('a,b')
})

test('after a gap it is live within two seconds, even if events never pause', async () => {
  let names = 'a'
  let events = 0
  while (stage.cache.freshness().kind === 'stale') {
    const version = 6 + events++
    names += `,m${version}`
    say(added(`m${version}`, version))
    await stage.holds(names)
    await stage.clock.advance(40)
  }
  // 400 ms before the first one, 40 ms after each: the one at 2,000 ms is believed.
  expect(events).toBe(41)
})
