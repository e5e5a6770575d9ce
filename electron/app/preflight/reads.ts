import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Json } from '../../../shared/k8s/json.ts'
import type { Amounts } from '../../../shared/k8s/pod-requests.ts'
import type { Api } from '../../cluster/requests/api.ts'
import type { ObjectName } from '../../cluster/requests/api-path.ts'
import type { AccessQuestion } from '../../cluster/requests/review-calls.ts'
import type { Clock } from '../../cluster/clock/clock.ts'
import type { JsonPatchOperation } from '../../release/release-api.ts'
import { addPod, readNode, type NodeOffer, type Taken } from './node-room.ts'
import { createRecent } from './recent.ts'

export type Tried = { readonly object: Json; readonly warnings: readonly string[] }

/** What the checks ask of a cluster. All of it is remembered for a few seconds. */
export type Reads = {
  may(question: AccessQuestion): Promise<Reply<boolean>>
  list(path: string): Promise<Reply<readonly Json[]>>
  /** Of the whole cluster only what the sums need is kept, page by page: its pods are the one large read. */
  nodes(): Promise<Reply<readonly NodeOffer[]>>
  podsOnNodes(): Promise<Reply<Taken>>
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
const keepWholeClusterMs = 60_000
const pageSize = 500
/** More pods than this are not counted: reading them all would cost the API server more than the answer is worth. */
const pagesOfPods = 6
const pagesOfNodes = 2

export function createReads(api: Api, clock: Clock): Reads {
  const access = createRecent<boolean>(clock, keepMs)
  const lists = createRecent<readonly Json[]>(clock, keepMs)
  const nodes = createRecent<readonly NodeOffer[]>(clock, keepWholeClusterMs)
  const podsOnNodes = createRecent<Taken>(clock, keepWholeClusterMs)
  const objects = createRecent<Json>(clock, keepMs)
  const tries = createRecent<Tried>(clock, keepMs)
  const rehearsals = createRecent<null>(clock, keepMs)

  /** A list with more pages than these is told apart from one that was gone through. */
  async function eachItem(path: string, maxPages: number, see: (item: Json) => void): Promise<Reply<null>> {
    let next = ''
    for (let page = 0; page < maxPages; page++) {
      const answer = await api.eachItem(
        path,
        { limit: `${pageSize}`, ...(next !== '' && { continue: next }) },
        see,
      )
      if (!answer.ok) return answer
      next = answer.value
      if (next === '') return ok(null)
    }
    return failed('not-supported', { kind: 'too-many-pages', most: maxPages * pageSize, path })
  }

  async function listed<T>(
    path: string,
    maxPages: number,
    read: (item: Json) => T,
  ): Promise<Reply<readonly T[]>> {
    const items: T[] = []
    const answer = await eachItem(path, maxPages, (item) => void items.push(read(item)))
    return answer.ok ? ok(items) : answer
  }

  return {
    may: (question) =>
      access(JSON.stringify(question), async () => {
        const answer = await api.accessReview(question)
        return answer.ok ? ok(answer.value.allowed) : answer
      }),
    list: (path) => lists(path, () => listed(path, 1, (item) => item)),
    nodes: () => nodes('', () => listed('/api/v1/nodes', pagesOfNodes, readNode)),
    podsOnNodes: () =>
      podsOnNodes('', async () => {
        const taken = new Map<string, Amounts>()
        const answer = await eachItem('/api/v1/pods', pagesOfPods, (pod) => addPod(taken, pod))
        return answer.ok ? ok(taken) : answer
      }),
    metadata: (path) => objects(path, () => api.readRaw(path, {}, true)),
    rehearsed: rehearsals,
    tryPatch: (target, operations) =>
      tries(JSON.stringify([target, operations]), () => api.tryPatch('Deployment', target, operations)),
  }
}
