import { duplicate, forbidden, required, unsupported, wrong } from './field-errors.ts'
import { isObject, listAt, numberAt, textAt, type Json, type JsonObject } from '../objects/json.ts'
import { wrongLabelName } from '../objects/name-rules.ts'
import type { Cause } from '../objects/status-error.ts'
import { validateContainer } from './validate-container.ts'

const restartPolicies = ['Always', 'OnFailure', 'Never']
const dnsPolicies = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None']

function objects(list: readonly Json[]): readonly JsonObject[] {
  return list.filter((one) => isObject(one))
}

function repeated(
  list: readonly JsonObject[],
  field: string,
  taken: readonly string[] = [],
): readonly Cause[] {
  const seen = new Set<string>(taken)
  return list.flatMap((one, index) => {
    const name = textAt(one, 'name') ?? ''
    const isTaken = seen.has(name)
    seen.add(name)
    return isTaken ? [duplicate(`${field}[${index}].name`, name)] : []
  })
}

function wrongVolumes(volumes: readonly JsonObject[], field: string): readonly Cause[] {
  const wrongOnes = volumes.flatMap((volume, index) => {
    const way = `${field}[${index}]`
    const name = textAt(volume, 'name') ?? ''
    // In the order in which the server looks at them.
    const order = ['emptyDir', 'hostPath', 'secret', 'configMap']
    const types = Object.keys(volume)
      .filter((key) => key !== 'name')
      .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    return [
      ...(name === ''
        ? [required(`${way}.name`)]
        : wrongLabelName(name).map((why) => wrong(`${way}.name`, name, why))),
      ...types.slice(1).map((type) => forbidden(`${way}.${type}`, 'may not specify more than 1 volume type')),
    ]
  })
  return [...wrongOnes, ...repeated(volumes, field)]
}

/** What is wrong with a pod's spec, or with that of a template. */
export function validatePodSpec(spec: JsonObject, field: string): readonly Cause[] {
  const volumes = objects(listAt(spec, 'volumes'))
  const volumeNames = volumes.map((volume) => textAt(volume, 'name') ?? '')
  const containers = objects(listAt(spec, 'containers'))
  const initContainers = objects(listAt(spec, 'initContainers'))
  const names = containers.map((container) => textAt(container, 'name') ?? '')
  const restartPolicy = textAt(spec, 'restartPolicy') ?? ''
  const dnsPolicy = textAt(spec, 'dnsPolicy') ?? ''
  const deadline = numberAt(spec, 'activeDeadlineSeconds')
  const each = (list: readonly JsonObject[], way: string) =>
    list.flatMap((container, index) => validateContainer(container, `${way}[${index}]`, volumeNames))
  return [
    ...wrongVolumes(volumes, `${field}.volumes`),
    ...(containers.length === 0 ? [required(`${field}.containers`)] : []),
    ...each(containers, `${field}.containers`),
    ...repeated(containers, `${field}.containers`),
    ...each(initContainers, `${field}.initContainers`),
    ...repeated(initContainers, `${field}.initContainers`, names),
    ...(restartPolicies.includes(restartPolicy)
      ? []
      : [unsupported(`${field}.restartPolicy`, restartPolicy, restartPolicies)]),
    ...(dnsPolicies.includes(dnsPolicy) ? [] : [unsupported(`${field}.dnsPolicy`, dnsPolicy, dnsPolicies)]),
    ...(deadline !== undefined && deadline < 1
      ? [wrong(`${field}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive')]
      : []),
  ]
}
