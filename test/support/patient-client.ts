import type { KubeAnswer, KubeClient, KubeRequest } from './kube-client.ts'

const mostTries = 300
const pauseMs = 200

/** As a kubelet does: what a server that restarts did not take is sent again until it is taken. */
export function patientClient(client: KubeClient): KubeClient {
  async function again(send: () => Promise<KubeAnswer>): Promise<KubeAnswer> {
    for (let tries = 1; ; tries++) {
      try {
        const answer = await send()
        const isBusy = answer.status === 429 || answer.status >= 500
        if (!isBusy || tries === mostTries) return answer
      } catch (error) {
        if (tries === mostTries) throw error
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  return {
    ...client,
    ask: (method: string, path: string, request?: KubeRequest) =>
      again(() => client.ask(method, path, request)),
    get: (path) => again(() => client.get(path)),
    post: (path, body) => again(() => client.post(path, body)),
    put: (path, body) => again(() => client.put(path, body)),
    patch: (path, kind, body) => again(() => client.patch(path, kind, body)),
    remove: (path, body) => again(() => client.remove(path, body)),
  }
}
