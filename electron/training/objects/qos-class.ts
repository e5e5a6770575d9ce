import { listAt, objectAt, textAt, type JsonObject } from './json.ts'

const kinds = ['cpu', 'memory'] as const

/** Guaranteed when every container's requests equal its limits, BestEffort when none has either, else Burstable. */
export function qosClassOf(spec: JsonObject): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const all = [...listAt(spec, 'initContainers'), ...listAt(spec, 'containers')].map((one) => {
    const limits = objectAt(one, 'resources', 'limits')
    // The API server takes a request that is missing from the limit.
    return { limits, requests: { ...limits, ...objectAt(one, 'resources', 'requests') } }
  })
  const asks = all.some((one) => kinds.some((kind) => textAt(one.requests, kind) !== undefined))
  if (!asks) return 'BestEffort'
  const isBound = all.every((one) =>
    kinds.every((kind) => one.limits[kind] !== undefined && one.limits[kind] === one.requests[kind]),
  )
  return isBound ? 'Guaranteed' : 'Burstable'
}
