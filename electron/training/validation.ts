import { equalJson, isList, isObject, numberAt, objectAt, textAt, type JsonObject } from './json.ts'
import type { Resource } from './resources.ts'
import type { Cause } from './status-error.ts'

const microTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(Z|[+-]\d\d:\d\d)$/
const nameForm = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/

/** Every wrong field of an object about to be stored; `old` is there for updates. */
export function validate(
  resource: Resource,
  object: JsonObject,
  old: JsonObject | undefined,
): readonly Cause[] {
  const name = textAt(object, 'metadata', 'name') ?? ''
  return [
    ...(nameForm.test(name) || name === ''
      ? []
      : [wrong('metadata.name', `Invalid value: "${name}": must be a lowercase RFC 1123 subdomain`)]),
    ...(resource.plural === 'deployments' ? wrongDeployment(object, old) : []),
    ...(resource.plural === 'leases' ? wrongLease(object) : []),
  ]
}

function wrongDeployment(object: JsonObject, old: JsonObject | undefined): readonly Cause[] {
  const causes: Cause[] = []
  const replicas = numberAt(object, 'spec', 'replicas') ?? 1
  if (replicas < 0)
    causes.push(wrong('spec.replicas', `Invalid value: ${replicas}: must be greater than or equal to 0`))
  const selector = objectAt(object, 'spec', 'selector')
  if (old !== undefined && !equalJson(selector, objectAt(old, 'spec', 'selector'))) {
    causes.push(wrong('spec.selector', 'Invalid value: field is immutable'))
  }
  const labels = objectAt(object, 'spec', 'template', 'metadata', 'labels')
  const wanted = Object.entries(objectAt(selector, 'matchLabels'))
  if (!wanted.every(([key, value]) => labels[key] === value)) {
    causes.push(
      wrong('spec.template.metadata.labels', 'Invalid value: `selector` does not match template `labels`'),
    )
  }
  const rolling = objectAt(object, 'spec', 'strategy', 'rollingUpdate')
  const isZero = (value: unknown): boolean => value === 0 || value === '0%'
  if (isZero(rolling['maxSurge']) && isZero(rolling['maxUnavailable'])) {
    causes.push(
      wrong(
        'spec.strategy.rollingUpdate.maxUnavailable',
        'Invalid value: 0: may not be 0 when `maxSurge` is 0',
      ),
    )
  }
  const unavailable = /^(\d+)%$/.exec(textAt(rolling, 'maxUnavailable') ?? '')?.[1]
  if (Number(unavailable ?? 0) > 100) {
    const message = `Invalid value: "${unavailable ?? ''}%": must not be greater than 100%`
    causes.push(wrong('spec.strategy.rollingUpdate.maxUnavailable', message))
  }
  const deadline = numberAt(object, 'spec', 'progressDeadlineSeconds') ?? 600
  if (deadline <= (numberAt(object, 'spec', 'minReadySeconds') ?? 0)) {
    causes.push(
      wrong(
        'spec.progressDeadlineSeconds',
        `Invalid value: ${deadline}: must be greater than minReadySeconds`,
      ),
    )
  }
  const containers = object['spec'] === undefined ? [] : containersOf(object)
  containers.forEach((container, index) => {
    if ((textAt(container, 'image') ?? '') !== '') return
    causes.push({
      reason: 'FieldValueRequired',
      field: `spec.template.spec.containers[${index}].image`,
      message: 'Required value',
    })
  })
  return causes
}

function wrongLease(object: JsonObject): readonly Cause[] {
  const times = ['acquireTime', 'renewTime'] as const
  const spec = objectAt(object, 'spec')
  return times.flatMap((field) => {
    const value = textAt(spec, field)
    return value === undefined || microTime.test(value)
      ? []
      : [wrong(`spec.${field}`, `Invalid value: "${value}": no MicroTime`)]
  })
}

function containersOf(object: JsonObject): readonly JsonObject[] {
  const list = objectAt(object, 'spec', 'template', 'spec')['containers']
  return isList(list) ? list.filter((one) => isObject(one)) : []
}

function wrong(field: string, message: string): Cause {
  return { reason: 'FieldValueInvalid', field, message }
}
