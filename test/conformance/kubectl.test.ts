import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deploymentManifest } from '../../electron/training/scenarios/scenario-manifests.ts'
import { kubectlCases } from './cases/kubectl-cases.ts'
import { builtKubectl, kubectlIn } from './kubectl.ts'
import { runCases } from './run-cases.ts'
import type { Target } from './targets/target.ts'
import { startTrainingTarget } from './targets/training-target.ts'

let training: Target
beforeAll(async () => {
  training = await startTrainingTarget({ podSpeed: 20 })
})
afterAll(() => training.stop())

// Other versions of kubectl print other words; `npm run controlplane -- build` brings the one that was recorded.
describe.skipIf(builtKubectl() === undefined)('kubectl on the training cluster as on a real server', () => {
  runCases({ topic: 'kubectl', cases: kubectlCases, target: () => training })

  // The kubelet that plays on the real control plane serves no logs: this is asked here alone.
  test('it prints what a pod has logged', async () => {
    const kubectl = kubectlIn({ target: training, namespace: 'demo' })
    const batch = {
      name: 'talks',
      namespace: 'demo',
      app: 'talks',
      replicas: 1,
      image: 'registry.example/talks:1',
    }
    const made = await kubectl(['apply', '-f', '-'], JSON.stringify(deploymentManifest(batch)))
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(await kubectl(['rollout', 'status', 'deploy/talks'])).toMatchObject({ code: 0, err: '' })
    const { code, out } = await kubectl(['logs', 'deploy/talks', '--tail=5'])
    expect(code).toBe(0)
    expect(out.trim().split('\n').length).toBeGreaterThan(0)
    expect(out).toMatch(/\w/)
  })
})
