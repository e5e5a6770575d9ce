import { conditionOf, type Deployment } from '../../../electron/training/objects/objects.ts'
import { startRecording, type Recording } from '../controllers/recording.ts'
import { isComplete, rolling, workloadsOf } from '../controllers/workloads.ts'
import type { World } from '../controllers/world.ts'
import type { Rollout } from './rollouts.ts'
import { textOf, type Trace } from './trace.ts'

const tags = { good: '2', missing: '2-missing', crash: '2-crash' } as const

/** Every different state between two versions of the Deployment. */
async function statesOf(
  recording: Recording<Deployment>,
  from: Deployment,
  to: Deployment,
): Promise<readonly string[]> {
  const told = await recording.through(to.metadata.resourceVersion)
  const texts = told
    .filter(({ version }) => version >= Number(from.metadata.resourceVersion))
    .filter(({ version }) => version <= Number(to.metadata.resourceVersion))
    .map(({ object }) => textOf(object))
  return texts.filter((text, index) => text !== texts[index - 1])
}

/**
 * Runs a rollout on a cluster and gives what its Deployment told: on a real one to record it, on ours to compare.
 * The deadline of a bad one has to be longer than what its good pods need, at the speed at which they live there.
 */
export async function playRollout(world: World, rollout: Rollout, deadlineSeconds: number): Promise<Trace> {
  const work = workloadsOf(world)
  const { replicas, maxSurge, maxUnavailable, minReadySeconds, image } = rollout
  const created = await work.create('web', {
    replicas,
    minReadySeconds,
    strategy: rolling(maxSurge, maxUnavailable),
    ...(image === 'good' ? {} : { progressDeadlineSeconds: deadlineSeconds }),
  })
  function reaches(reason: string): Promise<Deployment> {
    return work.when('web', `comes to ${reason}`, (one) => {
      const found = conditionOf(one.status?.conditions, 'Progressing')?.reason
      return found === reason && (image !== 'good' || isComplete(one))
    })
  }
  await reaches('NewReplicaSetAvailable')
  const recording = await startRecording<Deployment>(world.client, `${work.apps}/deployments`)
  try {
    const begun = await work.setTag('web', tags[image])
    const end = await reaches(image === 'good' ? 'NewReplicaSetAvailable' : 'ProgressDeadlineExceeded')
    const steps = await statesOf(recording, begun, end)
    if (image === 'good') return { rollout, steps, back: [] }
    const undone = await work.patch('web', [
      { op: 'replace', path: '/spec/template', value: created.spec.template },
    ])
    const well = await work.when('web', 'is back', (one) => {
      const reason = conditionOf(one.status?.conditions, 'Progressing')?.reason
      return isComplete(one) && reason === 'NewReplicaSetAvailable'
    })
    return { rollout, steps, back: await statesOf(recording, undone, well) }
  } finally {
    recording.stop()
  }
}
