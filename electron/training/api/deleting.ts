import { answerJson, answerText, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { textAt } from '../objects/json.ts'
import type { Removal } from '../objects/lifecycle.ts'
import type { KubeObject } from '../objects/objects.ts'
import { listAnswer, matcherOf } from './reading.ts'
import { namespaces, type Resource } from '../objects/resources.ts'
import {
  badRequest,
  conflictingKind,
  forbiddenObject,
  good,
  notFound,
  refuse,
  type Result,
} from '../objects/status-error.ts'
import { isDryRun, type WriteRequest } from './writing.ts'

/** Admission lets nobody delete these. */
const protectedNamespaces = ['default', 'kube-system', 'kube-public']

function removalOf(request: WriteRequest): Result<Removal> {
  const { body, info } = request
  const grace = body['gracePeriodSeconds'] ?? info.query.get('gracePeriodSeconds') ?? ''
  const propagation = textAt(body, 'propagationPolicy') ?? info.query.get('propagationPolicy')
  const orphan = body['orphanDependents'] === true
  const seconds = Number(grace)
  if (!Number.isInteger(seconds))
    return refuse(badRequest(`strconv.ParseInt: parsing ${JSON.stringify(grace)}: invalid syntax`))
  return good({
    propagation:
      propagation === 'Foreground'
        ? 'Foreground'
        : propagation === 'Orphan' || orphan
          ? 'Orphan'
          : 'Background',
    // Less than nothing counts as the shortest grace there is.
    ...(grace === '' ? {} : { graceSeconds: seconds < 0 ? 1 : seconds }),
  })
}

function checkPreconditions(
  resource: Resource,
  object: KubeObject,
  request: WriteRequest,
): Result<undefined> {
  const { body } = request
  const name = object.metadata.name
  const uid = textAt(body, 'preconditions', 'uid')
  if (uid !== undefined && uid !== object.metadata.uid) {
    const why = `the UID in the precondition (${uid}) does not match the UID in record (${object.metadata.uid}). The object might have been deleted and then recreated`
    return refuse(conflictingKind(resource, name, why))
  }
  const version = textAt(body, 'preconditions', 'resourceVersion')
  if (version !== undefined && version !== object.metadata.resourceVersion) {
    const why = `the ResourceVersion in the precondition (${version}) does not match the ResourceVersion in record (${object.metadata.resourceVersion ?? ''}). The object might have been modified`
    return refuse(conflictingKind(resource, name, why))
  }
  return good(undefined)
}

export function remove(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info, body } = request
  const removal = removalOf(request)
  if (!removal.ok) return removal
  const object = context.store.get(resource, info.namespace, info.name)
  if (object === undefined) return refuse(notFound(resource, info.name))
  const checked = checkPreconditions(resource, object, request)
  if (!checked.ok) return checked
  if (resource.plural === namespaces.plural && protectedNamespaces.includes(info.name))
    return refuse(forbiddenObject(resource, info.name, 'this namespace may not be deleted'))
  const isKept = isDryRun(info, body)
  const left = isKept ? object : context.lifecycle.remove(resource, object, removal.value)
  if (left.metadata.deletionTimestamp !== undefined || resource.plural === 'pods')
    return good(answerText(200, context.text.whole(left)))
  const details = {
    name: info.name,
    ...(resource.group === '' ? {} : { group: resource.group }),
    kind: resource.plural,
    uid: object.metadata.uid,
  }
  return good(answerJson(200, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }))
}

/** Gives the list of what it has deleted. */
export function removeAll(context: ApiContext, resource: Resource, request: WriteRequest): Result<Answer> {
  const { info, body } = request
  const matcher = matcherOf(resource, info)
  if (!matcher.ok) return matcher
  const removal = removalOf(request)
  if (!removal.ok) return removal
  const all = context.store.list(resource, info.namespace === '' ? undefined : info.namespace)
  const objects = all.filter(matcher.value)
  if (!isDryRun(info, body))
    for (const object of objects) context.lifecycle.remove(resource, object, removal.value)
  return good(listAnswer(context, resource, { version: context.store.version(), objects }))
}
