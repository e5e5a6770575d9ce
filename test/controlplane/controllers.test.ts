import { runControllerCases } from '../conformance/controllers/run-controller-cases.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import { eventually } from '../support/eventually.ts'

runControllerCases('real', async () => ({
  target: await startRealTarget({ podSpeed: 20 }),
  until: (what, look) => eventually(look, { what }),
}))
