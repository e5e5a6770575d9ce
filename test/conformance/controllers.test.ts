import { afterAll, beforeAll, describe, test } from 'vitest'
import { controllerCases } from './controllers/controller-cases.ts'
import { openTrainingWorld } from './controllers/training-world.ts'

let target: Awaited<ReturnType<typeof openTrainingWorld>>
let count = 0

beforeAll(async () => {
  target = await openTrainingWorld()
})
afterAll(() => target.close())

describe.each(Object.entries(controllerCases))('%s', (_, cases) => {
  for (const { name, run, skip = {} } of cases) {
    test.skipIf(skip['training cluster'] !== undefined)(name, async () => {
      count += 1
      await run(await target.world(`case-${count}`))
    })
  }
})
