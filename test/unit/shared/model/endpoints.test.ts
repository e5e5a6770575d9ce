import { expect, test } from 'vitest'
import { readEndpointSlice } from '../../../../shared/k8s/read-others.ts'
import type { JsonObject } from '../../../../shared/k8s/json.ts'
import type { EndpointSlice } from '../../../../shared/k8s/objects.ts'
import { endpointsOf, type ServiceEndpoints } from '../../../../shared/model/endpoints.ts'
import { findBatchSets } from '../../../../shared/model/batches.ts'
import { pod, service, slice } from '../../../support/build-objects.ts'

let count = 0
function sliceOf(addressType: string, endpoints: readonly JsonObject[]): EndpointSlice {
  count += 1
  const read = readEndpointSlice({
    metadata: { name: `web-${count}`, uid: `s${count}`, labels: { 'kubernetes.io/service-name': 'web' } },
    addressType,
    endpoints: [...endpoints],
  })
  if (read === undefined) throw new Error('no slice')
  return read
}

const at = (address: string, conditions: JsonObject = {}, uid?: string): JsonObject => ({
  addresses: [address],
  conditions,
  ...(uid !== undefined && { targetRef: { kind: 'Pod', uid } }),
})

function counts(...slices: readonly EndpointSlice[]): unknown {
  const found: ServiceEndpoints | undefined = endpointsOf(slices).get('web')
  return found === undefined
    ? undefined
    : { ready: [...found.ready], all: [...found.all], byHand: found.byHand }
}

const none = { ready: 0, all: 0 }

test('a pod of a dual-stack Service is one endpoint', () => {
  const four = sliceOf('IPv4', [at('10.0.0.1', { ready: true }, 'a')])
  const six = sliceOf('IPv6', [at('fd00::1', { ready: true }, 'a')])
  expect(counts(four, six)).toEqual({ ready: ['a'], all: ['a'], byHand: none })
})

test('a pod that stands in two slices while it moves is counted once, and its end wins', () => {
  const old = sliceOf('IPv4', [at('10.0.0.1', { ready: true, serving: true, terminating: false }, 'a')])
  const ending = sliceOf('IPv4', [at('10.0.0.1', { ready: false, serving: true, terminating: true }, 'a')])
  expect(counts(old, ending)).toEqual({ ready: [], all: [], byHand: none })
  expect(counts(ending, old)).toEqual(counts(old, ending))
})

test('a pod on its way out that still answers gets no new traffic, and is no endpoint to be waited for', () => {
  const ending = sliceOf('IPv4', [at('10.0.0.1', { ready: false, serving: true, terminating: true }, 'a')])
  expect(counts(ending)).toEqual({ ready: [], all: [], byHand: none })
})

test('where not-ready addresses are published, even a pod on its way out gets traffic, and is counted', () => {
  const ending = sliceOf('IPv4', [at('10.0.0.1', { ready: true, serving: false, terminating: true }, 'a')])
  expect(counts(ending)).toEqual({ ready: ['a'], all: ['a'], byHand: none })
})

test('an endpoint without conditions is ready, as the API says', () => {
  expect(counts(sliceOf('IPv4', [at('10.0.0.1', {}, 'a')]))).toMatchObject({ ready: ['a'] })
})

test('addresses that were written by hand are counted once, not once in each family', () => {
  const four = sliceOf('IPv4', [at('10.0.0.1'), at('10.0.0.2', { ready: false })])
  const six = sliceOf('IPv6', [at('fd00::1')])
  expect(counts(four, six)).toEqual({ ready: [], all: [], byHand: { ready: 1, all: 2 } })
})

test('pods of other owners are endpoints with their owners named; pods that have finished are none', () => {
  const [set] = findBatchSets({
    services: [service('web')],
    deployments: [],
    replicaSets: [],
    pods: [
      pod('db-0', { owner: 'sts' }),
      pod('db-1', { owner: 'sts' }),
      pod('bare'),
      pod('evicted', { status: { phase: 'Failed' } }),
    ],
    slices: [slice('web', { pod: 'db-0' }, { pod: 'db-1' }, { pod: 'bare', ready: false })],
  })
  expect(set?.others).toEqual({
    ready: 2,
    all: 3,
    owners: [
      { kind: 'Owner', name: 'somebody', pods: 2 },
      { kind: 'Pod', name: 'bare', pods: 1 },
    ],
  })
})
