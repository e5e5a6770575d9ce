import { afterAll, beforeAll, describe, test } from 'vitest'
import { controllerCases } from '../conformance/controllers/controller-cases.ts'
import { eventually } from '../support/eventually.ts'
import { createKubeClient, type KubeClient } from '../support/kube-client.ts'
import { startPlayingKubelet } from '../support/playing-kubelet.ts'
import { startControlPlane, type RunningControlPlane } from './start-control-plane.ts'

let plane: RunningControlPlane
let client: KubeClient
let stopKubelet: () => Promise<void>
let count = 0

beforeAll(async () => {
  plane = await startControlPlane()
  client = createKubeClient({ server: plane.server, token: plane.tokens.admin, ca: plane.ca })
  stopKubelet = await startPlayingKubelet({ client, speed: 20, podsPerNode: 110 })
})
afterAll(async () => {
  await stopKubelet()
  await client.close()
  await plane.stop()
})

describe.each(Object.entries(controllerCases))('%s', (_, cases) => {
  for (const { name, run, skip = {} } of cases) {
    test.skipIf(skip['real control plane'] !== undefined)(name, async () => {
      count += 1
      const namespace = `case-${count}`
      const made = await client.post('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      })
      if (made.status !== 201) throw new Error(made.text)
      await run({
        target: 'real control plane',
        client,
        namespace,
        until: (what, look) => eventually(look, { what }),
      })
      await client.remove(`/api/v1/namespaces/${namespace}`)
    })
  }
})
