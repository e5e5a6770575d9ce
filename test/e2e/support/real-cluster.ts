// A real control plane with the demo on it and pods that live 20 times as fast: for the journeys in a browser.
import { demoScenario } from '../../../electron/training/scenarios/demo.ts'
import { untilEnd } from '../../controlplane/until-end.ts'
import { startRealTarget } from '../../conformance/targets/real-target.ts'
import { applyScenario } from '../../support/apply-scenario.ts'

const ended = untilEnd()
const target = await startRealTarget({ podSpeed: 20 })
await applyScenario(target.client('admin'), demoScenario)
console.log(`KUBECONFIG=${target.kubeconfigPath}`)
await ended
await target.stop()
process.exit(0)
