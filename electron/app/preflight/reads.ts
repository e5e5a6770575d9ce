import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import { listAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import type { AccessQuestion, Api, ObjectName } from '../../cluster/api.ts'
import type { Clock } from '../../cluster/clock.ts'
import type { JsonPatchOperation } from '../../release/release-api.ts'
import { createRecent } from './recent.ts'

export type Tried = { readonly object: Json; readonly warnings: readonly string[] }

/** What the checks ask of a cluster. All of it is remembered for a few seconds. */
export type Reads = {
  may(question: AccessQuestion): Promise<Reply<boolean>>
  /** `maxPages` of 500: a cluster with more is told apart from one that was counted. */
  list(path: string, maxPages?: number): Promise<Reply<readonly Json[]>>
  /** Without the content: enough to know that it is there. */
  metadata(path: string): Promise<Reply<Json>>
  /** A trial of something that hardly depends on what a person types. */
  rehearsed(key: string, ask: () => Promise<Reply<null>>): Promise<Reply<null>>
  tryPatch(target: ObjectName, operations: readonly JsonPatchOperation[]): Promise<Reply<Tried>>
}

/** Asked once, however many checks want to know. */
export function patchQuestion(namespace: string, name: string): AccessQuestion {
  return { verb: 'patch', group: 'apps', resource: 'deployments', namespace, name }
}

const keepMs = 8_000
/** The whole cluster's pods are the one large read. */
const keepWholeClusterMs = 60_000
const pageSize = 500

export function createReads(api: Api, clock: Clock): Reads {
  const access = createRecent<boolean>(clock, keepMs)
  const lists = createRecent<readonly Json[]>(clock, keepMs)
  const wholeLists = createRecent<readonly Json[]>(clock, keepWholeClusterMs)
  const objects = createRecent<Json>(clock, keepMs)
  const tries = createRecent<Tried>(clock, keepMs)
  const rehearsals = createRecent<null>(clock, keepMs)

  async function listAll(path: string, maxPages: number): Promise<Reply<readonly Json[]>> {
    const items: Json[] = []
    let next = ''
    for (let page = 0; page < maxPages; page++) {
      const answer = await api.readRaw(path, {
        limit: `${pageSize}`,
        ...(next !== '' && { continue: next }),
      })
      if (!answer.ok) return answer
      items.push(...listAt(answer.value, 'items'))
      next = textAt(objectAt(answer.value, 'metadata'), 'continue')
      if (next === '') return ok(items)
    }
    return failed('not-supported', `There are more than ${maxPages * pageSize} objects at ${path}.`)
  }

  return {
    may: (question) =>
      access(JSON.stringify(question), async () => {
        const answer = await api.accessReview(question)
        return answer.ok ? ok(answer.value.allowed) : answer
      }),
    list: (path, maxPages = 1) => (maxPages > 1 ? wholeLists : lists)(path, () => listAll(path, maxPages)),
    metadata: (path) => objects(path, () => api.readRaw(path, {}, true)),
    rehearsed: rehearsals,
    tryPatch: (target, operations) =>
      tries(JSON.stringify([target, operations]), () => api.tryPatch('Deployment', target, operations)),
  }
}
