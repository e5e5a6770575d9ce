import { describe, expect, test } from 'vitest'
import type { Json } from '../../../../shared/k8s/json.ts'
import { readDeployment } from '../../../../shared/k8s/read-workloads.ts'
import { inBatchOrder } from '../../../../shared/model/batch-order.ts'
import { readCase } from '../../../support/apply-case.ts'
import { deployment } from '../../../support/build-objects.ts'

type Wish = readonly [name: string, replicas?: number, order?: string]

const built = ([name, replicas = 2, order]: Wish) =>
  deployment(name, { replicas, ...(order !== undefined && { annotations: { 'tranche.dev/order': order } }) })
const ordered = (...wishes: readonly Wish[]): readonly string[] =>
  wishes
    .map(built)
    .toSorted(inBatchOrder)
    .map((one) => one.meta.name)

describe('the order of batches', () => {
  test('a canary that its name tells of goes first, though the other name sorts before it', () => {
    const read = readCase('canary-by-name').flatMap((one) =>
      one['kind'] === 'Deployment' ? (readDeployment(one as Json) ?? []) : [],
    )
    expect(read.toSorted(inBatchOrder).map((one) => one.meta.name)).toEqual(['hostname-canary', 'hostname'])
  })

  test.each(['canary', 'gray', 'grey', 'beta', 'pre', 'pilot'])('%s in a name goes first', (role) => {
    expect(ordered(['web-1', 1], [`web-${role}`, 5])).toEqual([`web-${role}`, 'web-1'])
    expect(ordered(['a', 1], [`${role}-web`, 5])).toEqual([`${role}-web`, 'a'])
    expect(ordered(['a', 1], [`web-${role}2`, 5])).toEqual([`web-${role}2`, 'a'])
  })

  test('a word that only begins or ends like a role is none, and webcanary is one', () => {
    expect(ordered(['graylog-2'], ['prepress-3'], ['alphabeta-4'], ['web-1'])).toEqual([
      'web-1',
      'graylog-2',
      'prepress-3',
      'alphabeta-4',
    ])
    expect(ordered(['web'], ['webcanary'])).toEqual(['webcanary', 'web'])
  })

  test('a role that all have tells nothing: the number decides', () => {
    expect(ordered(['beta-api-10'], ['beta-api-2'], ['beta-api-1'])).toEqual([
      'beta-api-1',
      'beta-api-2',
      'beta-api-10',
    ])
  })

  test('without roles and numbers the smallest goes first, and equal ones go by name', () => {
    expect(ordered(['alpha', 16], ['omega', 1], ['delta', 16])).toEqual(['omega', 'alpha', 'delta'])
  })

  test('an annotation is above all else and counts among the numbers; what is no number is none', () => {
    expect(ordered(['web-canary', 1, '9'], ['web-1'], ['web-2', 2, '0.5'])).toEqual([
      'web-2',
      'web-1',
      'web-canary',
    ])
    expect(ordered(['web-1', 2, ''], ['web-0'], ['web-2', 2, 'soon'], ['web-3', 2, 'Infinity'])).toEqual([
      'web-0',
      'web-1',
      'web-2',
      'web-3',
    ])
  })

  test('any two batches stand in one order, and it does not depend on where one begins', () => {
    const all: readonly Wish[] = [
      ['web', 4],
      ['web-canary', 1],
      ['web-canary-2', 1],
      ['web-2', 3],
      ['web-1', 9],
      ['blue', 4],
      ['grey', 7, '1'],
      ['2048', 1],
      ['web-99999999999999999999', 1],
    ]
    const first = ordered(...all)
    for (let shift = 0; shift < all.length; shift += 1)
      expect(ordered(...all.slice(shift), ...all.slice(0, shift))).toEqual(first)
  })
})
