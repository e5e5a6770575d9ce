import { afterAll, beforeAll, describe } from 'vitest'
import { apiTopics } from '../conformance/cases/api-topics.ts'
import { runCases } from '../conformance/run-cases.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import type { Target } from '../conformance/targets/target.ts'

let real: Target
beforeAll(async () => {
  real = await startRealTarget()
})
afterAll(() => real.stop())

describe.each(Object.entries(apiTopics))('a real control plane, as recorded: %s', (topic, cases) => {
  runCases({ topic, cases, target: () => real })
})
