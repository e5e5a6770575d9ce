import type { BatchSet } from '../model/batch-set.ts'
import type { BatchHistory, HistoryView } from './history-view.ts'
import { failureOf, isFailing, type Incident, type IncidentChange } from '../model/incident.ts'
import type { Release } from '../release/release.ts'
import { goBackRows, versionText, type GoBackRow } from './go-back-rows.ts'
import { lastIncident } from './last-incident.ts'

/** What was changed longer ago than this is not offered as the cause: something else has happened since. */
const lately = 24 * 3_600_000

export type IncidentInput = {
  readonly set: BatchSet
  /** What the journal says; while it is not over, whatever fails is its business. */
  readonly release: Release | undefined
  /** Asked only of a Service that fails. */
  readonly history: () => Pick<HistoryView, 'batches' | 'releases'>
  readonly now: number
}

export function incidentOf({ set, release, history, now }: IncidentInput): Incident | undefined {
  if ((release !== undefined && release.state.kind !== 'ended') || !isFailing(set)) return undefined
  const { batches } = set
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)
  const state = {
    ready: sum(batches.map((batch) => Math.min(batch.ready, batch.desired))),
    desired: sum(batches.map((batch) => batch.desired)),
    faults: faultsOf(set),
  }
  const past: HistoryView = { ...history(), missing: [] }
  const last = lastIncident(past)
  if (last === undefined || last.to < now - lately) return { ...state, changes: [] }
  const { at } = last
  const rows = goBackRows(past, { kind: 'time', at }, { choices: {}, sizes: batches })
  const going = rows.filter((row) => row.to !== undefined)
  if (going.length === 0) return { ...state, changes: [] }
  return {
    ...state,
    changes: going.map(changeOf).sort((a, b) => a.at - b.at),
    proposal: {
      at,
      version: [...new Set(going.map(({ to }) => versionText(to)))].join(', '),
      batches: going.map(({ batch }) => batch.number),
      pods: sum(going.map(({ pods }) => pods)),
      unknown: rows
        .filter(({ stays }) => stays !== undefined && stays !== 'same' && stays !== 'not-asked')
        .map(({ batch }) => batch.number),
    },
  }
}

function faultsOf({ batches }: BatchSet): Incident['faults'] {
  const faults = new Map<string, { reason: string; pods: number; batches: number[] }>()
  for (const batch of batches) {
    const trouble = failureOf(batch)
    if (trouble === undefined) continue
    const fault = faults.get(trouble.reason) ?? { reason: trouble.reason, pods: 0, batches: [] }
    faults.set(trouble.reason, fault)
    fault.pods += trouble.pods
    fault.batches.push(batch.number)
  }
  return [...faults.values()].sort((a, b) => b.pods - a.pods)
}

function changeOf({ batch, from, to }: GoBackRow): IncidentChange {
  return {
    batch: batch.batch,
    number: batch.number,
    at: changedAt(batch),
    manager: from?.by ?? '',
    from: versionText(to),
    to: versionText(from),
  }
}

function changedAt({ revisions }: BatchHistory): number {
  const current = revisions.find((one) => one.current)
  return current?.known === 'exactly' ? current.since : 0
}
