import type { Api } from '../../cluster/requests/api.ts'
import { bounds } from '../../cluster/requests/bounds.ts'
import { ok } from '../../../shared/fault.ts'
import { guardedBy } from '../../release/operations.ts'
import type { ReleaseApi } from '../../release/release-api.ts'

/** What releases need, on top of one connection's API. */
export function toReleaseApi(api: Api): ReleaseApi {
  return {
    getDeployment: (namespace, name) => api.get('Deployment', { namespace, name }, bounds.urgentRead),
    patchDeployment: ({ namespace, name, ...guard }, changes, { signal }) =>
      api.jsonPatch(
        'Deployment',
        { namespace, name },
        { operations: guardedBy(guard, changes), dryRun: false, signal },
      ),
    tryDeployment: ({ namespace, name, ...guard }, changes, waiting) =>
      api.jsonPatch(
        'Deployment',
        { namespace, name },
        { operations: guardedBy(guard, changes), dryRun: true, ...waiting },
      ),
    getLease: (namespace, name) => api.get('Lease', { namespace, name }, bounds.lease),
    async listLeases(namespace) {
      const page = await api.list('Lease', { namespace })
      return page.ok ? ok(page.value.items) : page
    },
    createLease: (namespace, body) => api.create('Lease', namespace, body),
    replaceLease: (namespace, name, body) => api.replace('Lease', { namespace, name }, body),
    tryLease: (place, body) => api.tryObject('Lease', place, body),
  }
}
