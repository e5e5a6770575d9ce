import { ok, type Reply } from '../../../shared/fault.ts'
import type { Target } from '../../../shared/contract.ts'
import type { Lease } from '../../../shared/k8s/objects.ts'
import type { Release } from '../../../shared/release/release.ts'
import { leaseName, readJournal } from '../../release/journal.ts'
import type { ReleaseApi } from '../../release/release-api.ts'

/** The lock and journal as the server has them now; undefined if there are none. */
export async function readRelease(
  api: ReleaseApi,
  target: Target,
): Promise<Reply<{ readonly lease: Lease; readonly release?: Release } | undefined>> {
  const lease = await api.getLease(target.namespace, leaseName(target.service))
  if (!lease.ok) return lease.fault.code === 'not-found' ? ok(undefined) : lease
  const release = readJournal(lease.value)
  if (!release.ok) return release
  return ok({ lease: lease.value, ...(release.value !== undefined && { release: release.value }) })
}
