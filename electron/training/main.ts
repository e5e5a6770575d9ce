import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createRealClock } from './clock/clock.ts'
import { createTrainingCluster } from './training-cluster.ts'
import { trainingKubeconfig } from './training-kubeconfig.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    socket: { type: 'string' },
    speed: { type: 'string', default: '1' },
    user: { type: 'string', default: 'training' },
    kubeconfig: { type: 'string' },
  },
})

const cluster = createTrainingCluster({ clock: createRealClock(Number(values.speed)) })
const served = await cluster.listen(
  values.socket === undefined ? { port: Number(values.port) } : { socketPath: values.socket },
)
const path = values.kubeconfig ?? join(mkdtempSync(join(tmpdir(), 'tranche-training-')), 'kubeconfig')
writeFileSync(path, trainingKubeconfig(served.server, values.user), { mode: 0o600 })
console.log(`Training cluster: ${served.server}`)
console.log(`KUBECONFIG=${path}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void served
      .stop()
      .then(() => cluster.stop())
      .then(() => process.exit(0))
  })
}
