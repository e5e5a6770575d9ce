import { ownerReference } from './claim.ts'
import { keyOf, splitKey, type ControllerContext } from './controller-context.ts'
import { equalJson, type JsonObject } from '../objects/json.ts'
import { isReadyPod, type Endpoint, type EndpointSlice, type Pod, type Service } from '../objects/objects.ts'
import { endpointSlices, pods, services } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'
import type { Change } from '../objects/watch-log.ts'
import { createWorkQueue } from './work-queue.ts'

const largestSlice = 100
const nameLabel = 'kubernetes.io/service-name'

function endpointOf(pod: Pod, publishesUnready: boolean): Endpoint | undefined {
  const ip = pod.status?.podIP
  const { phase } = pod.status ?? {}
  if (ip === undefined || phase === 'Failed' || phase === 'Succeeded') return undefined
  const { name, namespace = '', uid, deletionTimestamp } = pod.metadata
  const serving = isReadyPod(pod)
  const terminating = deletionTimestamp !== undefined
  return {
    addresses: [ip],
    conditions: { ready: publishesUnready || (serving && !terminating), serving, terminating },
    ...(pod.spec.nodeName === undefined ? {} : { nodeName: pod.spec.nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  }
}

/** A named targetPort is looked up in the pods' containers; a number is taken as it is. */
function portsOf(service: Service, selected: readonly Pod[]): readonly JsonObject[] {
  return (service.spec.ports ?? []).flatMap(({ name = '', port, protocol = 'TCP', targetPort = port }) => {
    const all = selected.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports ?? []))
    const number =
      typeof targetPort === 'number' ? targetPort : all.find((one) => one.name === targetPort)?.containerPort
    return number === undefined ? [] : [{ name, port: number, protocol }]
  })
}

/** The EndpointSlice controller; returns its stop. */
export function startEndpointSliceController(context: ControllerContext): () => void {
  const { store, clock, random, lifecycle } = context
  const queue = createWorkQueue(clock, sync)

  function slicesOf(service: Service): readonly EndpointSlice[] {
    return store
      .list(endpointSlices, service.metadata.namespace)
      .filter((slice) => slice.metadata.labels?.[nameLabel] === service.metadata.name)
  }

  function createSlice(service: Service, content: Pick<EndpointSlice, 'endpoints' | 'ports'>): void {
    const { name, namespace = '', labels } = service.metadata
    lifecycle.create<EndpointSlice>(endpointSlices, {
      metadata: {
        generateName: `${name}-`,
        name: `${name}-${random.suffix(5)}`,
        namespace,
        labels: {
          ...labels,
          [nameLabel]: name,
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
        },
        ownerReferences: [ownerReference(service)],
      },
      addressType: 'IPv4',
      ...content,
    })
  }

  /** Endpoints stay in their slice; new ones fill up the slices that have room, then a new one. */
  function write(service: Service, wanted: readonly Endpoint[], ports: readonly JsonObject[]): void {
    const left = new Map(wanted.map((endpoint) => [endpoint.targetRef.uid, endpoint]))
    const existing = slicesOf(service)
    const kept = existing.map((slice) =>
      slice.endpoints.flatMap(({ targetRef }) => {
        const endpoint = left.get(targetRef.uid)
        left.delete(targetRef.uid)
        return endpoint === undefined ? [] : [endpoint]
      }),
    )
    const added = [...left.values()]
    existing.forEach((slice, index) => {
      const own = kept[index] ?? []
      const endpoints = [...own, ...added.splice(0, largestSlice - own.length)]
      if (endpoints.length === 0 && index > 0) lifecycle.remove(endpointSlices, slice, {})
      else if (!equalJson([slice.endpoints, slice.ports], [endpoints, ports])) {
        lifecycle.update(endpointSlices, { ...slice, endpoints, ports }, 'main')
      }
    })
    if (existing.length === 0 && added.length === 0) createSlice(service, { endpoints: [], ports })
    while (added.length > 0) createSlice(service, { endpoints: added.splice(0, largestSlice), ports })
  }

  function sync(key: string): void {
    const service = store.get(services, ...splitKey(key))
    const selector = service?.spec.selector
    if (service === undefined || selector === undefined || Object.keys(selector).length === 0) return
    const selected = store
      .list(pods, service.metadata.namespace)
      .filter((pod) => matchesLabels({ matchLabels: selector }, pod.metadata.labels))
    write(
      service,
      selected.flatMap((pod) => endpointOf(pod, service.spec.publishNotReadyAddresses === true) ?? []),
      portsOf(service, selected),
    )
  }

  function onChange({ resource, object, type }: Change): void {
    if (resource.plural === 'services' && type !== 'DELETED') queue.add(keyOf(object))
    if (resource.plural !== 'pods') return
    for (const service of store.list(services, object.metadata.namespace)) {
      const matchLabels = service.spec.selector
      if (matchLabels !== undefined && matchesLabels({ matchLabels }, object.metadata.labels))
        queue.add(keyOf(service))
    }
  }

  const unsubscribe = store.subscribe(onChange)
  return () => {
    unsubscribe()
    queue.stop()
  }
}
