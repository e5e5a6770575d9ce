import { expect } from 'vitest'
import { rolling, workloadsOf } from './workloads.ts'
import type { ControllerCase } from './world.ts'

export const eventCases: readonly ControllerCase[] = [
  {
    name: 'each step of a rollout is an event of the Deployment, from which size to which',
    async run(world) {
      const work = workloadsOf(world)
      const { metadata } = await work.create('web', { replicas: 2, strategy: rolling(1, 0) })
      await work.done('web')
      await work.setTag('web', '2')
      await work.done('web')
      const [old, current] = (await work.sets('web')).map((set) => set.metadata.name)
      const told = await world.until('the events are there', async () => {
        const found = await work.events(metadata.uid, 'ScalingReplicaSet')
        return found.length >= 5 ? found : undefined
      })
      expect(new Set(told.map(({ message }) => message))).toEqual(
        new Set([
          `Scaled up replica set ${old ?? ''} from 0 to 2`,
          `Scaled up replica set ${current ?? ''} from 0 to 1`,
          `Scaled down replica set ${old ?? ''} from 2 to 1`,
          `Scaled up replica set ${current ?? ''} from 1 to 2`,
          `Scaled down replica set ${old ?? ''} from 1 to 0`,
        ]),
      )
      const kinds = new Set(told.map(({ type, source, count }) => `${type} ${source.component} ${count}`))
      expect([...kinds]).toEqual(['Normal deployment-controller 1'])
      const { kind, apiVersion, name, namespace } = told[0]?.involvedObject ?? {}
      expect([kind, apiVersion, name, namespace]).toEqual(['Deployment', 'apps/v1', 'web', world.namespace])
    },
  },
  {
    name: 'from the tenth on, events that differ only in their words are combined',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 12 })
      await work.done('web')
      const [set] = await work.sets('web')
      const told = await world.until('the events are there', async () => {
        const found = await work.events(set?.metadata.uid ?? '', 'SuccessfulCreate')
        return found.reduce((sum, { count }) => sum + count, 0) === 12 ? found : undefined
      })
      const combined = told.filter(({ message }) => message.startsWith('(combined from similar events): '))
      expect([told.length, combined.map(({ count }) => count)]).toEqual([10, [3]])
      expect(combined[0]?.message).toMatch(/^\(combined from similar events\): Created pod: web-/)
    },
  },
  {
    name: 'pods that go are told with the ReplicaSet that gave them up',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 3 })
      await work.done('web')
      const names = (await work.pods('web')).map((pod) => `Deleted pod: ${pod.metadata.name}`)
      await work.scale('web', 1)
      const [set] = await work.sets('web')
      const told = await world.until('the events are there', async () => {
        const found = await work.events(set?.metadata.uid ?? '', 'SuccessfulDelete')
        return found.length === 2 ? found : undefined
      })
      expect(names).toEqual(expect.arrayContaining(told.map(({ message }) => message)))
    },
  },
]
