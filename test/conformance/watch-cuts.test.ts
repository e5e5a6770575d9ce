import { runWatchCuts } from './journeys/run-watch-cuts.ts'
import { startTrainingTarget } from './targets/training-target.ts'

runWatchCuts(async () => {
  const { server, compact, stop } = await startTrainingTarget()
  return { target: { server, token: 'training-token' }, forget: compact, stop }
})
