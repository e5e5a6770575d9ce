import { expect, test } from 'vitest'
import { parseImage, tagOf, withTag } from '../../../../shared/k8s/image.ts'
import { surgeAndUnavailable } from '../../../../shared/k8s/surge-and-unavailable.ts'

test.each([
  ['demo:1', 'demo', '1'],
  ['registry:5000/team/app', 'registry:5000/team/app', ''],
  ['registry:5000/team/app:2.0', 'registry:5000/team/app', '2.0'],
  ['localhost/app:1', 'localhost/app', '1'],
  ['Registry.Example.com:443/team/app:1', 'Registry.Example.com:443/team/app', '1'],
  ['[::1]:5000/app:1', '[::1]:5000/app', '1'],
  ['team/a_b__c-d.e:v1.2-rc.3', 'team/a_b__c-d.e', 'v1.2-rc.3'],
])('%s is taken apart, and a port is no tag', (text, repository, tag) => {
  expect(parseImage(text)).toMatchObject({ ok: true, value: { repository, tag } })
})

test.each([
  '',
  ' demo:1',
  'demo:',
  'demo:a b',
  'https://demo',
  'demo@sha256:12',
  'demo:1:2',
  'demo/UPPER:1',
  'a//b:1',
  'demo-:1',
])('"%s" is refused', (text) => {
  expect(parseImage(text).ok).toBe(false)
})

test('another tag replaces tag and digest', () => {
  expect(withTag(`r:5000/app:1@sha256:${'a'.repeat(64)}`, '2')).toBe('r:5000/app:2')
  expect(tagOf('r:5000/app:1')).toBe('1')
})

test.each([
  { replicas: 16, maxSurge: '25%', maxUnavailable: '25%', result: { surge: 4, unavailable: 4 } },
  { replicas: 1, maxSurge: '25%', maxUnavailable: '25%', result: { surge: 1, unavailable: 0 } },
  { replicas: 3, maxSurge: 0, maxUnavailable: '1%', result: { surge: 0, unavailable: 1 } },
  { replicas: 16, maxSurge: '50%', maxUnavailable: '50%', result: { surge: 8, unavailable: 8 } },
  { replicas: 10, maxSurge: 3, maxUnavailable: 0, result: { surge: 3, unavailable: 0 } },
])('$replicas pods with $maxSurge and $maxUnavailable round as Kubernetes does', ({ result, ...given }) => {
  expect(surgeAndUnavailable({ type: 'RollingUpdate', ...given }, given.replicas)).toEqual(result)
})
