import type { JsonObject } from '../../electron/training/objects/json.ts'
import type { KubeClient } from './kube-client.ts'

export type WatchedChange<T> = { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly object: T }

type Meta = { readonly metadata: { readonly uid: string; readonly resourceVersion?: string } }

/** Lists and watches a path for as long as it is wanted, and lists again when the server has forgotten. */
export async function watchObjects<T extends Meta>(
  client: KubeClient,
  path: string,
  onChange: (change: WatchedChange<T>) => void,
): Promise<() => Promise<void>> {
  const ending = new AbortController()
  const known = new Map<string, T>()
  const separator = path.includes('?') ? '&' : '?'

  function take(change: WatchedChange<T>): void {
    const { uid } = change.object.metadata
    if (change.type === 'DELETED') known.delete(uid)
    else known.set(uid, change.object)
    onChange(change)
  }

  async function list(): Promise<string> {
    const { status, body, text } = await client.get(path)
    if (status !== 200) throw new Error(`list ${path}: ${status} ${text}`)
    const { metadata, items } = body as unknown as { metadata: { resourceVersion: string }; items: T[] }
    const there = new Set(items.map((one) => one.metadata.uid))
    for (const [uid, object] of [...known]) if (!there.has(uid)) take({ type: 'DELETED', object })
    for (const object of items) {
      const old = known.get(object.metadata.uid)
      if (old?.metadata.resourceVersion === object.metadata.resourceVersion) continue
      take({ type: old === undefined ? 'ADDED' : 'MODIFIED', object })
    }
    return metadata.resourceVersion
  }

  /** Gives the version to go on from; undefined when only a new list helps. */
  async function watchFrom(version: string): Promise<string | undefined> {
    let last = version
    const query = `watch=1&allowWatchBookmarks=true&resourceVersion=${version}`
    for await (const { type, object } of client.watch(`${path}${separator}${query}`, ending.signal)) {
      if (type === 'ERROR') return undefined
      const found = object as unknown as T
      last = found.metadata.resourceVersion ?? last
      if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') take({ type, object: found })
    }
    return last
  }

  async function keepWatching(first: string): Promise<void> {
    let version: string | undefined = first
    while (!ending.signal.aborted) {
      try {
        version ??= await list()
        version = await watchFrom(version)
      } catch {
        // A server that restarts: asked again soon.
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  const over = keepWatching(await list())
  return async () => {
    ending.abort()
    await over
  }
}

/** The items of a list. */
export function itemsOf(body: JsonObject): readonly JsonObject[] {
  return (body['items'] ?? []) as readonly JsonObject[]
}
