// Records what the real Deployment controller does, so that machines without Go can compare too.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { kubernetesVersion } from '../../controlplane/build-control-plane.ts'
import { eventually } from '../../support/eventually.ts'
import { startRealTarget } from '../targets/real-target.ts'
import { playRollout } from './play-rollout.ts'
import { pairwiseRollouts, titleOf, type Rollout } from './rollouts.ts'
import { tracesFolder, type Trace, type TraceFile } from './trace.ts'

const usage = 'traces record [--folder test/conformance/traces]'
/** Rollouts at a time: more would only wait for each other on a small machine. */
const lanes = 3
const deadlineSeconds = 6

async function recordAll(): Promise<readonly Trace[]> {
  const target = await startRealTarget({ podSpeed: 20 })
  const client = target.client('admin')
  const rollouts = pairwiseRollouts()
  const waiting = [...rollouts.entries()]
  const traces = new Map<Rollout, Trace>()

  async function lane(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, rollout] = next
      const namespace = `rollout-${index}`
      await client.post('/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      })
      const until = <T>(what: string, look: () => Promise<T | undefined>): Promise<T> =>
        eventually(look, { what: `${titleOf(rollout)}: ${what}`, atMostMs: 300_000 })
      traces.set(
        rollout,
        await playRollout({ target: 'real', client, namespace, until }, rollout, deadlineSeconds),
      )
      await client.remove(`/api/v1/namespaces/${namespace}`)
      console.log(`${traces.size} of ${rollouts.length}: ${titleOf(rollout)}`)
    }
  }
  try {
    await Promise.all(Array.from({ length: lanes }, lane))
  } finally {
    await target.stop()
  }
  return rollouts.flatMap((rollout) => traces.get(rollout) ?? [])
}

/** One file for each number of replicas, and a line for each rollout, so that a difference is readable. */
function write(folder: string, traces: readonly Trace[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) if (name.endsWith('.json')) rmSync(join(folder, name))
  for (const replicas of new Set(traces.map(({ rollout }) => rollout.replicas))) {
    const own = traces.filter(({ rollout }) => rollout.replicas === replicas)
    const { kubernetes }: Pick<TraceFile, 'kubernetes'> = { kubernetes: kubernetesVersion() }
    const lines = own.map((trace) => JSON.stringify(trace)).join(',\n')
    const text = `{"kubernetes":${JSON.stringify(kubernetes)},"traces":[\n${lines}\n]}\n`
    writeFileSync(join(folder, `replicas-${replicas}.json`), text)
  }
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: 'string', default: tracesFolder } },
})
if (positionals[0] === 'record') {
  const began = performance.now()
  const traces = await recordAll()
  write(values.folder, traces)
  console.log(`${traces.length} rollouts recorded in ${Math.round((performance.now() - began) / 1000)} s`)
} else {
  console.error(usage)
  process.exitCode = 2
}
