import { listCalls, rawCalls } from './list-calls.ts'
import { objectCalls, trialCalls } from './object-calls.ts'
import { pastCalls, reviewCalls } from './review-calls.ts'
import type { Transport } from './transport.ts'

export type Api = ReturnType<typeof createApi>

/** The calls of the Kubernetes API that Tranche makes, over one connection. */
export function createApi(transport: Transport) {
  return {
    /** What the server says within a stream goes by no other exit. */
    withheld: transport.withheld,
    ...objectCalls(transport),
    ...trialCalls(transport),
    ...listCalls(transport),
    ...rawCalls(transport),
    ...reviewCalls(transport),
    ...pastCalls(transport),
  }
}
