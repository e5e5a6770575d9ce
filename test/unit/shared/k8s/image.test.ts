import { expect, test } from 'vitest'
import {
  isVersion,
  parseImage,
  repositoryPath,
  splitImage,
  versionOf,
  withVersion,
} from '../../../../shared/k8s/image.ts'
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
  expect(parseImage(text)).toMatchObject({ kind: 'image', repository, tag })
})

test.each([
  ['', 'empty', ''],
  [' demo:1', 'space', ' demo:1'],
  ['demo:1\n', 'space', 'demo:1\n'],
  ['demo:', 'tag', ''],
  ['demo:a b', 'space', 'demo:a b'],
  ['docker pull demo:1', 'space', 'docker pull demo:1'],
  ['https://demo', 'scheme', 'https://demo'],
  ['demo@sha256:12', 'digest', 'sha256:12'],
  ['demo@', 'digest', ''],
  ['demo:1:2', 'name', 'demo:1'],
  ['demo:-1', 'tag', '-1'],
  ['demo/UPPER:1', 'name', 'demo/UPPER'],
  ['a//b:1', 'name', 'a//b'],
  ['demo-:1', 'name', 'demo-'],
  ['"nginx:1.27"', 'name', '"nginx'],
  [`${'a'.repeat(256)}:1`, 'name-long', 'a'.repeat(256)],
  [`demo:${'1'.repeat(129)}`, 'tag', '1'.repeat(129)],
  ['a'.repeat(64), 'identifier', 'a'.repeat(64)],
])('"%s" is refused, and what is wrong with it is said', (text, problem, part) => {
  expect(parseImage(text)).toEqual({ kind: 'problem', problem, part })
})

const hash = '3f9a1c2b0d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd'

test.each([
  ['demo', { repository: 'demo', tag: '', digest: '' }],
  ['host:5000/app/demo', { repository: 'host:5000/app/demo', tag: '', digest: '' }],
  ['demo:1@sha256:ab', { repository: 'demo', tag: '1', digest: 'sha256:ab' }],
])('%s is read with its port, tag and digest apart', (reference, expected) => {
  expect(splitImage(reference)).toEqual(expected)
})

test.each([
  ['r:5000/app:1', '1'],
  ['localhost:5000/team/app', 'latest'],
  ['app', 'latest'],
  [`r:5000/app@sha256:${hash}`, 'sha256:3f9a1c2b0d4e'],
  [`r:5000/app:1.0@sha256:${hash}`, '1.0@3f9a1c2b0d4e'],
  ['', ''],
])('%s has the version %s, and only what is not there has none', (image, version) => {
  expect(versionOf(image)).toBe(version)
})

test('a version is recognized by what it is called, by its tag and by its digest', () => {
  const pinned = `r:5000/app:1.0@sha256:${hash}`
  for (const word of ['1.0', `sha256:${hash}`, versionOf(pinned)]) expect(isVersion(pinned, word)).toBe(true)
  expect(isVersion('app', 'latest')).toBe(true)
  for (const word of ['', '1', 'latest']) expect(isVersion(pinned, word)).toBe(false)
})

test.each([
  [`r:5000/app:1@sha256:${hash}`, '2', 'r:5000/app:2'],
  ['localhost:5000/team/app', '2', 'localhost:5000/team/app:2'],
  ['host:5000/team/app:1', 'sha256:abc', 'host:5000/team/app@sha256:abc'],
  ['host:5000/team/app:1', '@sha256:abc', 'host:5000/team/app@sha256:abc'],
  ['host:5000/team/app:1', '2@sha256:abc', 'host:5000/team/app:2@sha256:abc'],
  ['host:5000/team/app:1', 'other:6000/app:3', 'other:6000/app:3'],
  ['host:5000/team/app:1', ':v2', 'host:5000/team/app:v2'],
  ['host:5000/team/app:1', ' v2 ', 'host:5000/team/app:v2'],
  ['host:5000/team/app:1', 'nginx:1.27', 'nginx:1.27'],
  ['host:5000/team/app:1', `nginx@sha256:${hash}`, `nginx@sha256:${hash}`],
  ['host:5000/team/app:1', `nginx:1.27@sha256:${hash}`, `nginx:1.27@sha256:${hash}`],
  ['host:5000/team/app:1', `registry:5000/a/b@sha256:${hash}`, `registry:5000/a/b@sha256:${hash}`],
  ['host:5000/team/app:1', `2.1@sha256:${hash}`, `host:5000/team/app:2.1@sha256:${hash}`],
  ['host:5000/team/app:1', `:latest@sha256:${hash}`, `host:5000/team/app:latest@sha256:${hash}`],
  ['host:5000/team/app:1', '  ', 'host:5000/team/app:1'],
])('in the place of %s, what is typed as a version (%s) means %s', (now, typed, meant) => {
  expect(withVersion(now, typed)).toBe(meant)
})

test.each([
  ['eu.registry.example/team/app:1', 'team/app'],
  ['us.registry.example:5000/team/app@sha256:ab', 'team/app'],
  ['localhost/app', 'app'],
  ['team/app:1', 'team/app'],
  ['app', 'app'],
])('the repository of %s without its registry is %s', (image, path) => {
  expect(repositoryPath(image)).toBe(path)
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
