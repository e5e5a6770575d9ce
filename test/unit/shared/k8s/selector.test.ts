import { expect, test } from 'vitest'
import { sameSelector } from '../../../../shared/k8s/selector.ts'

const none = { matchLabels: {}, matchExpressions: [] }
const tier = { key: 'tier', operator: 'In', values: ['web', 'api'] }
const track = { key: 'track', operator: 'Exists', values: [] }

test('selectors are equal whatever the order of their expressions and of the values in them', () => {
  const one = { matchLabels: { app: 'shop', team: 'a' }, matchExpressions: [tier, track] }
  const other = {
    matchLabels: { team: 'a', app: 'shop' },
    matchExpressions: [track, { ...tier, values: ['api', 'web', 'api'] }],
  }
  expect(sameSelector(one, other)).toBe(true)
})

test('a label is the same as one value that it may have', () => {
  const written = { key: 'app', operator: 'In', values: ['shop'] }
  expect(
    sameSelector({ ...none, matchLabels: { app: 'shop' } }, { ...none, matchExpressions: [written] }),
  ).toBe(true)
})

test('selectors that take other pods are not equal', () => {
  const one = { ...none, matchExpressions: [tier] }
  expect(sameSelector(one, { ...none, matchExpressions: [{ ...tier, operator: 'NotIn' }] })).toBe(false)
  expect(sameSelector(one, { ...none, matchExpressions: [{ ...tier, values: ['web'] }] })).toBe(false)
  expect(sameSelector(one, { ...one, matchLabels: { app: 'shop' } })).toBe(false)
})
