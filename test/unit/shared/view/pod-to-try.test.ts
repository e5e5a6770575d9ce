import { expect, test } from 'vitest'
import { uid } from '../../../../shared/ids.ts'
import type { PodsView } from '../../../../shared/view/pods-view.ts'
import { podToTry } from '../../../../shared/view/pod-to-try.ts'

type Row = PodsView['pods'][number]

function row(name: string, parts: Partial<Row>): Row {
  return {
    uid: uid(name),
    name,
    node: '',
    state: 'new',
    isNew: true,
    ready: true,
    serving: true,
    restarts: 0,
    telling: 'app',
    createdAt: 0,
    reason: '',
    message: '',
    batch: 1,
    kind: 'new',
    version: '2',
    ...parts,
  }
}

test('the newest ready pod of what is released is tried, of the batch that is meant', () => {
  const pods = [
    row('b', { createdAt: 5 }),
    row('a', { createdAt: 5 }),
    row('older', { createdAt: 4 }),
    row('not-ready', { createdAt: 9, ready: false, kind: 'starting' }),
    row('old', { createdAt: 9, kind: 'old' }),
    row('ending', { createdAt: 9, kind: 'ending' }),
    row('other', { createdAt: 9, batch: 2 }),
  ]
  expect(podToTry(pods, 1)?.name).toBe('a')
  expect(podToTry(pods, 2)?.name).toBe('other')
  expect(podToTry(pods, 3)).toBeUndefined()
  expect(podToTry([row('any', { kind: 'ready' })], 1)?.name).toBe('any')
})
