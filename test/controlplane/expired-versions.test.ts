import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../../electron/cluster/requests/api.ts'
import { createCredentials } from '../../electron/cluster/sign-in/credentials.ts'
import { listAll } from '../../electron/cluster/requests/list-all.ts'
import { createTransport } from '../../electron/cluster/requests/transport.ts'
import { buildConnectTools, buildSpec } from '../support/build-connection.ts'
import { eventually } from '../support/eventually.ts'
import { startForwarder, type Forwarder } from '../support/forwarder.ts'
import { createKubeClient, type KubeClient } from '../support/kube-client.ts'
import { freshPicture, watchMaps, type WatchedMaps } from '../support/watched-maps.ts'
import { startControlPlane, type RunningControlPlane } from './start-control-plane.ts'
import { wordsOf } from '../support/spoken.ts'

const maps = (namespace: string): string => `/api/v1/namespaces/${namespace}/configmaps`
const portOf = ({ server }: RunningControlPlane): number => Number(new URL(server).port)

async function write(client: KubeClient, namespace: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }
    const { status, text } = await client.post(maps(namespace), map)
    if (status !== 201) throw new Error(text)
  }
}

async function inNamespace(client: KubeClient, name: string, count: number): Promise<string> {
  await client.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  await write(
    client,
    name,
    Array.from({ length: count }, (_, number) => `m-${number}`),
  )
  return name
}

/** One is changed, one goes, one comes, and one goes and comes back under its old name. */
async function changeMuch(client: KubeClient, namespace: string): Promise<void> {
  await client.patch(`${maps(namespace)}/m-0`, 'merge', { data: { a: 'b' } })
  await client.remove(`${maps(namespace)}/m-1`)
  await client.remove(`${maps(namespace)}/m-2`)
  await write(client, namespace, ['m-2', 'new'])
}

function until(watched: WatchedMaps, freshness: string, picture?: string): Promise<true> {
  return eventually(
    () => {
      const shown = watched.shown()
      const isThere = shown.freshness === freshness && (picture === undefined || shown.picture === picture)
      return Promise.resolve(isThere ? true : undefined)
    },
    { what: `it is ${freshness}: ${watched.asked.join(', ')}` },
  )
}

describe.each([
  { version: 'the newest version', emulatedVersion: undefined, list: ['streaming list'] },
  { version: '1.33, which has no streaming lists', emulatedVersion: '1.33', list: ['list', 'watch'] },
])('on $version', ({ emulatedVersion, list }) => {
  let plane: RunningControlPlane
  let admin: KubeClient
  let forwarder: Forwarder
  beforeAll(async () => {
    plane = await startControlPlane(emulatedVersion === undefined ? {} : { emulatedVersion })
    admin = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
    forwarder = await startForwarder({ host: '127.0.0.1', to: portOf(plane) })
  })
  afterAll(async () => {
    await forwarder.close()
    await admin.close()
    await plane.stop()
  })
  const connection = () => ({
    server: `https://127.0.0.1:${forwarder.port}`,
    user: { kind: 'token', token: plane.tokens.admin } as const,
    tls: { insecure: false, ca: { kind: 'text', pem: plane.ca } as const },
  })

  /** Live, then cut off while much changes, then let in again after something was done to the server. */
  async function cutOff(namespace: string, act: () => Promise<void>) {
    await inNamespace(admin, namespace, 5)
    const before = await freshPicture(admin, namespace)
    const watched = watchMaps(connection(), namespace)
    try {
      await until(watched, 'live', before)
      forwarder.cut()
      await until(watched, 'stale', before)
      await changeMuch(admin, namespace)
      await act()
      const after = await freshPicture(admin, namespace)
      const [askedBefore, stepsBefore] = [watched.asked.length, watched.steps.length]
      forwarder.lead(portOf(plane))
      await until(watched, 'live', after)
      return {
        asked: watched.asked.slice(askedBefore).filter((one) => !one.endsWith('unreachable')),
        steps: watched.steps.slice(stepsBefore),
        before,
        after,
      }
    } finally {
      await watched.close()
      forwarder.lead(portOf(plane))
    }
  }

  test('a watch whose version is gone costs one list, and what is shown changes as a whole and is live only then', async () => {
    const { asked, steps, before, after } = await cutOff('gone', async () => {
      await plane.compact()
      await plane.restartServer()
    })
    // The server takes the watch, and says so in its first event.
    expect(asked).toEqual(['watch: event 410', ...list])
    expect(steps.every(({ picture }) => picture === before || picture === after)).toBe(true)
    expect(steps.filter(({ freshness }) => freshness === 'live').map(({ picture }) => picture)).toEqual([
      after,
    ])
  })

  test('a compaction alone costs no list: the server tells what was missed, and nothing is live before all of it', async () => {
    const { asked, steps, after } = await cutOff('compacted', () => plane.compact())
    expect(asked).toEqual(['watch'])
    expect(steps.filter(({ freshness }) => freshness === 'live').map(({ picture }) => picture)).toEqual([
      after,
    ])
  })

  test('a list whose next page is gone is asked for once more as a whole, and has each object once', async () => {
    const namespace = await inNamespace(admin, 'paged', 501)
    const spec = buildSpec(connection())
    const tools = buildConnectTools()
    const credentials = createCredentials(spec, tools)
    const transport = createTransport({ ...tools, spec, credentials, userAgent: 'tranche/test' })
    const api = createApi(transport)
    const asked: string[] = []
    const answer = await listAll(
      {
        async list(kind, options) {
          if (options.continue !== undefined) {
            await changeMuch(admin, namespace)
            await plane.compact()
            const next = `${maps(namespace)}?limit=500&continue=${encodeURIComponent(options.continue)}`
            await eventually(async () => ((await admin.get(next)).status === 410 ? true : undefined), {
              what: 'the server has forgotten the page',
            })
          }
          const page = await api.list(kind, options)
          asked.push(page.ok ? `${page.value.items.length}` : `${page.fault.status ?? 0}`)
          return page
        },
      },
      'ConfigMap',
      { namespace, known: undefined },
    )
    await transport.close()
    if (!answer.ok) throw new Error(wordsOf(answer.fault))
    expect(asked).toEqual(['500', '410', '501'])
    const names = answer.value.items.map(({ meta }) => `${meta.name} ${meta.uid} ${meta.resourceVersion}`)
    expect(names.sort().join('\n')).toBe(await freshPicture(admin, namespace))
  })
})
