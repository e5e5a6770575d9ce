import { createSystemClock } from '../../electron/cluster/clock/clock.ts'
import type { ConnectionSpec, LoadedKubeconfigs } from '../../electron/cluster/dial/connection-spec.ts'
import { createForeignFiles } from '../../electron/cluster/dial/foreign-files.ts'

/** Real files, in real time: a test's clock that leaps ahead would find each of them late. */
export const realFiles = createForeignFiles(createSystemClock())

/** Kubeconfigs of which nothing is wrong. */
export function kubeconfigsOf(...connections: readonly ConnectionSpec[]): LoadedKubeconfigs {
  return { connections, problems: [], unread: [], unresolved: [], lookedAt: [] }
}
