import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../../electron/training/objects/json.ts'
import { startPlainNamespace, type Listing } from '../support/plain-namespace.ts'
import { spawnNode } from '../support/spawned.ts'
import { kubeconfigFor } from './bench-cluster.ts'
import { rounded } from './statistics.ts'

const pods = 2_000
const bar = 350
const expected = { status: 0, plan: 5 } as const

/** The most memory that the terminal ever has with 12 batches of 2,000 pods, however the server lists them. */
export async function terminalMemory(): Promise<JsonObject> {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-terminal-memory-'))
  const peaks: Record<string, number> = {}
  try {
    for (const listing of ['streaming', 'pages'] as const satisfies readonly Listing[]) {
      const server = await startPlainNamespace(pods, listing)
      const kubeconfig = join(folder, listing)
      writeFileSync(kubeconfig, kubeconfigFor(server.url))
      try {
        for (const command of ['status', 'plan'] as const)
          peaks[`${command}_${listing}_mb`] = await peakOf(command, { kubeconfig, folder })
      } finally {
        await server.close()
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const worst = Math.max(...Object.values(peaks))
  return { bench: 'terminal-memory', pods, ...peaks, worst_mb: worst, bar_mb: bar, within: worst <= bar }
}

async function peakOf(
  command: 'status' | 'plan',
  { kubeconfig, folder }: { readonly kubeconfig: string; readonly folder: string },
): Promise<number> {
  const change = command === 'plan' ? ['--tag', '2'] : []
  const spawned = spawnNode(
    [
      ...['--import', './test/bench/tell-peak.ts', 'electron/cli/main.ts', command, 'demo-http', ...change],
      ...['--output', 'json', '--data-folder', join(folder, 'data')],
    ],
    { KUBECONFIG: kubeconfig, HOME: folder },
  )
  const code = await spawned.ended
  const peak = /^peak (\d+)$/m.exec(spawned.stderr())?.[1]
  // A plan ends with 5 here: nothing can be tried on this server, and it says so.
  if (code !== expected[command] || peak === undefined || !spawned.lines().join('').includes('demo-aone-12'))
    throw new Error(
      `${command} ended with ${code}: ${spawned.stderr()}${spawned.lines().join('\n').slice(0, 2_000)}`,
    )
  return rounded(Number(peak) / 1024, 0)
}
