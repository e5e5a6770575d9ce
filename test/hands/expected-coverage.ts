import type { CommandName } from '../../shared/contract.ts'
import { worldActs, type Move } from './move.ts'

const moves = {
  click: true,
  hold: true,
  key: true,
  fill: true,
  empty: true,
  choose: true,
  drag: true,
  drop: true,
  wheel: true,
  beside: true,
  size: true,
  wait: true,
  window: true,
  reload: true,
  address: true,
  world: true,
  answer: true,
  deliver: true,
  cut: true,
} as const satisfies Record<Move['kind'], true>

/** Whether the hands have to send each command; one that is new does not compile before it is placed. */
const sent = {
  'cluster/connect': true,
  'cluster/disconnect': true,
  'cluster/rescan': true,
  'cluster/settings': true,
  'cluster/unlock': false,
  'cluster/lock': true,
  'cluster/answer': true,
  'kubeconfig/inspect': true,
  'kubeconfig/add': true,
  // None is added here that could be taken away again.
  'kubeconfig/remove': false,
  'doctor/report': true,
  'rights/review': true,
  'namespace/add': true,
  'release/check': true,
  'release/start': true,
  'template/show': true,
  'template/preview': true,
  'release/pause': true,
  'release/resume': true,
  'release/freeze': true,
  'release/retry': true,
  'release/skip': true,
  // Only where a stranger has written to a batch of the release, which is the simulation's.
  'release/adopt': false,
  'release/restore': false,
  'release/approve': true,
  'release/push-all': true,
  'release/stop': true,
  'release/take-over': true,
  'release/roll-back': true,
  'release/change-plan': true,
  'release/ask': true,
  'release/forget': true,
  'release/go-back': true,
  'history/list': true,
  'history/differences': true,
  'plan/save': true,
  'plan/remove': true,
  'pod/log': true,
  // They open ports of this machine.
  'pod/forward': false,
  'pod/stop-forward': false,
  'training/speed': false,
  'training/reset': false,
} as const satisfies Record<CommandName, boolean>

const dialogs = [
  'clusters',
  'settings',
  'kubeconfig',
  'doctor',
  'rights',
  'palette',
  'roll-back',
  'plan',
  'change-plan',
  'template',
  'go-back',
  'naming',
]

const expected: readonly string[] = [
  ...Object.keys(moves).map((kind) => `move ${kind}`),
  ...worldActs.map((act) => `world ${act}`),
  ...['now', 'late', 'refused', 'late-refused', 'lost'].map((manner) => `answer ${manner}`),
  ...Object.entries(sent).flatMap(([name, isExpected]) => (isExpected ? [`sent ${name}`] : [])),
  ...dialogs.map((id) => `dialog ${id}`),
  'refused',
  'connection lost',
]

/** What some hundred runs reach: one of these that is never reached shows hands that have gone blind there. */
export function missingFrom(coverage: ReadonlyMap<string, number>): readonly string[] {
  return expected.filter((one) => !coverage.has(one))
}
