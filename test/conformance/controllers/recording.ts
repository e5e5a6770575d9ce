import { expect } from 'vitest'
import type { KubeObject } from '../../../electron/training/objects/objects.ts'
import { eventually } from '../../support/eventually.ts'
import type { KubeClient } from '../../support/kube-client.ts'

type Recorded<T> = { readonly type: string; readonly object: T; readonly version: number }

export type Recording<T> = {
  /** Everything that was told up to this resource version. */
  through(version: string | undefined): Promise<readonly Recorded<T>[]>
  stop(): void
}

/** Every state of the objects at a path from now on, as a watch tells them: nothing is missed between two looks. */
export async function startRecording<T extends KubeObject>(
  client: KubeClient,
  path: string,
): Promise<Recording<T>> {
  const ending = new AbortController()
  const list = await client.get(path)
  expect(list.status, list.text).toBe(200)
  const { resourceVersion = '' } = list.body['metadata'] as { readonly resourceVersion?: string }
  const told: Recorded<T>[] = []
  let failure: unknown

  async function read(): Promise<void> {
    const separator = path.includes('?') ? '&' : '?'
    const watch = `${path}${separator}watch=1&timeoutSeconds=3600&resourceVersion=${resourceVersion}`
    for await (const { type, object } of client.watch(watch, ending.signal)) {
      const found = object as unknown as T
      told.push({ type, object: found, version: Number(found.metadata.resourceVersion) })
    }
  }
  read().catch((error: unknown) => {
    failure = error
  })

  return {
    through(version) {
      const wanted = Number(version)
      return eventually(
        () => {
          if (failure !== undefined) throw new Error('the watch broke', { cause: failure })
          return Promise.resolve((told.at(-1)?.version ?? 0) >= wanted ? [...told] : undefined)
        },
        { what: `the watch of ${path} tells of version ${version ?? '?'}` },
      )
    },
    stop: () => ending.abort(),
  }
}
