import { uid } from '../../shared/ids.ts'
import type { BatchPod } from '../../shared/model/batch-set.ts'

/** A ready pod of the present template; what a test is about it says itself. */
export function buildPod(name: string, parts: Partial<BatchPod> = {}): BatchPod {
  return {
    uid: uid(name),
    name,
    node: 'node-1',
    state: 'new',
    isNew: true,
    containers: [],
    ready: true,
    serving: true,
    restarts: 0,
    telling: 'main',
    createdAt: 0,
    reason: '',
    message: '',
    ...parts,
  }
}
