import { expect, test } from 'vitest'
import { parseImage, tagOf, withTag } from '../../../../shared/k8s/image.ts'
import { surgeAndUnavailable } from '../../../../shared/k8s/surge-and-unavailable.ts'

test.each([
  ['demo:1', 'demo', '1'],
  ['registry:5000/team/app', 'registry:5000/team/app', ''],
  ['registry:5000/team/app:2.0', 'registry:5000/team/app', '2.0'],
])('%s is taken apart, and a port is no tag', (text, repository, tag) => {
  expect(parseImage(text)).toMatchObject({ ok: true, value: { repository, tag } })
})

test.each(['', ' demo:1', 'demo:', 'demo:a b', 'https://demo', 'demo@sha256:12', 'demo:1:2'])(
  '"%s" is refused',
  (text) => {
    expect(parseImage(text).ok).toBe(false)
  },
)

test('another tag replaces tag and digest', () => {
  expect(withTag(`r:5000/app:1@sha256:${'a'.repeat(64)}`, '2')).toBe('r:5000/app:2')
  expect(tagOf('r:5000/app:1')).toBe('1')
})

test.each([
  [16, '25%', '25%', 4, 4],
  [1, '25%', '25%', 1, 0],
  [3, 0, '1%', 0, 1],
  [16, '50%', '50%', 8, 8],
  [10, 3, 0, 3, 0],
])(
  '%i pods with surge %s and unavailable %s: +%i/-%i',
  (replicas, maxSurge, maxUnavailable, surge, unavailable) => {
    expect(surgeAndUnavailable({ type: 'RollingUpdate', maxSurge, maxUnavailable }, replicas)).toEqual({
      surge,
      unavailable,
    })
  },
)
