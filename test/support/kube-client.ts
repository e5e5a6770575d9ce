import { Agent, fetch, type Dispatcher } from 'undici'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { jsonLines } from '../../electron/cluster/watch/json-lines.ts'

export type KubeAnswer = {
  readonly status: number
  readonly headers: Headers
  /** The whole answer as JSON; a text when it is none. */
  readonly body: JsonObject
  readonly text: string
}

export type KubeRequest = {
  readonly body?: unknown
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

export type WatchLine = { readonly type: string; readonly object: JsonObject }

/** The API with plain HTTP and nothing clever: what a test sends is what the server gets. */
export type KubeClient = {
  ask(method: string, path: string, request?: KubeRequest): Promise<KubeAnswer>
  get(path: string): Promise<KubeAnswer>
  post(path: string, body: unknown): Promise<KubeAnswer>
  put(path: string, body: unknown): Promise<KubeAnswer>
  /** `kind`: json, merge, strategic or apply. */
  patch(path: string, kind: PatchKind, body: unknown): Promise<KubeAnswer>
  remove(path: string, body?: unknown): Promise<KubeAnswer>
  /** Lines of a watch until it ends, or until `signal` says so. */
  watch(path: string, signal?: AbortSignal): AsyncGenerator<WatchLine>
  close(): Promise<void>
}

export type PatchKind = 'json' | 'merge' | 'strategic' | 'apply'

const patchTypes: Readonly<Record<PatchKind, string>> = {
  json: 'application/json-patch+json',
  merge: 'application/merge-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
}

export type KubeTarget = {
  readonly server: string
  readonly token: string
  /** In PEM; none for plain http. */
  readonly ca?: string
}

export function createKubeClient({ server, token, ca }: KubeTarget): KubeClient {
  const dispatcher: Dispatcher = new Agent({
    connections: 32,
    bodyTimeout: 0,
    ...(ca === undefined ? {} : { connect: { ca } }),
  })
  const authorization = { authorization: `Bearer ${token}` }

  async function ask(method: string, path: string, request: KubeRequest = {}): Promise<KubeAnswer> {
    const { body, contentType = 'application/json', headers = {} } = request
    const answer = await fetch(`${server}${path}`, {
      method,
      dispatcher,
      headers: {
        ...authorization,
        ...(body === undefined ? {} : { 'content-type': contentType }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers as unknown as Headers, body: parsed(text), text }
  }

  return {
    ask,
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, { body }),
    put: (path, body) => ask('PUT', path, { body }),
    patch: (path, kind, body) => ask('PATCH', path, { body, contentType: patchTypes[kind] }),
    remove: (path, body) => ask('DELETE', path, body === undefined ? {} : { body }),
    async *watch(path, signal) {
      const answer = await fetch(`${server}${path}`, {
        dispatcher,
        headers: authorization,
        ...(signal === undefined ? {} : { signal }),
      })
      if (answer.status !== 200 || answer.body === null) {
        throw new Error(`watch ${path}: ${answer.status} ${await answer.text()}`)
      }
      try {
        for await (const line of jsonLines(answer.body)) yield JSON.parse(line) as WatchLine
      } catch (error) {
        if (signal?.aborted !== true) throw error
      }
    },
    close: () => dispatcher.destroy(),
  }
}

function parsed(text: string): JsonObject {
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return {}
  }
}
