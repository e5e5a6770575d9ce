import { expect, test } from 'vitest'
import { servingPort } from '../../../../shared/model/serving-port.ts'

const template = {
  spec: {
    containers: [
      { name: 'app', ports: [{ containerPort: 7001 }, { name: 'http', containerPort: 8080 }] },
      { name: 'side', ports: [{ name: 'metrics', containerPort: 9090 }] },
    ],
  },
}
const service = (...targets: readonly string[]) => ({
  ports: targets.map((targetPort) => ({ port: 80, targetPort })),
})

test('the port of the first port of the Service: by number, by the name a container gives it, else the first declared', () => {
  expect(servingPort(service('7001'), template)).toBe(7001)
  expect(servingPort(service('metrics', '7001'), template)).toBe(9090)
  expect(servingPort(service('unknown'), template)).toBe(7001)
  expect(servingPort(service(), template)).toBe(7001)
  expect(servingPort(service('99999'), template)).toBeUndefined()
  expect(servingPort(service('http'), { spec: { containers: [{ name: 'app' }] } })).toBeUndefined()
})
