import type { ApiContext } from '../api/api-context.ts'
import { isObject, listAt, objectAt, textAt, type Json } from '../objects/json.ts'
import { asJson, asKubeObject, type KubeObject } from '../objects/objects.ts'
import { services, type Resource } from '../objects/resources.ts'
import { good, invalid, refuse, type Result } from '../objects/status-error.ts'

const firstNodePort = 30000
const nodePortCount = 2768

/** Gives a Service its cluster IP and node ports, as far as it does not name them itself; 422 for a foreign address. */
export function allocateService(
  context: Pick<ApiContext, 'store'>,
  resource: Resource,
  draft: KubeObject,
): Result<KubeObject> {
  if (resource.plural !== services.plural) return good(draft)
  const body = asJson(draft)
  const spec = objectAt(body, 'spec')
  const all = context.store.list(services)
  const addresses = new Set(all.map((service) => service.spec.clusterIP))
  const nodePorts = new Set(all.flatMap((service) => service.spec.ports ?? []).map((port) => port.nodePort))
  let host = 10
  while (addresses.has(`10.96.${host >> 8}.${host & 255}`)) host += 1
  const asked = textAt(spec, 'clusterIP') ?? ''
  const address = asked === '' ? `10.96.${host >> 8}.${host & 255}` : asked
  const isOutside = address !== 'None' && !address.startsWith('10.96.')
  if (isOutside || (asked !== '' && asked !== 'None' && addresses.has(asked))) {
    const why = isOutside
      ? 'the provided network does not match the current range'
      : 'provided IP is already allocated'
    const message = `Invalid value: ["${address}"]: failed to allocate IP ${address}: ${why}`
    const cause = { reason: 'FieldValueInvalid', field: 'spec.clusterIPs', message }
    return refuse(invalid(resource, draft.metadata.name, [cause]))
  }
  const type = textAt(spec, 'type')

  function nodePort(): number {
    let port = firstNodePort
    while (nodePorts.has(port) && port < firstNodePort + nodePortCount) port += 1
    nodePorts.add(port)
    return port
  }
  const ports: readonly Json[] = listAt(spec, 'ports').map((port) =>
    isObject(port) && type !== 'ClusterIP' && port['nodePort'] === undefined
      ? { ...port, nodePort: nodePort() }
      : port,
  )
  return good(
    asKubeObject({
      ...body,
      spec: {
        ...spec,
        clusterIP: address,
        clusterIPs: [address],
        ipFamilies: ['IPv4'],
        ipFamilyPolicy: 'SingleStack',
        ...(type === 'ClusterIP'
          ? {}
          : { externalTrafficPolicy: textAt(spec, 'externalTrafficPolicy') ?? 'Cluster' }),
        ports,
      },
    }),
  )
}
