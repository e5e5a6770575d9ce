import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { conditionOf, type Deployment } from '../../../electron/training/objects/objects.ts'
import type { Rollout } from './rollouts.ts'

/** What a Deployment says of itself at one moment. */
export type Step = {
  readonly spec: number
  readonly updated: number
  readonly ready: number
  readonly available: number
  /** Pods that are not new. */
  readonly old: number
  readonly progressing: string
  readonly isAvailable: boolean
}

export type Trace = {
  readonly rollout: Rollout
  /** Each different state from the change of the image on, as text; see stepOf. */
  readonly steps: readonly string[]
  /** For a bad image: from putting the old template back until all is well. */
  readonly back: readonly string[]
}

export type TraceFile = { readonly kubernetes: string; readonly traces: readonly Trace[] }

const reasons: Readonly<Record<string, string>> = {
  '-': '',
  C: 'NewReplicaSetCreated',
  F: 'FoundNewReplicaSet',
  U: 'ReplicaSetUpdated',
  A: 'NewReplicaSetAvailable',
  D: 'ProgressDeadlineExceeded',
}

/** `spec updated ready available old` and the reason of Progressing with the status of Available: `4 2 3 3 3 U+`. */
export function textOf({ spec, status = {} }: Deployment): string {
  const { updatedReplicas = 0, readyReplicas = 0, availableReplicas = 0, replicas = 0 } = status
  const reason = conditionOf(status.conditions, 'Progressing')?.reason ?? ''
  const letter = Object.entries(reasons).find(([, name]) => name === reason)?.[0]
  if (letter === undefined) throw new Error(`no letter for ${reason}`)
  const available = conditionOf(status.conditions, 'Available')?.status === 'True' ? '+' : '-'
  const counts = [
    spec.replicas,
    updatedReplicas,
    readyReplicas,
    availableReplicas,
    replicas - updatedReplicas,
  ]
  return `${counts.join(' ')} ${letter}${available}`
}

export function stepOf(text: string): Step {
  const [spec = 0, updated = 0, ready = 0, available = 0, old = 0] = text.split(' ').slice(0, 5).map(Number)
  const [letter = '-', sign = '-'] = text.split(' ')[5] ?? ''
  return {
    spec,
    updated,
    ready,
    available,
    old,
    progressing: reasons[letter] ?? '',
    isAvailable: sign === '+',
  }
}

export const tracesFolder = import.meta.dirname

export function readTraces(): readonly Trace[] {
  return readdirSync(tracesFolder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => (JSON.parse(readFileSync(join(tracesFolder, name), 'utf8')) as TraceFile).traces)
}
