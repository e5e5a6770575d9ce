import {
  duplicate,
  forbidden,
  negative,
  notThere,
  required,
  unsupported,
  wrong,
  wrongPort,
} from './field-errors.ts'
import {
  isObject,
  listAt,
  numberAt,
  objectAt,
  plainText,
  textAt,
  type Json,
  type JsonObject,
} from '../objects/json.ts'
import { wrongKey, wrongLabelName } from '../objects/name-rules.ts'
import { quantityValue } from '../objects/quantity.ts'
import type { Cause } from '../objects/status-error.ts'

const protocols = ['SCTP', 'TCP', 'UDP']

function wrongPortName(name: string, field: string): readonly Cause[] {
  if (!/^[-a-z0-9]+$/.test(name))
    return [wrong(field, name, 'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')]
  return name.length > 15 ? [wrong(field, name, 'must be no more than 15 characters')] : []
}

function wrongPorts(ports: readonly JsonObject[], field: string): readonly Cause[] {
  const names = new Set<string>()
  return ports.flatMap((port, index) => {
    const way = `${field}[${index}]`
    const name = textAt(port, 'name') ?? ''
    const number = numberAt(port, 'containerPort') ?? 0
    const protocol = textAt(port, 'protocol') ?? ''
    const isTaken = name !== '' && names.has(name)
    names.add(name)
    return [
      ...(name === '' ? [] : wrongPortName(name, `${way}.name`)),
      ...(isTaken ? [duplicate(`${way}.name`, name)] : []),
      ...(number === 0 ? [required(`${way}.containerPort`)] : wrongPort(`${way}.containerPort`, number)),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${way}.protocol`, protocol, protocols)]),
    ]
  })
}

function wrongVariables(variables: readonly JsonObject[], field: string): readonly Cause[] {
  return variables.flatMap((variable, index) => {
    const name = textAt(variable, 'name') ?? ''
    const way = `${field}[${index}].name`
    if (name === '') return [required(way)]
    const why =
      "a valid environment variable name must consist only of printable ASCII characters other than '='"
    return /^[ -<>-~]+$/.test(name) ? [] : [wrong(way, name, why)]
  })
}

const handlers = ['exec', 'httpGet', 'tcpSocket', 'grpc']
const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
]

function wrongHandlers(probe: JsonObject, field: string): readonly Cause[] {
  const given = handlers.filter((name) => isObject(probe[name]))
  const port = probe['httpGet'] === undefined ? undefined : numberAt(probe, 'httpGet', 'port')
  const hasNoCommand = isObject(probe['exec']) && listAt(probe, 'exec', 'command').length === 0
  return [
    ...given
      .slice(1)
      .map((name) => forbidden(`${field}.${name}`, 'may not specify more than 1 handler type')),
    ...(hasNoCommand ? [required(`${field}.exec.command`)] : []),
    ...(port === undefined ? [] : wrongPort(`${field}.httpGet.port`, port)),
    ...(given.length === 0 ? [required(field, 'must specify a handler type')] : []),
  ]
}

function wrongProbe(probe: JsonObject, field: string, mustSucceedOnce: boolean): readonly Cause[] {
  const successes = numberAt(probe, 'successThreshold') ?? 1
  return [
    ...wrongHandlers(probe, field),
    ...probeNumbers.flatMap((name) => negative(`${field}.${name}`, numberAt(probe, name))),
    ...(mustSucceedOnce && successes !== 1
      ? [wrong(`${field}.successThreshold`, successes, 'must be 1')]
      : []),
  ]
}

const standardResources = /^(cpu|memory|ephemeral-storage|hugepages-.+)$/

function wrongAmounts(amounts: JsonObject, field: string): readonly Cause[] {
  return Object.entries(amounts).flatMap(([name, amount]) => {
    const way = `${field}[${name}]`
    const isUnknown = !standardResources.test(name) && !name.includes('/')
    return [
      ...wrongKey(name).map((why) => wrong(way, name, why)),
      ...(isUnknown
        ? [
            wrong(way, name, 'must be a standard resource type or fully qualified'),
            wrong(way, name, 'must be a standard resource for containers'),
          ]
        : []),
      ...(quantityValue(plainText(amount)) < 0
        ? [wrong(way, amount, 'must be greater than or equal to 0')]
        : []),
    ]
  })
}

function wrongResources(resources: JsonObject, field: string): readonly Cause[] {
  const limits = objectAt(resources, 'limits')
  const requests = objectAt(resources, 'requests')
  const above = Object.entries(requests).flatMap(([name, request]) => {
    const limit = limits[name]
    return limit === undefined || quantityValue(plainText(request)) <= quantityValue(plainText(limit))
      ? []
      : [
          wrong(
            `${field}.requests`,
            request,
            `must be less than or equal to ${name} limit of ${plainText(limit)}`,
          ),
        ]
  })
  return [
    ...wrongAmounts(limits, `${field}.limits`),
    ...wrongAmounts(requests, `${field}.requests`),
    ...above,
  ]
}

const policies = ['Always', 'IfNotPresent', 'Never']
const messagePolicies = ['File', 'FallbackToLogsOnError']

function objects(list: readonly Json[]): readonly JsonObject[] {
  return list.filter((one) => isObject(one))
}

/** What is wrong with one container; `volumes` are the names that its mounts may use. */
export function validateContainer(
  container: JsonObject,
  field: string,
  volumes: readonly string[],
): readonly Cause[] {
  const name = textAt(container, 'name') ?? ''
  const pullPolicy = textAt(container, 'imagePullPolicy') ?? ''
  const messagePolicy = textAt(container, 'terminationMessagePolicy') ?? ''
  const mounts = objects(listAt(container, 'volumeMounts'))
  const probes = ['livenessProbe', 'readinessProbe', 'startupProbe']
  return [
    ...(name === ''
      ? [required(`${field}.name`)]
      : wrongLabelName(name).map((why) => wrong(`${field}.name`, name, why))),
    ...((textAt(container, 'image') ?? '') === '' ? [required(`${field}.image`)] : []),
    ...probes.flatMap((probe) => {
      const found = container[probe]
      return isObject(found) ? wrongProbe(found, `${field}.${probe}`, probe !== 'readinessProbe') : []
    }),
    ...(messagePolicies.includes(messagePolicy)
      ? []
      : [unsupported(`${field}.terminationMessagePolicy`, messagePolicy, messagePolicies)]),
    ...wrongPorts(objects(listAt(container, 'ports')), `${field}.ports`),
    ...wrongVariables(objects(listAt(container, 'env')), `${field}.env`),
    ...mounts.flatMap((mount, index) => {
      const volume = textAt(mount, 'name') ?? ''
      return volumes.includes(volume) ? [] : [notThere(`${field}.volumeMounts[${index}].name`, volume)]
    }),
    ...(policies.includes(pullPolicy) ? [] : [unsupported(`${field}.imagePullPolicy`, pullPolicy, policies)]),
    ...wrongResources(objectAt(container, 'resources'), `${field}.resources`),
  ]
}
