import { openBench } from '../support/app-on-training.ts'
import { createKubeClient } from '../support/kube-client.ts'
import { runEngineJourneys } from './journeys/run-engine-journeys.ts'

runEngineJourneys(async () => {
  const bench = await openBench()
  const admin = createKubeClient({ server: bench.server, token: 'training-token' })
  return {
    desks: bench,
    admin,
    async close() {
      await admin.close()
      await bench.close()
    },
  }
})
