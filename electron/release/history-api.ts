import type { Reply } from '../../shared/fault.ts'
import type { Uid } from '../../shared/ids.ts'
import type { Json, JsonObject } from '../../shared/k8s/json.ts'
import type { TrialPlace } from './release-api.ts'
import type { ConfigMap } from '../../shared/k8s/objects.ts'

/** The calls that the past of a Service is made of. */
export type HistoryApi = {
  getConfigMap(namespace: string, name: string): Promise<Reply<ConfigMap>>
  createConfigMap(namespace: string, body: Json): Promise<Reply<ConfigMap>>
  replaceConfigMap(namespace: string, name: string, body: Json): Promise<Reply<ConfigMap>>
  /** One of both with dryRun=All; without a name the first. */
  tryConfigMap(place: TrialPlace, body: Json): Promise<Reply<ConfigMap>>
  replicaSetTemplate(
    namespace: string,
    name: string,
  ): Promise<Reply<{ readonly owner: Uid | undefined; readonly template: JsonObject }>>
}
