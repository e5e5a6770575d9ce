import type { Json } from '../k8s/json.ts'
import type { Service } from '../k8s/objects.ts'
import { listAt, numberAt, objectAt, textAt } from '../k8s/read-json.ts'

/**
 * The port on which a pod answers for its Service: what the first port of the Service leads to, by number or by the name
 * that a container gives it, else the first one that a container declares. Nothing where nobody says one.
 */
export function servingPort(service: Pick<Service, 'ports'>, template: Json): number | undefined {
  const declared = listAt(objectAt(template, 'spec'), 'containers').flatMap((one) => listAt(one, 'ports'))
  const wanted = service.ports[0]?.targetPort ?? ''
  const named = declared.find((one) => textAt(one, 'name') === wanted && wanted !== '') ?? declared[0]
  const port = /^\d+$/.test(wanted) ? Number(wanted) : numberAt(named, 'containerPort')
  return port > 0 && port < 65_536 ? port : undefined
}
