import { afterEach, expect, test } from 'vitest'
import type { AdmissionRule } from '../../../../../electron/training/admission/admission-rule.ts'
import { admissionTable } from '../../../../../electron/training/admission/admission-table.ts'
import {
  at,
  listAt,
  objectAt,
  textAt,
  type Json,
  type JsonObject,
} from '../../../../../electron/training/objects/json.ts'
import { asJson } from '../../../../../electron/training/objects/objects.ts'
import { pods } from '../../../../../electron/training/objects/resources.ts'
import {
  createTrainingCluster,
  type TrainingCluster,
} from '../../../../../electron/training/training-cluster.ts'
import { createFakeTrainingClock, type FakeTrainingClock } from '../../../../support/fake-training-clock.ts'

/** All that a new admission rule is: this, and its line in the table. */
const namedTags: AdmissionRule = ({ resource, object }) => {
  if (resource.plural !== pods.plural) return undefined
  const images = listAt(asJson(object), 'spec', 'containers').map((one) =>
    textAt(objectAt({ one }, 'one'), 'image'),
  )
  const floating = images.find((image) => image?.endsWith(':latest'))
  if (floating === undefined) return undefined
  const cause = { reason: 'FloatingTag', message: `${floating} may change`, field: 'spec.containers' }
  return { why: `image ${floating} has no tag of its own`, causes: [cause] }
}

let cluster: TrainingCluster
let clock: FakeTrainingClock
afterEach(() => cluster.stop())

function open(admission?: readonly AdmissionRule[]): void {
  clock = createFakeTrainingClock()
  cluster = createTrainingCluster({ clock, ...(admission !== undefined && { admission }) })
}

function ask(method: string, path: string, body?: JsonObject): JsonObject {
  const type = method === 'PATCH' ? 'application/strategic-merge-patch+json' : 'application/json'
  const said = cluster.answer({
    method,
    path,
    headers: { 'content-type': type, accept: 'application/json' },
    body: Buffer.from(body === undefined ? '' : JSON.stringify(body)),
  })
  if (said.kind !== 'text') throw new Error(`${path} was not answered at once`)
  return objectAt({ said: JSON.parse(said.text) as Json }, 'said')
}

function makePod(tag: string): JsonObject {
  const spec = { containers: [{ name: 'main', image: `registry.example/demo:${tag}` }] }
  const metadata = { name: `one-${tag}` }
  return ask('POST', '/api/v1/namespaces/demo/pods', { apiVersion: 'v1', kind: 'Pod', metadata, spec })
}

test('a rule that was only added to the table refuses what a client makes, in the words of an API server', () => {
  open([...admissionTable, namedTags])
  expect(makePod('latest')).toMatchObject({
    kind: 'Status',
    code: 403,
    reason: 'Forbidden',
    message: 'pods "one-latest" is forbidden: image registry.example/demo:latest has no tag of its own',
    details: { causes: [{ reason: 'FloatingTag', field: 'spec.containers' }] },
  })
  expect(makePod('1')).toMatchObject({ kind: 'Pod' })
})

test('it refuses what a controller makes, and the Deployment says so', () => {
  open([...admissionTable, namedTags])
  const path = '/apis/apps/v1/namespaces/demo/deployments/demo-aone-2'
  const [container] = listAt(ask('GET', path), 'spec', 'template', 'spec', 'containers')
  const named = {
    ...objectAt({ container: container ?? {} }, 'container'),
    image: 'registry.example/demo:latest',
  }
  ask('PATCH', path, { spec: { template: { spec: { containers: [named] } } } })
  clock.advance(5_000)
  const conditions = listAt(ask('GET', path), 'status', 'conditions').map((one) => objectAt({ one }, 'one'))
  const failure = conditions.find((one) => one['type'] === 'ReplicaFailure')
  expect(failure).toMatchObject({ status: 'True', reason: 'FailedCreate' })
  expect(textAt(failure ?? {}, 'message')).toContain('registry.example/demo:latest has no tag of its own')
})

test('the first rule of the table that refuses is told, and without it the pod is let in', () => {
  const notThisOne: AdmissionRule = ({ object }) =>
    object.metadata.name === 'one-latest' ? { why: 'not this one' } : undefined
  open([notThisOne, namedTags])
  expect(textAt(makePod('latest'), 'message')).toBe('pods "one-latest" is forbidden: not this one')
  open()
  expect(at(makePod('latest'), 'kind')).toBe('Pod')
})
