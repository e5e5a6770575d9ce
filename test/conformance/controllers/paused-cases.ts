import { expect } from 'vitest'
import { conditionOf } from '../../../electron/training/objects/objects.ts'
import { isComplete, revision, rolling, workloadsOf } from './workloads.ts'
import type { ControllerCase, World } from './world.ts'

/** Ten pods, of which 8 old and 5 new ones are left by an image that never starts. */
async function stuckHalfway(world: World): Promise<void> {
  const work = workloadsOf(world)
  await work.create('web', { replicas: 10, strategy: rolling(3, 2) })
  await work.done('web')
  await work.setTag('web', '2-missing')
  await work.sized('web', [8, 5])
}

export const pausedCases: readonly ControllerCase[] = [
  {
    name: 'a paused Deployment takes a template without rolling, says so, and rolls when it is resumed',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 2 })
      await work.done('web')
      await work.patch('web', { spec: { paused: true } })
      const paused = await work.withCondition('web', { type: 'Progressing', reason: 'DeploymentPaused' })
      expect([paused.status, paused.message]).toEqual(['Unknown', 'Deployment is paused'])
      await work.setTag('web', '2')
      const waiting = await work.when('web', 'has seen it', () => true)
      expect([waiting.status?.updatedReplicas ?? 0, waiting.status?.availableReplicas]).toEqual([0, 2])
      expect(await work.sets('web')).toHaveLength(1)
      await work.patch('web', { spec: { paused: null } })
      await work.when('web', 'has rolled', (one) => isComplete(one) && revision(one) === 2)
      await work.withCondition('web', { type: 'Progressing', reason: 'NewReplicaSetAvailable' })
    },
  },
  {
    name: 'resuming a complete Deployment says DeploymentResumed until the next look',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      await work.done('web')
      await work.patch('web', { spec: { paused: true } })
      await work.withCondition('web', { type: 'Progressing', reason: 'DeploymentPaused' })
      await work.patch('web', { spec: { paused: false } })
      const complete = await work.withCondition('web', {
        type: 'Progressing',
        reason: 'NewReplicaSetAvailable',
      })
      expect(complete.status).toBe('True')
    },
  },
  {
    name: 'pausing in the middle of a rollout freezes the mix',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 6, minReadySeconds: 1, strategy: rolling(1, 0) })
      await work.done('web')
      await work.setTag('web', '2')
      await work.when('web', 'has two new pods', ({ status }) => (status?.updatedReplicas ?? 0) >= 2)
      await work.patch('web', { spec: { paused: true } })
      await work.withCondition('web', { type: 'Progressing', reason: 'DeploymentPaused' })
      const frozen = (await work.sets('web')).map((set) => set.spec.replicas)
      // All that was under way arrives; unpaused, this would be the moment of the next step.
      await work.when('web', 'has all its pods available', ({ status = {} }) => {
        const all = frozen.reduce((a, b) => a + b)
        return status.replicas === all && status.availableReplicas === all
      })
      expect((await work.sets('web')).map((set) => set.spec.replicas)).toEqual(frozen)
    },
  },
  {
    name: 'a paused Deployment that grows spreads the pods over old and new in proportion',
    async run(world) {
      const work = workloadsOf(world)
      await stuckHalfway(world)
      await work.patch('web', { spec: { paused: true } })
      await work.scale('web', 15)
      await work.sized('web', [11, 7])
      const notes = (await work.sets('web')).map(({ metadata: { annotations = {} } }) => [
        annotations['deployment.kubernetes.io/desired-replicas'],
        annotations['deployment.kubernetes.io/max-replicas'],
      ])
      expect(notes).toEqual([
        ['15', '18'],
        ['15', '18'],
      ])
    },
  },
  {
    name: 'a paused Deployment that shrinks takes pods from old and new in proportion',
    async run(world) {
      const work = workloadsOf(world)
      await stuckHalfway(world)
      await work.patch('web', { spec: { paused: true } })
      await work.scale('web', 5)
      await work.sized('web', [5, 3])
    },
  },
  {
    name: 'a Deployment that grows in the middle of a rollout spreads the pods in proportion',
    async run(world) {
      const work = workloadsOf(world)
      await stuckHalfway(world)
      await work.scale('web', 15)
      await work.sized('web', [11, 7])
      // Its old pods come up, and even then the rollout finds no room to go on.
      await work.when('web', 'has its old pods', ({ status }) => status?.availableReplicas === 11)
      expect((await work.sets('web')).map((set) => set.spec.replicas)).toEqual([11, 7])
    },
  },
  {
    name: 'a Deployment that is scaled to nothing in the middle of a rollout has no pods left',
    async run(world) {
      const work = workloadsOf(world)
      await stuckHalfway(world)
      await work.scale('web', 0)
      await work.sized('web', [0, 0])
      const empty = await work.when('web', 'has no pods', ({ status }) => (status?.replicas ?? 0) === 0)
      expect(empty.status?.availableReplicas ?? 0).toBe(0)
    },
  },
  {
    name: 'a paused rollout is aborted by one patch that puts the template back and resumes',
    async run(world) {
      const work = workloadsOf(world)
      const created = await work.create('web', { replicas: 8 })
      await work.done('web')
      const [old] = await work.sets('web')
      await work.setTag('web', '2-missing')
      await work.sized('web', [6, 4])
      await work.patch('web', { spec: { paused: true } })
      await work.withCondition('web', { type: 'Progressing', reason: 'DeploymentPaused' })
      await work.patch('web', [
        { op: 'test', path: '/spec/paused', value: true },
        { op: 'replace', path: '/spec/template', value: created.spec.template },
        { op: 'remove', path: '/spec/paused' },
      ])
      await work.when('web', 'is back', (one) => isComplete(one) && revision(one) === 3)
      const current = (await work.sets('web')).at(-1)
      expect([current?.metadata.uid, current?.spec.replicas]).toEqual([old?.metadata.uid, 8])
    },
  },
  {
    name: 'the deadline is not counted while paused',
    async run(world) {
      const work = workloadsOf(world)
      for (const name of ['held', 'control']) {
        await work.create(name, { replicas: 1, progressDeadlineSeconds: 2 })
        await work.done(name)
      }
      await work.setTag('held', '2-missing')
      await work.sized('held', [1, 1])
      await work.patch('held', { spec: { paused: true } })
      await work.withCondition('held', { type: 'Progressing', reason: 'DeploymentPaused' })
      // Begun later, so that its deadline passes later than the other one's would.
      await work.setTag('control', '2-missing')
      await work.withCondition('control', { type: 'Progressing', reason: 'ProgressDeadlineExceeded' })
      const { status } = await work.get('held')
      expect(conditionOf(status?.conditions, 'Progressing')?.reason).toBe('DeploymentPaused')
    },
  },
]
