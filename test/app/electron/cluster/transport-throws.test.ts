import { afterEach, expect, test } from 'vitest'
import { bounds, watchBounds } from '../../../../electron/cluster/requests/bounds.ts'
import { createCredentials, type Credentials } from '../../../../electron/cluster/sign-in/credentials.ts'
import { createTransport, type TransportOptions } from '../../../../electron/cluster/requests/transport.ts'
import { buildConnectTools, buildSpec } from '../../../support/build-connection.ts'
import { createFakeClock } from '../../../support/fake-clock.ts'
import { always, startRecordingServer } from '../../../support/recording-server.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

async function open(parts: Partial<TransportOptions> = {}, own: Partial<Credentials> = {}) {
  const server = await startRecordingServer(always({}))
  const spec = buildSpec({ server: server.url, user: { kind: 'token', token: 'canary-token' } })
  const fake = createFakeClock()
  let timers = 0
  const clock = {
    ...fake,
    setTimer(ms: number, fire: () => void) {
      timers++
      const stop = fake.setTimer(ms, fire)
      let stopped = false
      return () => {
        if (!stopped) timers--
        stopped = true
        stop()
      }
    },
  }
  const tools = buildConnectTools({ clock })
  const lines: string[] = []
  const transport = createTransport({
    ...tools,
    spec,
    credentials: { ...createCredentials(spec, tools), ...own },
    userAgent: 'test',
    log: (line) => lines.push(line),
    ...parts,
  })
  ends.push(transport.close, server.close)
  return { transport, lines, timers: () => timers }
}

const get = { method: 'GET', path: '/version', bounds: bounds.read } as const
const write = { method: 'PATCH', path: '/x', body: [], bounds: bounds.write } as const
const fault = {
  code: 'internal',
  sentence: { kind: 'request-threw' },
  message: '',
  maybeDone: true,
}
const bug = (): never => {
  throw new Error('a bug beside canary-token')
}

test.each<[string, Parameters<typeof open>]>([
  ['the sign-in', [{}, { get: bug }]],
  ['the sign-in, later', [{}, { get: () => Promise.reject(new Error('a bug')) }]],
  ['whoever is told the outcome', [{ onOutcome: bug }]],
])(
  'an error in %s ends a request and a watch with a fault, and stands in the log without the token',
  async (_name, how) => {
    const { transport, lines, timers } = await open(...how)
    for (const call of [get, write]) expect(await transport.request(call)).toEqual({ ok: false, fault })
    const { signal } = new AbortController()
    expect(await transport.stream({ path: '/watch', signal, bounds: watchBounds.normal })).toEqual({
      ok: false,
      fault,
    })
    expect(lines.length).toBe(3)
    expect(lines.join()).not.toContain('canary-token')
    expect(timers()).toBe(0)
  },
)

test('a watch that is given up before its turn leaves no deadline behind', async () => {
  const { transport, timers } = await open()
  const reply = await transport.stream({
    path: '/watch',
    signal: AbortSignal.abort(),
    bounds: watchBounds.normal,
  })
  expect([reply.ok, timers()]).toEqual([false, 0])
})
