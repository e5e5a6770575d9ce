import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { Pod } from '../../../../../electron/training/objects/objects.ts'
import { pods as podKind } from '../../../../../electron/training/objects/resources.ts'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../../electron/training/training-cluster.ts'
import { createFakeTrainingClock, type FakeTrainingClock } from '../../../../support/fake-training-clock.ts'

const ends: (() => unknown)[] = []
let cluster: TrainingCluster
let clock: FakeTrainingClock
let tcp = ''
let local = ''
beforeAll(async () => {
  clock = createFakeTrainingClock()
  cluster = createTrainingCluster({ clock, seed: 3 })
  const served = await cluster.listen({ port: 0 })
  tcp = served.server.replace('http', 'ws')
  ends.push(served.stop)
  const folder = mkdtempSync(join(tmpdir(), 'tranche-forwarding-'))
  const socketPath =
    process.platform === 'win32' ? `\\\\.\\pipe\\${folder.replace(/\W/g, '-')}` : join(folder, 's')
  // The same cluster once more, as the application reaches the one that it has inside.
  const inside = createTrainingCluster({ clock, seed: 3 })
  ends.push(() => inside.stop(), (await inside.listen({ socketPath })).stop)
  ends.push(() => rmSync(folder, { recursive: true, force: true }))
  local = `ws+unix:${socketPath}:`
})
afterAll(async () => {
  for (const end of ends) await end()
  await cluster.stop()
})

const podsOf = (): readonly Pod[] =>
  cluster.hooks.plane.store.list(podKind).filter((pod) => pod.metadata.namespace === 'demo')
const path = (pod: string, port: number | string = 7001): string =>
  `/api/v1/namespaces/demo/pods/${pod}/portforward?ports=${port}`

type Talk = {
  readonly socket: WebSocket
  /** What came, by channel, the port in front taken off it. */
  readonly said: Readonly<Record<0 | 1, string>>
  readonly ports: readonly number[]
  readonly closed: Promise<number>
}

/** What a client of the real protocol does: text in, text out. */
function open(url: string, protocols = ['v4.channel.k8s.io']): Promise<Talk> {
  const socket = new WebSocket(url, protocols)
  const said = { 0: '', 1: '' }
  const ports: number[] = []
  const prefixed = new Set<number>()
  socket.on('message', (data: Buffer) => {
    const channel = data.readUInt8(0) as 0 | 1
    if (prefixed.has(channel)) said[channel] += data.subarray(1).toString()
    else {
      prefixed.add(channel)
      ports.push(data.readUInt16LE(1))
    }
  })
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve({ socket, said, ports, closed }))
    socket.on('error', reject)
  })
}

const ask = (text: string): Buffer => Buffer.concat([Buffer.of(0), Buffer.from(text)])
const whole = 'GET / HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n'

test('over TCP and over the local socket the application of a pod answers on its port with its version', async () => {
  for (const server of [tcp, local]) {
    const [pod] = podsOf()
    const talk = await open(`${server}${path(pod?.metadata.name ?? '')}`)
    talk.socket.send(ask(whole.slice(0, 20)))
    talk.socket.send(ask(whole.slice(20)))
    expect(await talk.closed).toBe(1000)
    expect(talk.ports).toEqual([7001, 7001])
    expect(talk.said[1]).toBe('')
    expect(talk.said[0]).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(talk.said[0]).toContain(`pod: ${pod?.metadata.name}\n`)
    expect(talk.said[0]).toContain(`image: ${pod?.spec.containers[0]?.image}\n`)
  }
})

test('several requests go over one connection, and what the client cuts off ends nothing else', async () => {
  const [pod] = podsOf()
  const [one, two] = [
    await open(`${tcp}${path(pod?.metadata.name ?? '')}`),
    await open(`${tcp}${path(pod?.metadata.name ?? '')}`),
  ]
  const kept = whole.replace('close', 'keep-alive')
  one.socket.send(ask(kept))
  await new Promise((resolve) => one.socket.once('message', () => one.socket.once('message', resolve)))
  two.socket.terminate()
  await two.closed
  one.socket.send(ask(whole))
  await one.closed
  expect(one.said[0].match(/HTTP\/1\.1 200/g)).toHaveLength(2)
})

test('a port on which nothing listens is told on the error channel, in the words of a kubelet', async () => {
  const [pod] = podsOf()
  const talk = await open(`${tcp}${path(pod?.metadata.name ?? '', 9999)}`)
  expect(await talk.closed).toBe(1000)
  expect(talk.said).toEqual({
    0: '',
    1: `error forwarding port 9999 to pod ${pod?.metadata.uid}, uid : failed to connect to localhost:9999: connection refused`,
  })
})

