import { failed, ok, type Reply } from '../../../shared/fault.ts'
import type { Uid } from '../../../shared/ids.ts'
import type { JsonObject } from '../../../shared/k8s/json.ts'
import { readMeta } from '../../../shared/k8s/read-meta.ts'
import { asObject, flagAt, objectAt, textAt } from '../../../shared/k8s/read-json.ts'
import { pathOf } from './api-path.ts'
import { bounds, type Bounds } from './bounds.ts'
import type { Transport } from './transport.ts'

export type AccessQuestion = {
  readonly verb: string
  readonly group: string
  readonly resource: string
  readonly subresource?: string
  readonly namespace: string
  readonly name?: string
}

/** Of the longest, with the commit of a build in it, it is several times the length. */
const longestVersion = 200

/** What the server says of itself, and of us. */
export function reviewCalls(transport: Transport) {
  const { withheld } = transport
  return {
    async accessReview(
      question: AccessQuestion,
    ): Promise<Reply<{ readonly allowed: boolean; readonly reason: string }>> {
      const answer = await transport.request({
        method: 'POST',
        path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { ...question } },
        },
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      const status = objectAt(answer.value.body, 'status')
      return ok({ allowed: flagAt(status, 'allowed'), reason: textAt(status, 'reason') })
    },

    /** The name that the server knows us by; servers before 1.28 can't say. */
    async whoAmI(): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'POST',
        path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
        body: { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' },
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      return ok(textAt(objectAt(objectAt(answer.value.body, 'status'), 'userInfo'), 'username'))
    },

    async version(limits: Bounds): Promise<Reply<string>> {
      const answer = await transport.request({ method: 'GET', path: '/version', bounds: limits })
      if (!answer.ok) return answer
      const version = asObject(answer.value.body)['gitVersion']
      return typeof version === 'string' && version.length <= longestVersion
        ? ok(withheld.text(version))
        : failed('bad-answer', { kind: 'answer-no-version' })
    },
  }
}

/** What a pod has written, and what a ReplicaSet was made of. */
export function pastCalls(transport: Transport) {
  return {
    /** A watched ReplicaSet holds no template: this one is asked for when it is needed. */
    async replicaSetTemplate(
      namespace: string,
      name: string,
    ): Promise<Reply<{ readonly owner: Uid | undefined; readonly template: JsonObject }>> {
      const answer = await transport.request({
        method: 'GET',
        path: pathOf('ReplicaSet', namespace, name),
        bounds: bounds.read,
      })
      if (!answer.ok) return answer
      const owner = readMeta(answer.value.body)?.controller?.uid
      return ok({ owner, template: objectAt(objectAt(answer.value.body, 'spec'), 'template') })
    },

    async podLog(
      namespace: string,
      pod: string,
      log: {
        readonly container?: string | undefined
        readonly previous: boolean
        readonly tailLines: number
      },
    ): Promise<Reply<string>> {
      const answer = await transport.request({
        method: 'GET',
        path: `${pathOf('Pod', namespace, pod)}/log`,
        query: {
          tailLines: `${log.tailLines}`,
          ...(log.container !== undefined && { container: log.container }),
          ...(log.previous && { previous: 'true' }),
        },
        text: true,
        bounds: bounds.log,
      })
      return answer.ok ? ok(answer.value.text) : answer
    },
  }
}
