import type { Release } from '../../shared/release/release.ts'
import type { ReleaseApi } from './release-api.ts'

const fenceAnnotation = '/metadata/annotations/tranche.dev~1fence'

/**
 * Touches every batch that is still to be written, so that its generation moves: a patch that the former holder has
 * prepared, and sends when its laptop wakes, tests the old generation and fails. A Lease alone is no fence.
 * Returns the names of the batches that could not be touched.
 */
export async function raiseFence(
  api: ReleaseApi,
  release: Release,
  session: string,
): Promise<readonly string[]> {
  const unfinished = release.batches.filter(({ phase }) => {
    return phase.kind === 'waiting' || phase.kind === 'patching' || phase.kind === 'returning'
  })
  const touched = await Promise.all(
    unfinished.map(async (own) => {
      const target = { namespace: release.service.namespace, name: own.name }
      const touch = await api.patchDeployment(
        target,
        [
          { op: 'test', path: '/metadata/uid', value: own.uid },
          { op: 'add', path: fenceAnnotation, value: session },
        ],
        { dryRun: false },
      )
      return touch.ok ? [] : [own.name]
    }),
  )
  return touched.flat()
}
