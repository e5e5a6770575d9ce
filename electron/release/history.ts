import { ok, type Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { ConfigMap } from '../../shared/k8s/objects.ts'
import type { Release } from '../../shared/release/release.ts'
import type { HistoryApi } from './history-api.ts'
import { readHistory, withReleases, type HistoryEntry } from './history-map.ts'
import { ownName } from './own-name.ts'

export type HistoryPlace = { readonly namespace: string; readonly service: string }

function historyName(service: string): string {
  return ownName('tranche-history', service)
}

/** The last releases of a Service as the cluster keeps them; none where there is no history yet. */
export async function fetchHistory(
  api: HistoryApi,
  { namespace, service }: HistoryPlace,
): Promise<Reply<readonly HistoryEntry[]>> {
  const found = await api.getConfigMap(namespace, historyName(service))
  if (found.ok) return ok(readHistory(found.value.binaryData))
  return found.fault.code === 'not-found' ? ok([]) : found
}

/** Puts releases into the history: compare-and-swap, and one more look when somebody else was faster. */
export async function keepReleases(
  api: HistoryApi,
  place: HistoryPlace,
  releases: readonly Release[],
): Promise<Reply<null>> {
  const first = await keepOnce(api, place, releases)
  if (first.ok || first.fault.code !== 'conflict') return first
  return keepOnce(api, place, releases)
}

/** Whether the cluster would take a release into the history: the same ConfigMap, and nothing is written. */
export function rehearseKeeping(
  api: HistoryApi,
  place: HistoryPlace,
  release: Release,
): Promise<Reply<null>> {
  return keepOnce(api, { ...place, dryRun: true }, [release])
}

async function keepOnce(
  api: HistoryApi,
  { dryRun = false, ...place }: HistoryPlace & { readonly dryRun?: boolean },
  releases: readonly Release[],
): Promise<Reply<null>> {
  const name = historyName(place.service)
  const found = await api.getConfigMap(place.namespace, name)
  if (!found.ok && found.fault.code !== 'not-found') return found
  const before = found.ok ? found.value : undefined
  const after = withReleases(before?.binaryData ?? {}, releases)
  if (before !== undefined && isSame(before.binaryData, after)) return ok(null)
  const body = bodyOf(place, before, after)
  const written = await writeMap(api, body, {
    namespace: place.namespace,
    dryRun,
    ...(before !== undefined && { name }),
  })
  return written.ok ? ok(null) : written
}

function writeMap(
  api: HistoryApi,
  body: Json,
  {
    namespace,
    name,
    dryRun,
  }: { readonly namespace: string; readonly name?: string; readonly dryRun: boolean },
): Promise<Reply<ConfigMap>> {
  if (dryRun) return api.tryConfigMap({ namespace, ...(name !== undefined && { name }) }, body)
  return name === undefined
    ? api.createConfigMap(namespace, body)
    : api.replaceConfigMap(namespace, name, body)
}

function bodyOf(
  { namespace, service }: HistoryPlace,
  before: ConfigMap | undefined,
  binaryData: Readonly<Record<string, string>>,
): Json {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: historyName(service),
      namespace,
      labels: {
        ...before?.meta.labels,
        'app.kubernetes.io/managed-by': 'tranche',
        'tranche.dev/service': service.slice(0, 63),
      },
      annotations: { ...before?.meta.annotations },
      ...(before !== undefined && { resourceVersion: before.meta.resourceVersion }),
    },
    ...(before !== undefined && Object.keys(before.data).length > 0 && { data: { ...before.data } }),
    binaryData: { ...binaryData },
  }
}

function isSame(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
