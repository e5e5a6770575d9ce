import { runWatchCuts } from '../conformance/journeys/run-watch-cuts.ts'
import { startControlPlane } from './start-control-plane.ts'

runWatchCuts(async () => {
  const { server, tokens, ca, stop } = await startControlPlane()
  return { target: { server, token: tokens.admin, ca }, stop }
})
