import { expect, test } from 'vitest'
import { rightsGroups } from '../../../../renderer/clusters/rights-groups.ts'

test('a thing is possible only with all of its rights, each named as kubectl names it', () => {
  const [see, , release, , logs] = rightsGroups({
    rights: [
      { for: 'see', verb: 'list', group: '', resource: 'pods', allowed: true },
      { for: 'release', verb: 'get', group: 'apps', resource: 'deployments', allowed: true },
      { for: 'release', verb: 'patch', group: 'apps', resource: 'deployments', allowed: false },
      { for: 'logs', verb: 'get', group: '', resource: 'pods', subresource: 'log', allowed: true },
    ],
  })
  expect([see?.possible, release?.possible, logs?.possible]).toEqual([true, false, true])
  expect(release?.rights[1]).toEqual({ verb: 'patch', resource: 'deployments.apps', allowed: false })
  expect(logs?.rights[0]?.resource).toBe('pods/log')
})