test('the tag says how it answers: with errors, or slowly', async () => {
  const make = (name: string, tag: string): void =>
    cluster.hooks.plane.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'demo' },
      spec: {
        containers: [{ name: 'app', image: `registry.example/app:${tag}`, ports: [{ containerPort: 80 }] }],
      },
    })
  make('failing', '2-errors')
  make('slow', '2-slow')
  clock.advance(120_000)
  const failing = await open(`${tcp}${path('failing', 80)}`)
  failing.socket.send(ask(whole))
  await failing.closed
  expect(failing.said[0]).toMatch(/^HTTP\/1\.1 500 Internal Server Error\r\n/)
  expect(failing.said[0]).toContain('version: 2-errors')
  const slow = await open(`${tcp}${path('slow', 80)}`)
  slow.socket.send(ask(whole))
  // Another one's answer is the proof that this one's had its time.
  const other = await open(`${tcp}${path('failing', 80)}`)
  other.socket.send(ask(whole))
  await other.closed
  expect(slow.said[0]).toBe('')
  clock.advance(5_000)
  await slow.closed
  expect(slow.said[0]).toContain('version: 2-slow')
})

test('a pod that ends takes its connections with it', async () => {
  const [pod] = podsOf()
  const talk = await open(`${tcp}${path(pod?.metadata.name ?? '')}`)
  const { store, lifecycle } = cluster.hooks.plane
  const found = store.get(podKind, 'demo', pod?.metadata.name ?? '')
  if (found !== undefined) lifecycle.remove(podKind, found, { graceSeconds: 0 })
  clock.advance(60_000)
  expect(await talk.closed).toBe(1006)
})

/** Status and message of what is answered instead of an upgrade. */
function refusal(
  url: string,
  how: { readonly token?: string; readonly protocol?: string; readonly method?: string } = {},
) {
  return new Promise<readonly [number | undefined, string]>((resolve, reject) => {
    const sent = request(
      url.replace('ws', 'http'),
      {
        method: how.method ?? 'GET',
        agent: false,
        headers: {
          ...(how.token !== undefined && { authorization: `Bearer ${how.token}` }),
          ...(how.protocol !== undefined && {
            connection: 'Upgrade',
            upgrade: how.protocol.startsWith('SPDY/') && how.method === 'POST' ? how.protocol : 'websocket',
            'sec-websocket-version': '13',
            'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
            'sec-websocket-protocol': how.protocol,
          }),
        },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part: string) => (text += part))
        response.on('end', () =>
          resolve([response.statusCode, (JSON.parse(text) as { readonly message: string }).message]),
        )
      },
    )
    sent.on('error', reject)
    sent.on('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new Error('it was upgraded'))
    })
    sent.end()
  })
}

test('what may not be, is not there, or is asked for otherwise is refused with a status, before any upgrade', async () => {
  const name = podsOf()[0]?.metadata.name ?? ''
  const protocol = 'v4.channel.k8s.io'
  const [unknown, viewer, missing, port] = await Promise.all([
    refusal(`${tcp}${path(name)}`, { token: 'nobody', protocol }),
    refusal(`${tcp}${path(name)}`, { token: 'viewer-token', protocol }),
    refusal(`${tcp}${path('none')}`, { protocol }),
    refusal(`${tcp}${path(name, 'http')}`, { protocol }),
  ])
  expect(unknown).toEqual([401, 'Unauthorized'])
  expect(viewer).toEqual([403, `pods "${name}" is forbidden: `])
  expect(missing).toEqual([404, 'pods "none" not found'])
  expect(port).toEqual([400, 'unable to parse "http" as a port'])
  expect(await refusal(`${tcp}${path(name)}`)).toEqual([400, 'Upgrade request required'])
  for (const [method, spdy] of [
    ['GET', 'SPDY/3.1+portforward.k8s.io'],
    ['POST', 'SPDY/3.1'],
  ] as const)
    expect(await refusal(`${tcp}${path(name)}`, { method, protocol: spdy })).toEqual([
      501,
      'this is the practice cluster: it does not speak SPDY, which kubectl port-forward needs. Use instead: tranche port-forward SERVICE --batch 1',
    ])
  // What asks for an upgrade of something else is answered as without.
  const exec = `${tcp}/api/v1/namespaces/demo/pods/${name}/exec`
  expect((await refusal(exec, { protocol }))[0]).toBe(501)
})

test('the network may refuse, drop or delay it like any other request', async () => {
  const name = podsOf()[0]?.metadata.name ?? ''
  const when = ({ subresource }: { readonly subresource: string }): boolean => subresource === 'portforward'
  const error = { code: 503, reason: 'ServiceUnavailable', message: 'later' }
  cluster.hooks.disturb({ when, what: { kind: 'refuse', error } })
  expect(await refusal(`${tcp}${path(name)}`, { protocol: 'v4.channel.k8s.io' })).toEqual([503, 'later'])
  cluster.hooks.disturb({ when, what: { kind: 'drop' } })
  await expect(open(`${tcp}${path(name)}`)).rejects.toThrow()
})
