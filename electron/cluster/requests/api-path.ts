import { kindTable } from '../../../shared/k8s/kinds.ts'
import type { KindName } from '../../../shared/k8s/objects.ts'

export type ObjectName = { readonly namespace: string; readonly name: string }

/** Where an object, or without a name all of its kind, is found. */
export function pathOf(kind: KindName, namespace: string | undefined, name?: string): string {
  const { apiPath, plural, namespaced } = kindTable[kind]
  const scope = namespaced && namespace !== undefined ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  return `${apiPath}${scope}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`
}
