import { expect, test } from 'vitest'
import { avatarColour, avatarColours, initials } from '../../../../renderer/clusters/avatar.ts'

test.each([
  ['gov-prod', 'GP'],
  ['east-2-test', 'E2'],
  ['lab', 'LA'],
  ['arn:aws:eks:cluster/shop', 'AA'],
  ['测试-集群', '测集'],
  ['', '?'],
])('%s is called %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('a name always has the same colour, one of those that exist', () => {
  for (const name of ['gov-prod', 'gov-staging', 'lab', '测试', '']) {
    const colour = avatarColour(name)
    expect(colour).toBe(avatarColour(name))
    expect(colour).toBeGreaterThanOrEqual(1)
    expect(colour).toBeLessThanOrEqual(avatarColours)
  }
})
