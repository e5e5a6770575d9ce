import { expect } from 'vitest'
import type { Json, JsonObject } from '../../../electron/training/objects/json.ts'
import { applyCase } from '../../support/apply-case.ts'
import { revision, workloadsOf } from './workloads.ts'
import type { ControllerCase } from './world.ts'

type Change = readonly [path: string, before: Json | undefined, after: Json]

const container = '/spec/template/spec/containers/0'
const pod = '/spec/template/spec'
const scratch = { name: 'scratch', emptyDir: {} }

/** Written one way and then the other, these are two templates to the Deployment controller. */
const differing: readonly Change[] = [
  [`${container}/securityContext`, undefined, {}],
  [`${container}/lifecycle`, undefined, {}],
  [`${pod}/affinity`, undefined, {}],
  [`${pod}/affinity`, {}, { podAntiAffinity: {} }],
  [`${pod}/volumes`, [scratch], [{ name: 'scratch', emptyDir: { sizeLimit: '1Gi' } }]],
  [`${container}/resources`, { limits: { cpu: '1' } }, { limits: { cpu: '1001m' } }],
]

/** These are one. */
const alike: readonly Change[] = [
  [`${pod}/nodeSelector`, undefined, {}],
  [`${pod}/tolerations`, undefined, []],
  [`${pod}/overhead`, undefined, {}],
  ['/spec/template/metadata/annotations', undefined, {}],
  [`${container}/env`, undefined, []],
  [`${container}/resources`, {}, { limits: {}, requests: {} }],
  [`${container}/resources`, { limits: { cpu: '1' } }, { limits: { cpu: '1000m' } }],
  [`${container}/resources`, { limits: { memory: '1Gi' } }, { limits: { memory: '1073741824' } }],
]

/** Both ways of writing, on a Deployment of its own without pods: how many ReplicaSets it has then. */
async function setsAfter(
  world: Parameters<ControllerCase['run']>[0],
  [path, before, after]: Change,
  name: string,
): Promise<number> {
  const work = workloadsOf(world)
  await work.create(name, { replicas: 0 })
  await work.when(name, 'has been seen', () => true)
  const write = async (value: Json | undefined): Promise<void> => {
    if (value === undefined) return
    await work.patch(name, [{ op: 'add', path, value }])
    await work.when(name, 'has been seen', () => true)
  }
  await write(before)
  const already = (await work.sets(name)).length
  await write(after)
  return 1 + (await work.sets(name)).length - already
}

export const templateCases: readonly ControllerCase[] = [
  {
    name: 'a template with an empty object is another one than without it, and so is a quantity of another value',
    async run(world) {
      const counts: JsonObject[] = []
      for (const [index, change] of differing.entries())
        counts.push({ [change[0]]: await setsAfter(world, change, `web-${index}`) })
      expect(counts).toEqual(differing.map(([path]) => ({ [path]: 2 })))
    },
  },
  {
    name: 'a template with an empty list or map is the same as without it, and so is a quantity written otherwise',
    async run(world) {
      const counts: JsonObject[] = []
      for (const [index, change] of alike.entries())
        counts.push({ [change[0]]: await setsAfter(world, change, `web-${index}`) })
      expect(counts).toEqual(alike.map(([path]) => ({ [path]: 1 })))
    },
  },
  {
    name: 'empty objects written into a template make a new revision that its pods belong to',
    async run(world) {
      const work = workloadsOf(world)
      await applyCase(world.client, 'empty-objects-1', world.namespace)
      await work.done('twin-2')
      await applyCase(world.client, 'empty-objects-2', world.namespace)
      await work.when('twin-2', 'has revision 2', (one) => revision(one) === 2)
      await work.done('twin-2')
      const sets = await work.sets('twin-2')
      expect(sets.map((set) => [revision(set), set.spec.replicas])).toEqual([
        [1, 0],
        [2, 2],
      ])
    },
  },
]
