import { expect, test } from 'vitest'
import {
  readImage,
  splitRepository,
  versionOf,
  withTag,
} from '../../../../renderer/release/image-reference.ts'

test.each([
  ['demo', { repository: 'demo', tag: '', digest: '' }],
  ['demo:1', { repository: 'demo', tag: '1', digest: '' }],
  ['host:5000/app/demo', { repository: 'host:5000/app/demo', tag: '', digest: '' }],
  ['host:5000/app/demo:1', { repository: 'host:5000/app/demo', tag: '1', digest: '' }],
  ['demo:1@sha256:ab', { repository: 'demo', tag: '1', digest: 'sha256:ab' }],
])('%s is read with its port, tag and digest apart', (reference, expected) => {
  expect(readImage(reference)).toEqual(expected)
})

test('another tag drops the digest, which would pin the old content', () => {
  expect(withTag('host:5000/demo:1@sha256:ab', '2')).toBe('host:5000/demo:2')
})

test('no tag is called latest, as the registry does', () => {
  expect(versionOf('host/demo')).toBe('latest')
})

test('the name of an image stays apart from the path that may shrink', () => {
  expect(splitRepository('registry/app/demo')).toEqual({ front: 'registry/app/', name: 'demo' })
  expect(splitRepository('demo')).toEqual({ front: '', name: 'demo' })
})

test.each([
  ['host:5000/team/app:1', 'sha256:abc', 'host:5000/team/app@sha256:abc'],
  ['host:5000/team/app:1', '@sha256:abc', 'host:5000/team/app@sha256:abc'],
  ['host:5000/team/app@sha256:def', '2', 'host:5000/team/app:2'],
  ['host:5000/team/app:1', '2@sha256:abc', 'host:5000/team/app:2@sha256:abc'],
  ['host:5000/team/app:1', 'other:6000/app:3', 'other:6000/app:3'],
])('in the place of %s, what is typed as a tag (%s) means %s', (now, typed, meant) => {
  expect(withTag(now, typed)).toBe(meant)
})
