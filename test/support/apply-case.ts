import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { listAt, textAt, type JsonObject } from '../../electron/training/objects/json.ts'
import type { KubeClient } from './kube-client.ts'

const folder = resolve(import.meta.dirname, '..', 'cases')

/** The objects of a file in test/cases: inputs that failed once. */
export function readCase(name: string): readonly JsonObject[] {
  const list = JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as JsonObject
  return listAt(list, 'items') as readonly JsonObject[]
}

/** Creates the objects of a case in a namespace, or merges them into those that are there, as `kubectl apply` does. */
export async function applyCase(client: KubeClient, name: string, namespace: string): Promise<void> {
  for (const object of readCase(name)) {
    const kind = textAt(object, 'kind')
    const base =
      kind === 'Deployment'
        ? `/apis/apps/v1/namespaces/${namespace}/deployments`
        : `/api/v1/namespaces/${namespace}/services`
    const made = await client.post(base, object)
    if (made.status === 201) continue
    if (made.status !== 409) throw new Error(made.text)
    const path = `${base}/${textAt(object, 'metadata', 'name') ?? ''}`
    const changed = await client.patch(path, 'strategic', object)
    if (changed.status !== 200) throw new Error(changed.text)
  }
}
