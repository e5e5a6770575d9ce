import { answerJson, type Answer } from './answer.ts'
import type { ApiContext } from './api-context.ts'
import { withCondition } from '../controllers/conditions.ts'
import { withAllowed } from '../controllers/disruption-controller.ts'
import { numberAt, textAt, type JsonObject } from '../objects/json.ts'
import { isReadyPod, timestamp, type DisruptionBudget, type Pod } from '../objects/objects.ts'
import type { RequestInfo } from './request-info.ts'
import { disruptionBudgets, pods } from '../objects/resources.ts'
import { matchesLabels } from '../objects/selectors.ts'
import { badRequest, good, notFound, refuse, type Result, type StatusError } from '../objects/status-error.ts'

/** Pods that are not running yet, or no longer, are disrupted already. */
function ignoresBudgets({ metadata, status }: Pod): boolean {
  return status?.phase !== 'Running' || metadata.deletionTimestamp !== undefined
}

const tooManyBudgets: StatusError = {
  code: 500,
  reason: '',
  message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
}

function tooMany(why: string, retryAfterSeconds?: number): StatusError {
  const causes = [{ reason: 'DisruptionBudget', message: why }]
  return {
    code: 429,
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: { causes, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
  }
}

/** Takes one from what the budget allows; says why when it allows none. */
function spend(context: ApiContext, budget: DisruptionBudget, dryRun: boolean): StatusError | undefined {
  const { status, metadata } = budget
  if (status === undefined || status.observedGeneration < (metadata.generation ?? 0)) {
    return tooMany(`The disruption budget ${metadata.name} is still being processed by the server.`, 10)
  }
  const { disruptionsAllowed, currentHealthy, desiredHealthy } = status
  if (disruptionsAllowed <= 0) {
    return tooMany(
      currentHealthy <= desiredHealthy
        ? `The disruption budget ${metadata.name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`
        : `The disruption budget ${metadata.name} does not allow evicting pods currently`,
    )
  }
  if (dryRun) return undefined
  const left = { ...status, disruptionsAllowed: disruptionsAllowed - 1 }
  const at = { generation: status.observedGeneration, now: context.clock.now() }
  context.lifecycle.update(disruptionBudgets, { ...budget, status: withAllowed(left, status, at) }, 'status')
  return undefined
}

/** An unready pod may go while the others are as many as wanted: it disrupts nothing. */
function disruptsNothing(pod: Pod, { spec, status }: DisruptionBudget): boolean {
  if (isReadyPod(pod)) return false
  if (spec.unhealthyPodEvictionPolicy === 'AlwaysAllow') return true
  const { currentHealthy = 0, desiredHealthy = 0 } = status ?? {}
  return desiredHealthy > 0 && currentHealthy >= desiredHealthy
}

function askBudgets(context: ApiContext, pod: Pod, dryRun: boolean): StatusError | undefined {
  if (ignoresBudgets(pod)) return undefined
  const [budget, ...others] = context.store
    .list(disruptionBudgets, pod.metadata.namespace)
    .filter(({ spec }) => matchesLabels(spec.selector ?? {}, pod.metadata.labels))
  if (others.length > 0) return tooManyBudgets
  if (budget === undefined || disruptsNothing(pod, budget)) return undefined
  return spend(context, budget, dryRun)
}

/** Deletes a pod if its disruption budget allows it: 201, 429, or 500 when it has two budgets. */
export function evictPod(
  context: ApiContext,
  request: { readonly info: RequestInfo; readonly body: JsonObject },
): Result<Answer> {
  const { info, body } = request
  if ((textAt(body, 'metadata', 'name') ?? info.name) !== info.name)
    return refuse(badRequest('name in URL does not match name in Eviction object'))
  const pod = context.store.get(pods, info.namespace, info.name)
  if (pod === undefined) return refuse(notFound(pods, info.name))
  const dryRun = info.query.getAll('dryRun').includes('All')
  const refused = askBudgets(context, pod, dryRun)
  if (refused !== undefined) return refuse(refused)
  if (!dryRun) {
    const conditions = withCondition(pod.status?.conditions ?? [], {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'EvictionByEvictionAPI',
      message: 'Eviction API: evicting',
      lastTransitionTime: timestamp(context.clock.now()),
    })
    const status = { ...pod.status, phase: pod.status?.phase ?? 'Pending', conditions }
    const told = context.lifecycle.update(pods, { ...pod, status }, 'status')
    const graceSeconds = numberAt(body, 'deleteOptions', 'gracePeriodSeconds')
    context.lifecycle.remove(pods, told, graceSeconds === undefined ? {} : { graceSeconds })
  }
  const answer = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201 }
  return good(answerJson(201, answer))
}
