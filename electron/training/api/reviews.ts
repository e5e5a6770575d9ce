import { answerError, answerJson, type Answer } from './answer.ts'
import { writeFieldSet } from '../fields/field-set.ts'
import { isObject, objectAt, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { objectType } from '../fields/kubernetes-types.ts'
import { timestamp } from '../objects/objects.ts'
import { badRequest, invalidObject } from '../objects/status-error.ts'
import { compareFields } from '../fields/typed-fields.ts'
import { isAllowed, rulesOf, type User } from './users.ts'
import { managerOf, type WriteRequest } from './writing.ts'

const authorization = 'authorization.k8s.io'

function accessReview(request: WriteRequest, now: number): Answer {
  const { body, caller } = request
  const spec = objectAt(body, 'spec')
  const asked = spec['resourceAttributes']
  const path = spec['nonResourceAttributes']
  if (isObject(asked) === isObject(path)) {
    const message =
      'Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified'
    const cause = { reason: 'FieldValueInvalid', field: 'spec.resourceAttributes', message }
    return answerError(invalidObject({ group: authorization, kind: '', name: '' }, [cause]))
  }
  const allowed = isObject(asked)
    ? isAllowed(caller.user, {
        verb: textAt(asked, 'verb') ?? '',
        group: textAt(asked, 'group') ?? '',
        plural: textAt(asked, 'resource') ?? '',
        subresource: textAt(asked, 'subresource') ?? '',
        namespace: textAt(asked, 'namespace') ?? '',
        name: textAt(asked, 'name') ?? '',
      })
    : isOpenPath(caller.user, path ?? null)
  return reviewed(request, now, { kind: 'SelfSubjectAccessReview', status: { allowed } })
}

/** Paths that are about no resource are open to everybody for reading, as by the role system:discovery. */
function isOpenPath(user: User, asked: Json): boolean {
  return user.groups.includes('system:masters') || textAt(asked, 'verb') === 'get'
}

/** A review is answered as an object that was never stored: with its spec, and the record of who asked. */
function reviewed(
  request: WriteRequest,
  now: number,
  { kind, status }: { readonly kind: string; readonly status: JsonObject },
): Answer {
  const { body } = request
  const apiVersion = `${authorization}/v1`
  const { added } = compareFields({}, { spec: body['spec'] ?? {} }, objectType(kind))
  const entry = {
    manager: managerOf(request),
    operation: 'Update',
    apiVersion,
    time: timestamp(now),
    fieldsType: 'FieldsV1',
    fieldsV1: writeFieldSet(added),
  }
  const metadata = { ...objectAt(body, 'metadata'), managedFields: [entry] }
  return answerJson(201, { kind, apiVersion, metadata, spec: objectAt(body, 'spec'), status })
}

/** Answers about oneself: who am I, may I do this. Undefined for other kinds. */
export function review(request: WriteRequest, now: number): Answer | undefined {
  const { info, body, caller } = request
  const { user } = caller
  switch (info.plural) {
    case 'selfsubjectreviews':
      return answerJson(201, {
        kind: 'SelfSubjectReview',
        apiVersion: 'authentication.k8s.io/v1',
        metadata: {},
        status: { userInfo: { username: user.name, groups: user.groups } },
      })
    case 'selfsubjectaccessreviews':
      return accessReview(request, now)
    case 'selfsubjectrulesreviews': {
      const namespace = textAt(body, 'spec', 'namespace') ?? ''
      if (namespace === '') return answerError(badRequest('no namespace on request'))
      const status = { ...rulesOf(user, namespace), incomplete: false }
      return reviewed(request, now, { kind: 'SelfSubjectRulesReview', status })
    }
    default:
      return undefined
  }
}
