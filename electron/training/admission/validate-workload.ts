import { forbidden, negative, required, unsupported, wrong } from './field-errors.ts'
import {
  at,
  equalJson,
  isObject,
  listAt,
  numberAt,
  objectAt,
  plainText,
  textAt,
  type Json,
  type JsonObject,
} from '../objects/json.ts'
import { wrongKey, wrongLabelValue } from '../objects/name-rules.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Cause } from '../objects/status-error.ts'
import { wrongLabels } from './validate-metadata.ts'
import { validatePodSpec } from './validate-pod-spec.ts'

const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist']

function wrongSelector(selector: JsonObject, field: string): readonly Cause[] {
  const labels = Object.entries(objectAt(selector, 'matchLabels')).flatMap(([key, value]) => [
    ...wrongKey(key).map((why) => wrong(`${field}.matchLabels`, key, why)),
    ...wrongLabelValue(plainText(value)).map((why) => wrong(`${field}.matchLabels`, value, why)),
  ])
  const expressions = listAt(selector, 'matchExpressions').flatMap((expression, index) => {
    const way = `${field}.matchExpressions[${index}]`
    const operator = textAt(expression, 'operator') ?? ''
    const count = listAt(expression, 'values').length
    if (!operators.includes(operator))
      return [wrong(`${way}.operator`, operator, 'not a valid selector operator')]
    const isSet = operator === 'In' || operator === 'NotIn'
    if (isSet && count === 0)
      return [required(`${way}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
    return !isSet && count > 0
      ? [forbidden(`${way}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
      : []
  })
  return [...labels, ...expressions]
}

function labelsOf(labels: Json): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt({ labels }, 'labels'))
  return Object.fromEntries(entries.map(([key, value]) => [key, plainText(value)]))
}

/** Selector and template, which Deployments and ReplicaSets have alike. */
function wrongTemplate(object: JsonObject, kind: 'deployment' | 'replicaset'): readonly Cause[] {
  const selector = at(object, 'spec', 'selector')
  const labels = at(object, 'spec', 'template', 'metadata', 'labels') ?? null
  const field = 'spec.template.metadata.labels'
  const isEmpty = isObject(selector) && Object.keys(selector).length === 0
  const wrongOnes = isObject(selector) ? wrongSelector(selector, 'spec.selector') : []
  const selects = isObject(selector) && matchesLabels(selector, labelsOf(labels))
  const podSpec = objectAt(object, 'spec', 'template', 'spec')
  const restartPolicy = textAt(podSpec, 'restartPolicy') ?? ''
  const isForever = restartPolicy === 'Always'
  return [
    ...(selector === undefined ? [required('spec.selector')] : []),
    ...wrongOnes,
    ...(isEmpty ? [wrong('spec.selector', {}, `empty selector is invalid for ${kind}`)] : []),
    ...(wrongOnes.length > 0 ? [wrong('spec.selector', selector ?? null, 'invalid label selector')] : []),
    ...(selects || isEmpty || wrongOnes.length > 0
      ? []
      : [wrong(field, labels, '`selector` does not match template `labels`')]),
    ...wrongLabels(objectAt({ labels }, 'labels'), field),
    ...validatePodSpec(podSpec, 'spec.template.spec'),
    ...(isForever ? [] : [unsupported('spec.template.spec.restartPolicy', restartPolicy, ['Always'])]),
    ...(numberAt(podSpec, 'activeDeadlineSeconds') === undefined
      ? []
      : [
          forbidden(
            'spec.template.spec.activeDeadlineSeconds',
            'activeDeadlineSeconds in ReplicaSet is not Supported',
          ),
        ]),
  ]
}

function wrongShare(value: Json | undefined, field: string): readonly Cause[] {
  if (typeof value === 'number') return negative(field, value)
  if (typeof value !== 'string' || /^\d+%$/.test(value)) return []
  const why =
    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')"
  return [wrong(field, value, why)]
}

function wrongRolling(rolling: JsonObject): readonly Cause[] {
  const field = 'spec.strategy.rollingUpdate'
  const { maxSurge = 0, maxUnavailable = 0 } = rolling
  const isZero = (value: Json) => value === 0 || value === '0%'
  const percent = Number(/^(\d+)%$/.exec(plainText(maxUnavailable))?.[1] ?? 0)
  return [
    ...wrongShare(maxUnavailable, `${field}.maxUnavailable`),
    ...wrongShare(maxSurge, `${field}.maxSurge`),
    ...(isZero(maxSurge) && isZero(maxUnavailable)
      ? [wrong(`${field}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')]
      : []),
    ...(percent > 100
      ? [wrong(`${field}.maxUnavailable`, maxUnavailable, 'must not be greater than 100%')]
      : []),
  ]
}

function wrongStrategy(strategy: JsonObject): readonly Cause[] {
  const rolling = strategy['rollingUpdate']
  switch (strategy['type']) {
    case 'Recreate':
      return rolling === undefined
        ? []
        : [
            forbidden(
              'spec.strategy.rollingUpdate',
              "may not be specified when strategy `type` is 'Recreate'",
            ),
          ]
    case 'RollingUpdate':
      return wrongRolling(objectAt(strategy, 'rollingUpdate'))
    default: {
      // The server prints the field of its own struct here.
      const shown = { Type: strategy['type'] ?? '', RollingUpdate: rolling ?? null }
      return [unsupported('spec.strategy', shown, ['Recreate', 'RollingUpdate'])]
    }
  }
}

export function validateReplicaSet(object: JsonObject): readonly Cause[] {
  return [
    ...negative('spec.replicas', numberAt(object, 'spec', 'replicas')),
    ...negative('spec.minReadySeconds', numberAt(object, 'spec', 'minReadySeconds')),
    ...wrongTemplate(object, 'replicaset'),
  ]
}

export function validateDeployment(object: JsonObject): readonly Cause[] {
  const spec = objectAt(object, 'spec')
  const deadline = numberAt(spec, 'progressDeadlineSeconds')
  const minReady = numberAt(spec, 'minReadySeconds') ?? 0
  return [
    ...negative('spec.replicas', numberAt(spec, 'replicas')),
    ...wrongTemplate(object, 'deployment'),
    ...wrongStrategy(objectAt(spec, 'strategy')),
    ...negative('spec.minReadySeconds', minReady),
    ...negative('spec.revisionHistoryLimit', numberAt(spec, 'revisionHistoryLimit')),
    ...negative('spec.progressDeadlineSeconds', deadline),
    ...(deadline !== undefined && deadline <= minReady
      ? [wrong('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')]
      : []),
  ]
}

/** A selector stays as it was made. */
export function changedSelector(object: JsonObject, old: JsonObject): readonly Cause[] {
  const selector = objectAt(object, 'spec', 'selector')
  return equalJson(selector, objectAt(old, 'spec', 'selector'))
    ? []
    : [wrong('spec.selector', selector, 'field is immutable')]
}
