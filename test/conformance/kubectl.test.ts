import { afterAll, beforeAll, describe } from 'vitest'
import { kubectlCases } from './cases/kubectl-cases.ts'
import { builtKubectl } from './kubectl.ts'
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
})
