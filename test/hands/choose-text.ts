import type { Dice } from '../simulation/dice.ts'
import type { Control } from './probe/seen.ts'

const numbers = ['0', '1', '-1', '2', '5', '17', '120', '1.5', '5000', '999999999'] as const
const tags = [
  '20260215',
  'v2',
  ':v2',
  'nginx:1.27',
  'registry.example.internal/other/demo:9',
  'a b',
  'v2@sha256:0',
] as const
const names = [
  'payments',
  'team-a',
  'demo',
  'gov-prod',
  'gov-staging',
  'demo-http',
  'pay-gateway',
  'notify',
  'ledger',
] as const
const times = [
  '2026-02-31 10:00',
  '2026-11-24 10:30',
  '2026-11-23 09:00:00',
  '10:30',
  '2026-10-25 02:30',
  '31:00',
] as const
const lines = ['123456', 'hunter2', '/home/ops/.kube/other'] as const
export const huge = `apiVersion: v1\nkind: Config\n# ${'x'.repeat(1_200_000)}\n`
const texts = [
  'apiVersion: v1\nkind: Config\n',
  'broken: [',
  'spec:\n  containers:\n    - image: other:1\n      name: app\n',
  'spec:\n  containers:\n    - image: another:2\n      name: app\n',
  huge,
] as const

/** What a person might put into a field: what fits, what nearly fits, what does not. */
export function chooseText(dice: Dice, { role, type }: Control): string {
  if (role === 'textarea') return dice.pick(texts)
  if (type === 'number') return dice.pick(numbers)
  if (type === 'search' || role === 'combobox') return dice.pick([...tags, ...names, 'p', 're', 'go'])
  return dice.pick([...tags, ...tags, ...names, ...times, ...lines])
}
