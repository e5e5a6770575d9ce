import { duplicate, forbidden, required, unsupported, wrong, wrongPort } from './field-errors.ts'
import { isObject, listAt, numberAt, textAt, type JsonObject } from '../objects/json.ts'
import type { Cause } from '../objects/status-error.ts'

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort']
const affinities = ['ClientIP', 'None']
const protocols = ['SCTP', 'TCP', 'UDP']
const address = /^(\d{1,3}\.){3}\d{1,3}$/

function wrongPorts(service: JsonObject): readonly Cause[] {
  const ports = listAt(service, 'spec', 'ports').filter((port) => isObject(port))
  const isInternal = textAt(service, 'spec', 'type') === 'ClusterIP'
  const names = new Set<string>()
  return ports.flatMap((port, index) => {
    const way = `spec.ports[${index}]`
    const name = textAt(port, 'name') ?? ''
    const protocol = textAt(port, 'protocol') ?? ''
    const target = numberAt(port, 'targetPort')
    const node = numberAt(port, 'nodePort') ?? 0
    const isTaken = name !== '' && names.has(name)
    names.add(name)
    return [
      ...(name === '' && ports.length > 1 ? [required(`${way}.name`)] : []),
      ...(isTaken ? [duplicate(`${way}.name`, name)] : []),
      ...wrongPort(`${way}.port`, numberAt(port, 'port') ?? 0),
      ...(protocols.includes(protocol) ? [] : [unsupported(`${way}.protocol`, protocol, protocols)]),
      ...(target === undefined ? [] : wrongPort(`${way}.targetPort`, target)),
      ...(isInternal && node !== 0
        ? [forbidden(`${way}.nodePort`, "may not be used when `type` is 'ClusterIP'")]
        : []),
      ...(!isInternal && node !== 0 && (node < 30_000 || node > 32_767)
        ? [
            wrong(
              `${way}.nodePort`,
              node,
              'provided port is not in the valid range. The range of valid ports is 30000-32767',
            ),
          ]
        : []),
    ]
  })
}

export function validateService(service: JsonObject): readonly Cause[] {
  const type = textAt(service, 'spec', 'type') ?? ''
  const affinity = textAt(service, 'spec', 'sessionAffinity') ?? ''
  const ip = textAt(service, 'spec', 'clusterIP') ?? ''
  const isHeadless = ip === 'None'
  const hasPorts = listAt(service, 'spec', 'ports').length > 0
  return [
    ...(hasPorts || isHeadless || type === 'ExternalName' ? [] : [required('spec.ports')]),
    ...wrongPorts(service),
    ...(affinities.includes(affinity) ? [] : [unsupported('spec.sessionAffinity', affinity, affinities)]),
    ...(ip === '' || isHeadless || address.test(ip)
      ? []
      : [wrong('spec.clusterIPs[0]', ip, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]),
    ...(types.includes(type) ? [] : [unsupported('spec.type', type, types)]),
  ]
}
