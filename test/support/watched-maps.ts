import { createApi } from '../../electron/cluster/requests/api.ts'
import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import { createClusterClock } from '../../electron/cluster/clock/cluster-clock.ts'
import type { ConnectionSpec } from '../../electron/cluster/dial/connection-spec.ts'
import { createCredentials } from '../../electron/cluster/sign-in/credentials.ts'
import { createScales } from '../../electron/cluster/dial/weight-of.ts'
import { startReflector, type ReflectorOptions } from '../../electron/cluster/watch/reflector.ts'
import { createTransport } from '../../electron/cluster/requests/transport.ts'
import { createWatchCache } from '../../electron/cluster/watch/watch-cache.ts'
import { kindTable } from '../../shared/k8s/kinds.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Meta } from '../../shared/k8s/objects.ts'
import { buildConnectTools, buildSpec } from './build-connection.ts'
import type { KubeClient } from './kube-client.ts'
import { itemsOf } from './watched-objects.ts'

/** What the ConfigMaps of a namespace are, as one text: equal when the same objects are there in the same versions. */
export type Picture = string

/** The ConfigMaps of one namespace as the application watches them, and all that it asked for it. */
export type WatchedMaps = {
  shown(): { readonly freshness: 'never' | 'live' | 'stale'; readonly picture: Picture }
  /** Everything that was shown, in order, each once. */
  readonly steps: readonly { readonly freshness: string; readonly picture: Picture }[]
  /** What was asked for and what the server refused, in order. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

function pictureOf(objects: readonly { readonly meta: Meta }[]): Picture {
  return objects
    .map(({ meta }) => `${meta.name} ${meta.uid} ${meta.resourceVersion}`)
    .sort()
    .join('\n')
}

/** The same from the server itself. */
export async function freshPicture(client: KubeClient, namespace: string): Promise<Picture> {
  const { body } = await client.get(`/api/v1/namespaces/${namespace}/configmaps`)
  const read = kindTable.ConfigMap.read
  return pictureOf(itemsOf(body).flatMap((raw) => read(raw as Json) ?? []))
}

export function watchMaps(parts: Partial<ConnectionSpec>, namespace: string): WatchedMaps {
  const spec = buildSpec(parts)
  const tools = buildConnectTools()
  const credentials = createCredentials(spec, tools)
  const transport = createTransport({ ...tools, spec, credentials, userAgent: 'tranche/test' })
  const api = createApi(transport)
  const asked: string[] = []
  const steps: { freshness: string; picture: Picture }[] = []

  const noted: ReflectorOptions<'ConfigMap'>['api'] = {
    withheld: api.withheld,
    async list(kind, list) {
      const page = await api.list(kind, list)
      asked.push(page.ok ? 'list' : `list: ${page.fault.status ?? page.fault.code}`)
      return page
    },
    async watch(kind, watch) {
      const what = watch.query['sendInitialEvents'] === 'true' ? 'streaming list' : 'watch'
      const opened = await api.watch(kind, watch)
      if (!opened.ok) {
        asked.push(`${what}: ${opened.fault.status ?? opened.fault.code}`)
        return opened
      }
      const at = asked.push(what) - 1
      return {
        ok: true,
        value: refusalsIn(opened.value, (code) => (asked[at] = `${what}: event ${code}`)),
      }
    },
  }
  const cache = createWatchCache<'ConfigMap'>(() => {
    const step = { freshness: cache.freshness().kind, picture: pictureOf(cache.all()) }
    const last = steps.at(-1)
    if (last?.freshness !== step.freshness || last.picture !== step.picture) steps.push(step)
  })
  const reflector = startReflector({
    api: noted,
    kind: 'ConfigMap',
    namespace,
    cache,
    clock: createClusterClock(createSystemClock()),
    random: () => 0,
    cluster: { streamingLists: true, scales: createScales() },
    lane: () => 'normal',
    log: (line) => asked.push(line),
  })
  return {
    shown: () => ({ freshness: cache.freshness().kind, picture: pictureOf(cache.all()) }),
    steps,
    asked,
    async close() {
      reflector.stop()
      await transport.close()
    },
  }
}

/** Tells the code of each ERROR event that passes; those come in lines of their own. */
async function* refusalsIn(
  stream: AsyncIterable<Uint8Array>,
  tell: (code: string) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    const error = /"type":"ERROR".*"code":(\d+)/.exec(Buffer.from(chunk).toString())
    if (error?.[1] !== undefined) tell(error[1])
    yield chunk
  }
}
