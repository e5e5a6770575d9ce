import { disruptionCases } from './disruption-cases.ts'
import { endpointCases } from './endpoint-cases.ts'
import { eventCases } from './event-cases.ts'
import { failureCases } from './failure-cases.ts'
import { ownershipCases } from './ownership-cases.ts'
import { pausedCases } from './paused-cases.ts'
import { progressCases } from './progress-cases.ts'
import { revisionCases } from './revision-cases.ts'
import { strategyCases } from './strategy-cases.ts'
import type { ControllerCase } from './world.ts'

/** What the controllers of Kubernetes do: held by the real ones, so it must hold on the training cluster too. */
export const controllerCases: Readonly<Record<string, readonly ControllerCase[]>> = {
  'strategies and counters': strategyCases,
  'progress and deadlines': progressCases,
  'pausing and scaling': pausedCases,
  'revisions and history': revisionCases,
  'owners and orphans': ownershipCases,
  'failures and scheduling': failureCases,
  'budgets and autoscalers': disruptionCases,
  'endpoints of Services': endpointCases,
  events: eventCases,
}
