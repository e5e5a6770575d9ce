import { afterAll, beforeAll, describe } from 'vitest'
import { apiTopics } from './cases/api-topics.ts'
import { runCases } from './run-cases.ts'
import type { Target } from './targets/target.ts'
import { startTrainingTarget } from './targets/training-target.ts'

let training: Target
beforeAll(async () => {
  training = await startTrainingTarget()
})
afterAll(() => training.stop())

describe.each(Object.entries(apiTopics))('the training cluster as a real server: %s', (topic, cases) => {
  runCases({ topic, cases, target: () => training })
})
