import { type Target } from '../../../shared/contract.ts'
import { failed, failedInWords, ok, type Reply } from '../../../shared/fault.ts'
import type { ConnectionSpec } from '../../cluster/kubeconfig/kubeconfig.ts'
import { reviewRights } from '../../cluster/requests/permissions.ts'
import type { Acts } from '../command-handlers.ts'

import type { HandlerOptions } from './handler-options.ts'

/** Clusters, kubeconfigs, and what may be done where. */
export function clusterHandlers(
  options: HandlerOptions,
): Pick<
  Acts,
  | 'cluster/connect'
  | 'cluster/disconnect'
  | 'cluster/rescan'
  | 'cluster/settings'
  | 'cluster/unlock'
  | 'cluster/answer'
  | 'cluster/lock'
  | 'kubeconfig/inspect'
  | 'kubeconfig/add'
  | 'kubeconfig/remove'
  | 'doctor/report'
  | 'rights/review'
  | 'namespace/add'
> {
  const { clusters, productionLock, releaseService, settings, addedKubeconfigs } = options

  async function andRescan(reply: Reply<null>): Promise<Reply<null>> {
    if (reply.ok) await options.rescan()
    return reply
  }

  function aboutCluster(
    connection: Target['connection'],
    act: (spec: ConnectionSpec) => Reply<null>,
  ): Reply<null> {
    const spec = clusters.spec(connection)
    return spec === undefined ? failed('not-found', { kind: 'context-unlisted' }) : act(spec)
  }

  return {
    'cluster/connect': ({ connection, consent }) => clusters.connect(connection, consent),
    'cluster/disconnect': async ({ connection, leaves = [] }) => {
      const unsaid = releaseService
        .driven()
        .filter((one) => one.connection === connection && !leaves.includes(one.service))
        .map((one) => one.service)
      // Whatever the page has shown: nobody leaves a release without having been told what happens to it.
      return unsaid.length === 0
        ? await clusters.disconnect(connection)
        : failedInWords('release-runs', unsaid.join(', '))
    },
    'cluster/rescan': async () => {
      await options.rescan()
      return ok(null)
    },
    'cluster/settings': ({ connection, ...said }) =>
      Promise.resolve(aboutCluster(connection, (spec) => productionLock.settle(spec, said))),
    'cluster/unlock': ({ connection, typed }) =>
      Promise.resolve(aboutCluster(connection, (spec) => productionLock.unlock(spec, typed))),
    'cluster/answer': ({ connection, ...said }) => Promise.resolve(clusters.answer(connection, said)),
    'cluster/lock': ({ connection }) => {
      productionLock.lock(connection)
      return Promise.resolve(ok(null))
    },
    'kubeconfig/inspect': addedKubeconfigs.inspect,
    'kubeconfig/add': async (what) => andRescan(await addedKubeconfigs.add(what)),
    'kubeconfig/remove': ({ path }) => andRescan(addedKubeconfigs.remove(path)),
    'doctor/report': async () => ok(await options.examine()),
    'rights/review': async ({ connection, namespace }) => {
      const opened = clusters.get(connection)
      if (opened === undefined) return failed('unreachable', { kind: 'not-connected' })
      const report = await reviewRights(opened.api, namespace)
      // Whoever looks whether they may by now wants to see it, too.
      options.lookAgain(connection)
      return report
    },
    'namespace/add': ({ connection, namespace }) => {
      settings.change((old) => ({
        ...old,
        namespaces: {
          ...old.namespaces,
          [connection]: [...new Set([...(old.namespaces[connection] ?? []), namespace])],
        },
      }))
      return Promise.resolve(ok(null))
    },
  }
}
