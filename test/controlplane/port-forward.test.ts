import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connection } from '../../electron/cluster/connection.ts'
import { startPortForward, type PortForward } from '../../electron/cluster/streaming/port-forward.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import type { Reply } from '../../shared/fault.ts'
import { buildConnectTools, buildSpec } from '../support/build-connection.ts'
import { createAuthority } from '../support/certificates.ts'
import { createKubeClient } from '../support/kube-client.ts'
import { eventually } from '../support/eventually.ts'
import { startPlayedKubelet, type PlayedKubelet, type PlayedStream } from '../support/played-kubelet.ts'
import { startControlPlane, type RunningControlPlane } from './start-control-plane.ts'
import { spoken } from '../support/spoken.ts'

/** A real API server between us and a kubelet of which only the streaming server is played: its requests are the test. */
let plane: RunningControlPlane
let kubelet: PlayedKubelet
const ends: (() => unknown)[] = []
beforeAll(async () => {
  const certificate = createAuthority().issue({ name: 'worker', for: ['127.0.0.1'] })
  kubelet = await startPlayedKubelet({
    tls: { cert: certificate.certificate, key: certificate.key },
    onStream: (stream) => answer(stream),
    // As a kubelet says that it does not know a pod.
    refuse: ({ url = '' }) => (url.includes('/unknown') ? [404, 'pod does not exist'] : undefined),
  })
  ends.push(kubelet.close)
  plane = await startControlPlane()
  ends.push(plane.stop)
  const client = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
  ends.push(client.close)
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'worker' },
    status: {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } },
    },
  }
  expect((await client.post('/api/v1/nodes', node)).status).toBe(201)
  for (const name of ['shop-1', 'unknown', 'homeless']) {
    const made = await client.post('/api/v1/namespaces/demo/pods', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: {
        ...(name !== 'homeless' && { nodeName: 'worker' }),
        containers: [{ name: 'shop', image: 'registry.example/shop:2', ports: [{ containerPort: 7001 }] }],
      },
    })
    expect(made.status, made.text).toBe(201)
  }
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

/** The application of the pod, for one request; a port on which nothing listens is told as a kubelet tells it. */
function answer(stream: PlayedStream): void {
  if (stream.url.endsWith('port=9999')) {
    stream.fail('error forwarding port 9999 to pod 1, uid : connection refused')
    return
  }
  stream.socket.on('message', () => {
    if (!stream.received().toString().endsWith('\r\n\r\n')) return
    const body = 'x'.repeat(3_000_000)
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`
    for (let at = 0, all = Buffer.from(head + body); at < all.length; at += 32_768)
      stream.send(all.subarray(at, at + 32_768))
    stream.socket.close(1000)
  })
}

async function open(token: keyof RunningControlPlane['tokens'] = 'admin'): Promise<Connection> {
  const connection = await connect(
    buildSpec({
      server: plane.server,
      tls: { ca: { kind: 'text', pem: plane.ca }, insecure: false },
      user: { kind: 'token', token: plane.tokens[token] },
    }),
    buildConnectTools(),
  )
  if (!connection.ok) throw new Error(connection.fault.message)
  ends.push(connection.value.close)
  return connection.value
}

async function forward(pod: string, podPort = 7001, connection?: Connection): Promise<Reply<PortForward>> {
  const { openSocket } = connection ?? (await open())
  const reply = await startPortForward({
    open: openSocket,
    clock: createSystemClock(),
    namespace: 'demo',
    pod,
    podPort,
    localPort: 0,
    onChange: () => undefined,
  })
  if (reply.ok) ends.push(() => reply.value.end('stopped'))
  return reply
}

test('through a real API server a page of the pod comes whole, as often as it is asked for', async () => {
  const opened = await forward('shop-1')
  if (!opened.ok) throw new Error(opened.fault.message)
  const pages = await Promise.all(
    [1, 2, 3, 4].map(async () => (await fetch(`http://127.0.0.1:${opened.value.localPort}/`)).text()),
  )
  expect(pages.map((page) => page.length)).toEqual([3_000_000, 3_000_000, 3_000_000, 3_000_000])
  // The kubelet is asked by the server for the port, in its own words.
  expect(kubelet.streams.at(-1)?.url).toBe('/portForward/demo/shop-1?port=7001')
  expect(kubelet.streams.at(-1)?.headers.authorization).toBeUndefined()
  await opened.value.end('stopped')
})

test('stopped, no WebSocket is left on the kubelet, and no word of ours looked like an end of the pod', async () => {
  const opened = await forward('shop-1')
  if (!opened.ok) throw new Error(opened.fault.message)
  const streams = kubelet.streams.length
  const hanging = fetch(`http://127.0.0.1:${opened.value.localPort}/`, {
    method: 'POST',
    body: new ReadableStream({ start: () => undefined }),
    // @ts-expect-error Node wants it for a body that streams; lib.dom does not know it.
    duplex: 'half',
  }).catch((error: unknown) => error)
  await eventually(() => Promise.resolve(kubelet.streams[streams]), {
    what: 'a stream of its own',
  })
  await opened.value.end('stopped')
  expect(await hanging).toBeInstanceOf(Error)
  await Promise.all(kubelet.streams.map(({ closed }) => closed))
  expect(kubelet.open()).toBe(0)
})

test('why a port can not be forwarded comes through in the words of the kubelet', async () => {
  const opened = await forward('shop-1', 9999)
  if (!opened.ok) throw new Error(opened.fault.message)
  await expect(fetch(`http://127.0.0.1:${opened.value.localPort}/`)).rejects.toThrow()
  expect(opened.value.trouble()).toEqual({
    kind: 'port',
    text: 'error forwarding port 9999 to pod 1, uid : connection refused',
  })
})

test('what the server, or the kubelet behind it, refuses is told as it is', async () => {
  expect(await forward('none')).toMatchObject({
    fault: { code: 'not-found', message: 'pods "none" not found' },
  })
  expect(await forward('homeless')).toMatchObject({
    fault: { code: 'invalid', message: 'pod homeless does not have a host assigned' },
  })
  expect(await forward('unknown')).toMatchObject({ fault: { status: 404, message: 'pod does not exist' } })
})

test('the right to get is not enough: the one to create is named', async () => {
  const refused = await forward('shop-1', 7001, await open('viewer'))
  expect(spoken(refused)).toMatchObject({
    fault: {
      code: 'forbidden',
      message:
        'pods "shop-1" is forbidden: To forward a port takes the rights to get and to create pods/portforward.',
    },
  })
})
