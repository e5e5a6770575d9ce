import { startControlPlane } from '../../controlplane/start-control-plane.ts'
import { createKubeClient, type KubeClient } from '../../support/kube-client.ts'
import { startPlayingKubelet } from '../../support/playing-kubelet.ts'
import type { Target, TargetOptions, UserName } from './target.ts'

/** A real control plane with nothing in it but the namespace `demo`. */
export async function startRealTarget(options: TargetOptions = {}): Promise<Target> {
  const plane = await startControlPlane()
  const clients = new Map<UserName, KubeClient>()

  function client(user: UserName): KubeClient {
    const found =
      clients.get(user) ?? createKubeClient({ server: plane.server, token: plane.tokens[user], ca: plane.ca })
    clients.set(user, found)
    return found
  }
  const { podSpeed } = options
  const stopKubelet =
    podSpeed === undefined
      ? undefined
      : await startPlayingKubelet({ client: client('admin'), speed: podSpeed })

  return {
    kind: 'real',
    server: plane.server,
    kubeconfigPath: plane.kubeconfigPath,
    client,
    compact: () => plane.compact(),
    forgetWatches: () => plane.restartServer(),
    async stop() {
      await stopKubelet?.()
      for (const one of clients.values()) await one.close()
      await plane.stop()
    },
  }
}
