import { expect } from 'vitest'
import { conditionOf, type Deployment } from '../../../electron/training/objects/objects.ts'
import { startRecording } from './recording.ts'
import { isComplete, rolling, workloadsOf } from './workloads.ts'
import type { ControllerCase } from './world.ts'

/** What follows itself is told once. */
function steps(words: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return words.filter((word, index) => word !== words[index - 1])
}

export const progressCases: readonly ControllerCase[] = [
  {
    name: 'a rollout tells of its new ReplicaSet, its steps and its end, in this order and these words',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 4 })
      await work.done('web')
      const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
      await work.setTag('web', '2')
      const done = await work
        .withCondition('web', { type: 'Progressing', reason: 'NewReplicaSetAvailable' })
        .then(() => work.when('web', 'is done', (one) => isComplete(one)))
      const states = await recording.through(done.metadata.resourceVersion)
      recording.stop()
      const told = states.map(({ object }) => conditionOf(object.status?.conditions, 'Progressing'))
      expect(steps(told.map((condition) => condition?.reason)).slice(-3)).toEqual([
        'NewReplicaSetCreated',
        'ReplicaSetUpdated',
        'NewReplicaSetAvailable',
      ])
      const name = (await work.sets('web')).at(-1)?.metadata.name ?? ''
      expect(steps(told.map((condition) => condition?.message)).slice(-3)).toEqual([
        `Created new replica set "${name}"`,
        `ReplicaSet "${name}" is progressing.`,
        `ReplicaSet "${name}" has successfully progressed.`,
      ])
      expect(steps(told.map((condition) => condition?.status))).toEqual(['True'])
    },
  },
  {
    name: 'without progress the deadline passes, with the words for it, and nothing is rolled back',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 4, progressDeadlineSeconds: 2 })
      await work.done('web')
      await work.setTag('web', '2-missing')
      const failed = await work.withCondition('web', {
        type: 'Progressing',
        reason: 'ProgressDeadlineExceeded',
      })
      const name = (await work.sets('web')).at(-1)?.metadata.name ?? ''
      expect([failed.status, failed.message]).toEqual([
        'False',
        `ReplicaSet "${name}" has timed out progressing.`,
      ])
      const { spec, status } = await work.get('web')
      expect(spec.template.spec.containers[0]?.image).toContain('2-missing')
      expect(conditionOf(status?.conditions, 'Available')?.status).toBe('True')
      expect([status?.updatedReplicas, status?.availableReplicas]).toEqual([2, 3])
    },
  },
  {
    name: 'a rollout whose deadline has passed still gets done when its template is put back',
    async run(world) {
      const work = workloadsOf(world)
      const created = await work.create('web', {
        replicas: 4,
        progressDeadlineSeconds: 2,
        strategy: rolling(0, '75%'),
      })
      await work.done('web')
      await work.setTag('web', '2-missing')
      await work.withCondition('web', { type: 'Progressing', reason: 'ProgressDeadlineExceeded' })
      await work.patch('web', [{ op: 'replace', path: '/spec/template', value: created.spec.template }])
      await work.done('web')
      const back = await work.withCondition('web', { type: 'Progressing', reason: 'NewReplicaSetAvailable' })
      expect(back.status).toBe('True')
    },
  },
  {
    name: 'the longest deadline means none, and then there is no Progressing condition',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1, progressDeadlineSeconds: 2 ** 31 - 1 })
      const { status } = await work.done('web')
      expect(status?.conditions?.map(({ type }) => type)).toEqual(['Available'])
    },
  },
  {
    name: 'pods that die after the rollout leave its condition as it was: only Available tells',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1, tag: '1-dies' })
      await work.done('web')
      const lost = await work.withCondition('web', {
        type: 'Available',
        reason: 'MinimumReplicasUnavailable',
      })
      expect([lost.status, lost.message]).toEqual(['False', 'Deployment does not have minimum availability.'])
      const { status } = await work.get('web')
      const progressing = conditionOf(status?.conditions, 'Progressing')
      expect([progressing?.status, progressing?.reason]).toEqual(['True', 'NewReplicaSetAvailable'])
    },
  },
  {
    name: 'a new generation is first seen with the old observed one and the old conditions',
    async run(world) {
      const work = workloadsOf(world)
      await work.create('web', { replicas: 1 })
      const before = await work.done('web')
      const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
      const patched = await work.setTag('web', '2')
      expect(patched.metadata.generation).toBe((before.metadata.generation ?? 0) + 1)
      const done = await work.done('web')
      const [first] = await recording.through(done.metadata.resourceVersion)
      recording.stop()
      expect([first?.object.metadata.generation, first?.object.status?.observedGeneration]).toEqual([
        patched.metadata.generation,
        before.metadata.generation,
      ])
      expect(first?.object.status?.conditions).toEqual(before.status?.conditions)
    },
  },
]
