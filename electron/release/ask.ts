import { z } from 'zod'
import { failed, ok, type Fault, type Reply } from '../../shared/fault.ts'
import type { Json } from '../../shared/k8s/json.ts'
import type { Lease } from '../../shared/k8s/objects.ts'
import type { ReleaseApi } from './release-api.ts'

const askAnnotation = 'tranche.dev/ask'
const schema = z.object({
  release: z.string(),
  wish: z.enum(['pause', 'stop']),
  by: z.string(),
  /** Of the release, as whoever asks saw it. */
  version: z.number().optional(),
})

/** What somebody asks of whoever drives a release: written into its Lease, obeyed at the driver's next look at it. */
export type Ask = z.output<typeof schema>

export function readAsk(lease: Lease): Ask | undefined {
  const text = lease.meta.annotations[askAnnotation]
  if (text === undefined) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** Writes it beside the journal: the holder, and all else that stands there, stays. */
export async function writeAsk(api: ReleaseApi, lease: Lease, ask: Ask): Promise<Reply<null>> {
  const { meta } = lease
  const body: Json = {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: {
      name: meta.name,
      namespace: meta.namespace,
      labels: meta.labels,
      annotations: { ...meta.annotations, [askAnnotation]: JSON.stringify(ask) },
      uid: meta.uid,
      resourceVersion: meta.resourceVersion,
    },
    spec: {
      holderIdentity: lease.holder,
      leaseDurationSeconds: lease.durationSeconds,
      renewTime: lease.renewTime,
      leaseTransitions: lease.transitions,
    },
  }
  const written = await api.replaceLease(meta.namespace, meta.name, body)
  if (written.ok) return ok(null)
  return written.fault.code === 'conflict' ? moved() : written
}

function moved(): { readonly ok: false; readonly fault: Fault } {
  return failed('conflict', { kind: 'journal-moved' })
}
