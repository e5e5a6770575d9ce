import { expect, test } from 'vitest'
import { groupServices } from '../../../../renderer/shell/service-groups.ts'
import { servicesView } from '../../../visual/cluster-states.ts'

const { services } = servicesView({ state: 'failing' })

test('services in release stand apart, those without a Deployment last', () => {
  const groups = groupServices(services, '')
  expect(groups.inRelease.map((row) => row.name)).toEqual(['demo-http', 'pay-gateway'])
  expect(groups.empty.map((row) => row.name)).toEqual(['metrics-proxy'])
})

test('the filter finds a part of the name in any case', () => {
  const groups = groupServices(services, ' Demo ')
  expect([...groups.inRelease, ...groups.ready].map((row) => row.name)).toEqual(['demo-http', 'demo-grpc'])
})
