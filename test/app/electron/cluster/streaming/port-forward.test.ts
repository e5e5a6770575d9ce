import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { createSystemClock } from '../../../../../electron/cluster/clock/clock.ts'
import { connect as connectCluster } from '../../../../../electron/cluster/connection.ts'
import {
  mostConnections,
  startPortForward,
  type PortForward,
} from '../../../../../electron/cluster/streaming/port-forward.ts'
import type { Clock } from '../../../../../electron/cluster/clock/clock.ts'
import { buildConnectTools, buildSpec } from '../../../../support/build-connection.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createFakeClock } from '../../../../support/fake-clock.ts'
import {
  startPlayedKubelet,
  type KubeletOptions,
  type PlayedKubelet,
  type PlayedStream,
} from '../../../../support/played-kubelet.ts'
import { spoken, wordsOf } from '../../../../support/spoken.ts'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

type Stage = {
  readonly kubelet: PlayedKubelet
  readonly forward: PortForward
  /** Connects to the local port; gives the stream that this has opened there. */
  dial(): Promise<{ readonly local: Socket; readonly stream: PlayedStream }>
}

async function start(options: KubeletOptions = {}, clock: Clock = createSystemClock()): Promise<Stage> {
  const kubelet = await startPlayedKubelet(options)
  ends.push(kubelet.close)
  const connection = await connectCluster(buildSpec({ server: kubelet.url }), buildConnectTools())
  if (!connection.ok) throw new Error(wordsOf(connection.fault))
  ends.push(connection.value.close)
  const reply = await startPortForward({
    open: connection.value.openSocket,
    clock,
    namespace: 'demo',
    pod: 'shop-1',
    podPort: 7001,
    localPort: 0,
    onChange: () => undefined,
  })
  if (!reply.ok) throw new Error(wordsOf(reply.fault))
  const forward = reply.value
  ends.push(() => forward.end('stopped'))
  return {
    kubelet,
    forward,
    async dial() {
      const before = kubelet.streams.length
      const local = connect({ port: forward.localPort, host: '127.0.0.1', allowHalfOpen: true })
      local.on('error', () => undefined)
      const stream = await eventually(() => Promise.resolve(kubelet.streams[before]), { what: 'a stream' })
      return { local, stream }
    },
  }
}

/** What a local end has read when it is closed, and whether it was closed in order. */
function readAll(local: Socket): Promise<{ readonly text: string; readonly code: string }> {
  const chunks: Buffer[] = []
  let code = ''
  local.on('data', (chunk: Buffer) => chunks.push(chunk))
  local.on('error', (error: NodeJS.ErrnoException) => (code = error.code ?? ''))
  local.on('end', () => local.end())
  return new Promise((resolve) =>
    local.on('close', () => resolve({ text: Buffer.concat(chunks).toString(), code })),
  )
}

const until = (what: string, holds: () => boolean): Promise<boolean> =>
  eventually(() => Promise.resolve(holds() ? true : undefined), { what, atMostMs: 10_000 })

test('bytes go both ways as they are, the port in front of each channel taken off, also in one piece with the data', async () => {
  const { dial } = await start({ withoutPort: true })
  const { local, stream } = await dial()
  const read = readAll(local)
  local.write('hello')
  await until('it arrives', () => stream.received().toString() === 'hello')
  expect(stream.url).toBe('/api/v1/namespaces/demo/pods/shop-1/portforward?ports=7001')
  stream.send(Buffer.of(0x59))
  stream.send(Buffer.of(0x1b, 0x61))
  stream.send(Buffer.from([0, 255, 98]))
  stream.socket.close(1000)
  expect(await read).toEqual({ text: Buffer.from([0x61, 0, 255, 98]).toString(), code: '' })
})

