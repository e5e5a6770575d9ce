import { listAt, numberAt, objectAt, textAt, type Json, type JsonObject } from '../objects/json.ts'
import type { Resource } from '../objects/resources.ts'
import { ageText } from './age-text.ts'
import { podCells } from './pod-columns.ts'

export type Column = {
  readonly name: string
  readonly type?: 'string' | 'integer'
  /** 1: only in wide output. */
  readonly priority?: number
  readonly cell: (object: JsonObject, now: number) => Json
}

const name: Column = { name: 'Name', cell: (object) => textAt(object, 'metadata', 'name') ?? '' }
const age: Column = {
  name: 'Age',
  cell: (object, now) => ageText(now - Date.parse(textAt(object, 'metadata', 'creationTimestamp') ?? '')),
}

function number(title: string, ...path: readonly string[]): Column {
  return { name: title, type: 'integer', cell: (object) => numberAt(object, ...path) ?? 0 }
}

function text(title: string, ...path: readonly string[]): Column {
  return { name: title, cell: (object) => textAt(object, ...path) ?? '<none>' }
}

function wide(column: Column): Column {
  return { ...column, priority: 1 }
}

function pairs(object: JsonObject): string {
  const all = Object.entries(object).map(
    ([key, value]) => `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return all.length === 0 ? '<none>' : all.join(',')
}

function containers(field: 'name' | 'image', ...path: readonly string[]): Column {
  return {
    name: field === 'name' ? 'Containers' : 'Images',
    priority: 1,
    cell: (object) =>
      listAt(object, ...path, 'containers')
        .map((one) => textAt(one, field) ?? '')
        .join(','),
  }
}

const selector: Column = {
  name: 'Selector',
  priority: 1,
  cell: (object) => pairs(objectAt(object, 'spec', 'selector', 'matchLabels')),
}
const template = ['spec', 'template', 'spec'] as const

function servicePorts(service: JsonObject): string {
  return listAt(service, 'spec', 'ports')
    .map((port) => {
      const node = numberAt(port, 'nodePort')
      const middle = node === undefined ? '' : `:${node}`
      return `${numberAt(port, 'port') ?? 0}${middle}/${textAt(port, 'protocol') ?? 'TCP'}`
    })
    .join(',')
}

function nodeStatus(node: JsonObject): string {
  const ready = listAt(node, 'status', 'conditions').find((one) => textAt(one, 'type') === 'Ready')
  const told = ready === undefined ? 'Unknown' : textAt(ready, 'status') === 'True' ? 'Ready' : 'NotReady'
  return objectAt(node, 'spec')['unschedulable'] === true ? `${told},SchedulingDisabled` : told
}

/** How many of the conditions that it waits for are there. */
function readinessGates(pod: JsonObject): string {
  const gates = listAt(pod, 'spec', 'readinessGates').map((gate) => textAt(gate, 'conditionType'))
  const holding = listAt(pod, 'status', 'conditions').filter(
    (one) => gates.includes(textAt(one, 'type')) && textAt(one, 'status') === 'True',
  )
  return gates.length === 0 ? '<none>' : `${holding.length}/${gates.length}`
}

const tables: Readonly<Record<string, readonly Column[]>> = {
  deployments: [
    name,
    {
      name: 'Ready',
      cell: (object) =>
        `${numberAt(object, 'status', 'readyReplicas') ?? 0}/${numberAt(object, 'spec', 'replicas') ?? 0}`,
    },
    number('Up-to-date', 'status', 'updatedReplicas'),
    number('Available', 'status', 'availableReplicas'),
    age,
    containers('name', ...template),
    containers('image', ...template),
    selector,
  ],
  replicasets: [
    name,
    number('Desired', 'spec', 'replicas'),
    number('Current', 'status', 'replicas'),
    number('Ready', 'status', 'readyReplicas'),
    age,
    containers('name', ...template),
    containers('image', ...template),
    selector,
  ],
  pods: [
    name,
    { name: 'Ready', cell: (pod, now) => podCells(pod, now).ready },
    { name: 'Status', cell: (pod, now) => podCells(pod, now).status },
    { name: 'Restarts', cell: (pod, now) => podCells(pod, now).restarts },
    age,
    wide(text('IP', 'status', 'podIP')),
    wide(text('Node', 'spec', 'nodeName')),
    wide({ name: 'Nominated Node', cell: () => '<none>' }),
    wide({ name: 'Readiness Gates', cell: readinessGates }),
  ],
  services: [
    name,
    text('Type', 'spec', 'type'),
    text('Cluster-IP', 'spec', 'clusterIP'),
    { name: 'External-IP', cell: () => '<none>' },
    { name: 'Port(s)', cell: servicePorts },
    age,
    { name: 'Selector', priority: 1, cell: (object) => pairs(objectAt(object, 'spec', 'selector')) },
  ],
  namespaces: [name, text('Status', 'status', 'phase'), age],
  nodes: [
    name,
    { name: 'Status', cell: nodeStatus },
    { name: 'Roles', cell: () => '<none>' },
    age,
    text('Version', 'status', 'nodeInfo', 'kubeletVersion'),
  ],
  events: [
    {
      name: 'Last Seen',
      cell: (object, now) => ageText(now - Date.parse(textAt(object, 'lastTimestamp') ?? '')),
    },
    text('Type', 'type'),
    text('Reason', 'reason'),
    {
      name: 'Object',
      cell: (object) =>
        `${(textAt(object, 'involvedObject', 'kind') ?? '').toLowerCase()}/${textAt(object, 'involvedObject', 'name') ?? ''}`,
    },
    text('Message', 'message'),
  ],
  endpointslices: [
    name,
    text('AddressType', 'addressType'),
    {
      name: 'Ports',
      cell: (object) =>
        listAt(object, 'ports')
          .map((port) => String(numberAt(port, 'port') ?? ''))
          .join(',') || '<unset>',
    },
    {
      name: 'Endpoints',
      cell: (object) => {
        const addresses = listAt(object, 'endpoints').map(
          (endpoint) => textAt(endpoint, 'addresses', 0) ?? '',
        )
        const rest = addresses.length - 3
        return `${addresses.slice(0, 3).join(',')}${rest > 0 ? ` + ${rest} more...` : ''}` || '<unset>'
      },
    },
    age,
  ],
  leases: [name, text('Holder', 'spec', 'holderIdentity'), age],
  configmaps: [name, { name: 'Data', cell: (object) => Object.keys(objectAt(object, 'data')).length }, age],
}

export function columnsOf(resource: Resource): readonly Column[] {
  return tables[resource.plural] ?? [name, age]
}
