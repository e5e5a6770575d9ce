import { afterAll, beforeAll, describe } from 'vitest'
import { kubectlCases } from '../conformance/cases/kubectl-cases.ts'
import { runCases } from '../conformance/run-cases.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import type { Target } from '../conformance/targets/target.ts'
import { startTrainingTarget } from '../conformance/targets/training-target.ts'

let real: Target
let training: Target
beforeAll(async () => {
  real = await startRealTarget({ podSpeed: 20 })
  training = await startTrainingTarget({ podSpeed: 20 })
})
afterAll(async () => {
  await real.stop()
  await training.stop()
})

describe('kubectl on a real control plane, as recorded', () => {
  runCases({ topic: 'kubectl', cases: kubectlCases, target: () => real })
})

// Here too, because npm test has a kubectl only where the control plane has been built before.
describe('kubectl on the training cluster', () => {
  runCases({ topic: 'kubectl', cases: kubectlCases, target: () => training })
})