test('it listens on loopback alone', async () => {
  const { forward } = await start()
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.internal === false && one.family === 'IPv4')
  for (const host of [outside?.address, '127.0.0.2'].filter((one) => one !== undefined)) {
    const tried = connect({ host, port: forward.localPort })
    const [error] = (await once(tried, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  }
})

test('a local port that is taken is said, and what was tried for it is closed', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  ends.push(() => other.close())
  const { port } = other.address() as AddressInfo
  const kubelet = await startPlayedKubelet()
  ends.push(kubelet.close)
  const connection = await connectCluster(buildSpec({ server: kubelet.url }), buildConnectTools())
  if (!connection.ok) throw new Error(wordsOf(connection.fault))
  const reply = await startPortForward({
    open: connection.value.openSocket,
    clock: createSystemClock(),
    namespace: 'demo',
    pod: 'shop-1',
    podPort: 7001,
    localPort: port,
    onChange: () => undefined,
  })
  expect(spoken(reply)).toEqual({
    ok: false,
    fault: { code: 'invalid-input', message: `Port ${port} of this machine is taken.` },
  })
  await until('no WebSocket is left', () => kubelet.open() === 0)
  await connection.value.close()
})

const offered = 96 * 1024 * 1024
/** What the kernel and both ends may hold between them: nothing near what is offered. */
const held = 24 * 1024 * 1024
const piece = Buffer.alloc(64 * 1024, 'x')

/** Writes as long as it is taken; what has been taken so far. */
function pour(write: (bytes: Buffer, taken: () => void) => void): () => number {
  let taken = 0
  for (let left = offered; left > 0; left -= piece.length) write(piece, () => (taken += piece.length))
  return () => taken
}

/** The value once it has stayed the same for ten looks. */
function still(value: () => number): Promise<number> {
  let last = -1
  let same = 0
  const look = (): Promise<number | undefined> => {
    const now = value()
    same = now === last ? same + 1 : 0
    last = now
    return Promise.resolve(same >= 10 ? now : undefined)
  }
  return eventually(look, { what: 'nothing more is taken' })
}

test(
  'a pod that does not read holds the local end back, and loses nothing',
  { timeout: 60_000 },
  async () => {
    const { dial } = await start()
    const { local, stream } = await dial()
    stream.socket.pause()
    let arrived = 0
    stream.socket.on('message', (message: Buffer) => (arrived += message.length - 1))
    const taken = pour((bytes, done) => local.write(bytes, done))
    expect(await still(taken)).toBeLessThan(held)
    stream.socket.resume()
    await eventually(() => Promise.resolve(arrived === offered || undefined), { what: 'all of it' })
  },
)

test(
  'a local end that does not read holds the pod back, and loses nothing',
  { timeout: 60_000 },
  async () => {
    const { dial } = await start()
    const { local, stream } = await dial()
    local.pause()
    const taken = pour((bytes, done) => stream.send(bytes, () => done()))
    expect(await still(taken)).toBeLessThan(held)
    let arrived = 0
    local.on('data', (bytes: Buffer) => (arrived += bytes.length)).resume()
    await eventually(() => Promise.resolve(arrived === offered || undefined), { what: 'all of it' })
  },
)

test('what the pod has said whole before its goodbye is read whole, however late', async () => {
  const clock = createFakeClock()
  const { dial } = await start({}, clock)
  const { local, stream } = await dial()
  local.pause()
  const said = 12 * 1024 * 1024
  for (let left = said; left > 0; left -= piece.length) stream.send(piece)
  stream.socket.close(1000)
  let arrived = 0
  const closed = new Promise((resolve) => local.once('close', resolve))
  // A slow reader: five seconds for each piece, at the end as in the beginning.
  local.on('data', (bytes: Buffer) => {
    arrived += bytes.length
    local.pause()
    void clock.advance(5_000).then(() => local.resume())
  })
  local.on('end', () => local.end())
  local.resume()
  await closed
  expect(arrived).toBe(said)
})

