import { createFakeTrainingClock } from '../support/fake-training-clock.ts'
import { runControllerCases, type TimedTarget } from './controllers/run-controller-cases.ts'
import { startTrainingTarget } from './targets/training-target.ts'

const stepMs = 100
const longestMs = 300_000

/** Its time passes only while a case waits for something, and then as fast as the machine can. */
async function open(): Promise<TimedTarget> {
  const clock = createFakeTrainingClock()
  return {
    target: await startTrainingTarget({ podSpeed: 1, clock }),
    async until(what, look) {
      for (let passed = 0; passed <= longestMs; passed += stepMs) {
        const found = await look()
        if (found !== undefined) return found
        clock.advance(stepMs)
      }
      throw new Error(`not within ${longestMs / 1000} s of the cluster's time: ${what}`)
    },
  }
}

runControllerCases('training', open)
