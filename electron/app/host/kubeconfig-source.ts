import type { Clock } from '../../cluster/clock/clock.ts'
import type { ExecSpec } from '../../cluster/dial/connection-spec.ts'
import type { Environment } from '../../cluster/dial/environment.ts'
import type { ForeignFiles } from '../../cluster/dial/foreign-files.ts'
import {
  kubeconfigPaths,
  loadKubeconfigs,
  type KubeconfigPlaces,
} from '../../cluster/kubeconfig/kubeconfig.ts'
import { watchKubeconfigs } from '../../cluster/kubeconfig/kubeconfig-watch.ts'
import { findOnPath } from '../../cluster/sign-in/exec-command.ts'
import { withLoginShell } from '../../cluster/sign-in/login-shell.ts'
import type { AddedKubeconfigs } from '../clusters/added-kubeconfigs.ts'

/**
 * The kubeconfigs of this machine, as its environment names them. One that was started from a desktop has to ask the
 * login shell what that is.
 */
export function createKubeconfigSource(options: {
  readonly env: Environment
  readonly homedir: string
  readonly clock: Clock
  readonly files: ForeignFiles
  readonly added: Pick<AddedKubeconfigs, 'added' | 'pasted'>
  readonly askShell: () => Promise<Environment>
  readonly fromDesktop: boolean
}) {
  const { homedir, clock, files, added, askShell } = options
  let known = options.env

  function places(): KubeconfigPlaces {
    return { env: known, homedir, added: added.added(), pasted: added.pasted }
  }

  return {
    places,
    /** As far as is known by now. */
    env: () => known,
    load: () => loadKubeconfigs(places(), files),

    watch(onChange: () => void): { refresh(): void; stop(): void } {
      const watching = watchKubeconfigs({ paths: () => kubeconfigPaths(places()), clock, files, onChange })
      // What has changed since they were read first, and before anything was watched.
      void watching.refresh().then(onChange)
      if (options.fromDesktop)
        void askShell().then((shell) => {
          known = withLoginShell(options.env, shell)
          void watching.refresh().then(onChange)
        })
      return { refresh: () => void watching.refresh(), stop: watching.stop }
    },

    /** For plugins: the shell is asked only if ours does not find the program, as running it takes a moment. */
    async environmentFor(exec: ExecSpec): Promise<Environment> {
      if (findOnPath(exec.command, known) !== undefined) return known
      return { ...known, PATH: withLoginShell(known, await askShell())['PATH'] }
    },
  }
}