test('what broke off does not look whole: the local end is reset', async () => {
  const { dial } = await start()
  const { local, stream } = await dial()
  const read = readAll(local)
  stream.send(Buffer.from('half'))
  await until('half arrives', () => local.bytesRead === 4)
  stream.socket.terminate()
  expect((await read).code).toBe('ECONNRESET')
})

test('whoever writes no more still gets the answer; one that never comes is not waited for', async () => {
  const clock = createFakeClock()
  const { dial, forward } = await start({}, clock)
  const { local, stream } = await dial()
  local.end('question')
  await until('the question arrives', () => stream.received().toString() === 'question')
  await clock.advance(25_000)
  stream.send(Buffer.from('answer'))
  await until('the answer arrives', () => local.bytesRead === 6)
  await clock.advance(25_000)
  expect(forward.connections()).toBe(1)
  await clock.advance(10_000)
  expect(await stream.closed).toBe(1000)
  local.destroy()
  await until('nothing is left', () => forward.connections() === 0)
})

test('a peer that is gone without a word is noticed', async () => {
  const clock = createFakeClock()
  const { dial } = await start({}, clock)
  const { local, stream } = await dial()
  const read = readAll(local)
  // Its end neither reads nor answers any more, as behind a cable that was pulled.
  stream.socket.pause()
  await clock.advance(20_000)
  await clock.advance(20_000)
  expect((await read).code).toBe('ECONNRESET')
})

test('why a port is not forwarded is told in the words of the kubelet, until a connection does better', async () => {
  const { dial, forward } = await start()
  const { local, stream } = await dial()
  stream.fail('error forwarding port 7001 to pod 1, uid : connection refused')
  await readAll(local)
  expect(forward.trouble()).toEqual({
    kind: 'port',
    text: 'error forwarding port 7001 to pod 1, uid : connection refused',
  })
  await dial()
  await until('it is better', () => forward.trouble() === undefined)
})

test('stopped, it leaves neither a port, a connection nor a WebSocket open', async () => {
  const { dial, forward, kubelet } = await start()
  const open = [await dial(), await dial()]
  const all = open.map(({ local }) => readAll(local))
  await forward.end('stopped')
  expect((await Promise.all(all)).map(({ code }) => code)).toEqual(['ECONNRESET', 'ECONNRESET'])
  expect(await forward.ended).toBe('stopped')
  await until('no WebSocket is left', () => kubelet.open() === 0)
  const late = connect(forward.localPort, '127.0.0.1')
  const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNREFUSED')
})

test('stopped amid a handshake that is not answered, nothing is left open', async () => {
  let hangs = false
  const hanging: Socket[] = []
  const { forward, kubelet } = await start({
    refuse: (request) => {
      if (hangs) hanging.push(request.socket)
      return hangs ? 'silence' : undefined
    },
  })
  hangs = true
  const local = connect(forward.localPort, '127.0.0.1')
  const read = readAll(local)
  await until('it is asked', () => hanging.length === 1)
  await forward.end('stopped')
  expect((await read).code).toBe('ECONNRESET')
  await until('the connection is closed', () => hanging[0]?.closed === true)
  expect(kubelet.open()).toBe(0)
})

test('a pod that is gone ends the forward, which says so', async () => {
  let gone = false
  const { forward, kubelet } = await start({
    refuse: () =>
      gone
        ? [404, '{"kind":"Status","message":"pods \\"shop-1\\" not found","reason":"NotFound"}']
        : undefined,
  })
  gone = true
  const local = connect(forward.localPort, '127.0.0.1')
  expect((await readAll(local)).code).toBe('ECONNRESET')
  expect(await forward.ended).toBe('pod-gone')
  expect(kubelet.open()).toBe(0)
})

test('more connections than are carried at once are refused, and it says so', async () => {
  const { dial, forward } = await start()
  for (let count = 0; count < mostConnections; count++) await dial()
  const more = connect(forward.localPort, '127.0.0.1')
  await readAll(more)
  expect(forward.trouble()).toEqual({ kind: 'too-many' })
  expect(forward.connections()).toBe(mostConnections)
})
