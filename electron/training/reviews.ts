import { answerJson, type Answer } from './answer.ts'
import { objectAt, textAt, type JsonObject } from './json.ts'
import { isAllowed, type User } from './users.ts'

/** Answers about oneself: who am I, may I do this. Undefined for other kinds. */
export function review(plural: string, body: JsonObject, user: User): Answer | undefined {
  const spec = objectAt(body, 'spec')
  switch (plural) {
    case 'selfsubjectreviews': {
      const userInfo = { username: user.name, groups: user.groups }
      return answerJson(201, {
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: {},
        status: { userInfo },
      })
    }
    case 'selfsubjectaccessreviews': {
      const asked = objectAt(spec, 'resourceAttributes')
      const allowed = isAllowed(user, {
        verb: textAt(asked, 'verb') ?? '',
        group: textAt(asked, 'group') ?? '',
        plural: textAt(asked, 'resource') ?? '',
        subresource: textAt(asked, 'subresource') ?? '',
        namespace: textAt(asked, 'namespace') ?? '',
        name: textAt(asked, 'name') ?? '',
      })
      const apiVersion = 'authorization.k8s.io/v1'
      return answerJson(201, {
        kind: 'SelfSubjectAccessReview',
        apiVersion,
        metadata: {},
        spec,
        status: { allowed },
      })
    }
    default:
      return undefined
  }
}
