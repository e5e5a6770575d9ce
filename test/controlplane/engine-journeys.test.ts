import { readFileSync } from 'node:fs'
import { demoScenario } from '../../electron/training/scenarios/demo.ts'
import { runEngineJourneys } from '../conformance/journeys/run-engine-journeys.ts'
import { startRealTarget } from '../conformance/targets/real-target.ts'
import { openDesks } from '../support/app-on-training.ts'
import { applyScenario } from '../support/apply-scenario.ts'

runEngineJourneys(async () => {
  const target = await startRealTarget({ podSpeed: 20 })
  const admin = target.client('admin')
  await applyScenario(admin, demoScenario)
  const kubeconfig = readFileSync(target.kubeconfigPath, 'utf8')
  const desks = openDesks((user) => kubeconfig.replace(/^current-context: .*$/m, `current-context: ${user}`))
  return {
    desks,
    admin,
    async close() {
      await desks.close()
      await target.stop()
    },
  }
})
