import type { Api } from '../../cluster/requests/api.ts'
import { bounds } from '../../cluster/requests/bounds.ts'
import type { HistoryApi } from '../../release/history-api.ts'

/** What the past of a Service is read from and kept with, on top of one connection's API. */
export function toHistoryApi(api: Api): HistoryApi {
  return {
    getConfigMap: (namespace, name) => api.get('ConfigMap', { namespace, name }, bounds.read),
    createConfigMap: (namespace, body) => api.create('ConfigMap', namespace, body),
    replaceConfigMap: (namespace, name, body) => api.replace('ConfigMap', { namespace, name }, body),
    tryConfigMap: (place, body) => api.tryObject('ConfigMap', place, body),
    replicaSetTemplate: api.replicaSetTemplate,
  }
}
