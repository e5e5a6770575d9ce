import { ageText } from './age-text.ts'
import { at, listAt, numberAt, textAt, type Json, type JsonObject } from '../objects/json.ts'

type Shown = { readonly ready: string; readonly status: string; readonly restarts: string }

/** READY, STATUS and RESTARTS of a pod, by the rules of the API server's printer. */
export function podCells(pod: JsonObject, now: number): Shown {
  const told = toldBy(pod)
  const { restarts, lastRestart } = told
  return {
    ready: `${told.ready}/${told.total}`,
    status: textAt(pod, 'metadata', 'deletionTimestamp') === undefined ? told.status : 'Terminating',
    restarts: `${restarts}${restarts > 0 && lastRestart > 0 ? ` (${ageText(now - lastRestart)} ago)` : ''}`,
  }
}

type Told = {
  readonly ready: number
  readonly total: number
  readonly status: string
  readonly restarts: number
  readonly lastRestart: number
}

function toldBy(pod: JsonObject): Told {
  const init = listAt(pod, 'status', 'initContainerStatuses')
  const main = listAt(pod, 'status', 'containerStatuses')
  const sidecars = listAt(pod, 'spec', 'initContainers')
    .filter((one) => textAt(one, 'restartPolicy') === 'Always')
    .map((one) => textAt(one, 'name'))
  const isSidecar = (status: Json): boolean => sidecars.includes(textAt(status, 'name'))
  const total = listAt(pod, 'spec', 'containers').length + sidecars.length
  const beside = init.filter((one) => isSidecar(one) && at(one, 'started') === true)
  const initializing = initStatus(pod, isSidecar)
  if (initializing !== undefined && !isInitialized(pod)) {
    const before = init.slice(0, initializing.index + 1)
    const ready = beside.filter((one) => before.includes(one) && at(one, 'ready') === true).length
    return { ready, total, status: initializing.status, ...restartsOf(before) }
  }
  const counted = [...init.filter(isSidecar), ...main]
  const running = main.filter((one) => at(one, 'ready') === true && at(one, 'state', 'running') !== undefined)
  const ready = running.length + beside.filter((one) => at(one, 'ready') === true).length
  return { ready, total, status: mainStatus(pod, main, running.length > 0), ...restartsOf(counted) }
}

/** What the first init container that has not passed says. */
function initStatus(
  pod: JsonObject,
  isSidecar: (status: Json) => boolean,
): { readonly index: number; readonly status: string } | undefined {
  const statuses = listAt(pod, 'status', 'initContainerStatuses')
  const index = statuses.findIndex(
    (one) =>
      numberAt(one, 'state', 'terminated', 'exitCode') !== 0 &&
      !(isSidecar(one) && at(one, 'started') === true),
  )
  const status = statuses[index]
  if (status === undefined) return undefined
  const waiting = textAt(status, 'state', 'waiting', 'reason')
  const reason =
    textAt(status, 'state', 'terminated', 'reason') ?? (waiting === 'PodInitializing' ? undefined : waiting)
  return { index, status: `Init:${reason ?? `${index}/${listAt(pod, 'spec', 'initContainers').length}`}` }
}

function isInitialized(pod: JsonObject): boolean {
  return listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Initialized' && textAt(one, 'status') === 'True',
  )
}

/** The first container that waits or has ended, else the phase. */
function mainStatus(pod: JsonObject, main: readonly Json[], isRunning: boolean): string {
  const reasons = main.flatMap(
    (one) => textAt(one, 'state', 'waiting', 'reason') ?? textAt(one, 'state', 'terminated', 'reason') ?? [],
  )
  const status = reasons[0] ?? textAt(pod, 'status', 'phase') ?? 'Pending'
  if (status !== 'Completed' || !isRunning) return status
  const isReady = listAt(pod, 'status', 'conditions').some(
    (one) => textAt(one, 'type') === 'Ready' && textAt(one, 'status') === 'True',
  )
  return isReady ? 'Running' : 'NotReady'
}

function restartsOf(statuses: readonly Json[]): Pick<Told, 'restarts' | 'lastRestart'> {
  return {
    restarts: statuses.reduce<number>((sum, one) => sum + (numberAt(one, 'restartCount') ?? 0), 0),
    lastRestart: Math.max(
      0,
      ...statuses.map((one) => Date.parse(textAt(one, 'lastState', 'terminated', 'finishedAt') ?? '') || 0),
    ),
  }
}
