import type { SteeringVerb } from '../../shared/release/verbs.ts'
import type { BatchPhase, Change, Outcome, ReleaseState } from '../../shared/release/release.ts'
import type { Hold } from '../../shared/release/hold.ts'

type State = ReleaseState['kind']

/** In which states a person has done each verb. One that is new does not compile before it is placed. */
const verbs = {
  approve: ['running'],
  'push-all': ['running'],
  pause: ['running'],
  resume: ['paused', 'held'],
  freeze: ['running'],
  retry: ['held'],
  skip: ['running', 'held'],
  adopt: ['held'],
  restore: ['held'],
  stop: ['running', 'paused', 'held'],
  'roll-back': ['running', 'paused', 'held', 'ended'],
} as const satisfies Record<SteeringVerb, readonly State[]>

const states = {
  running: true,
  paused: true,
  held: true,
  'rolling-back': true,
  ended: true,
} as const satisfies Record<State, true>

const changes = {
  image: true,
  restart: true,
  template: true,
  restore: true,
  none: true,
} as const satisfies Record<Change['kind'], true>

const phases = {
  waiting: true,
  patching: true,
  rolling: true,
  baking: true,
  done: true,
  skipped: true,
  returning: true,
  'rolling-back': true,
  returned: true,
  stuck: true,
} as const satisfies Record<BatchPhase['kind'], true>

/** Those that come often: the others need more histories than a test run has. */
const holds = {
  pods: true,
  restarts: true,
  /** No gate of ours speaks for itself. */
  gate: false,
  deadline: true,
  regressed: true,
  foreign: true,
  gone: true,
  'batch-paused': true,
  refused: true,
  'given-up': false,
  unselected: true,
  'service-gone': true,
} as const satisfies Record<Hold['kind'], boolean>

/** A release whose place another one took stands in no journal any more. */
const outcomes = {
  done: true,
  stopped: true,
  'rolled-back': true,
  'rolled-back-in-part': true,
  superseded: false,
} as const satisfies Record<Outcome, boolean>

function named(prefix: string, all: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(all).flatMap(([name, isExpected]) => (isExpected ? [`${prefix} ${name}`] : []))
}

/** What a few hundred histories reach: one of these that is never reached shows a simulation that has gone blind there. */
const expected: readonly string[] = [
  ...Object.entries(verbs).flatMap(([verb, where]) => where.map((state) => `${verb} in ${state}: done`)),
  ...['running', 'held', 'rolling-back'].map((state) => `take-over in ${state}: done`),
  ...['nothing', 'running', 'held', 'ended'].map((state) => `start in ${state}: done`),
  ...['nothing', 'running', 'ended'].map((state) => `go-back in ${state}: done`),
  'plan in running: done',
  'phase in doubt',
  ...named('state', states),
  ...named('change', changes),
  ...named('phase', phases),
  ...named('hold', holds),
  ...named('outcome', outcomes),
  ...['freeze freeze', 'freeze thaw', 'resize growing', 'resize shrinking', 'resize done'],
]

export function missingFrom(coverage: ReadonlyMap<string, number>): readonly string[] {
  return expected.filter((one) => !coverage.has(one))
}
