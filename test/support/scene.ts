import { inject, test as base, vi } from 'vitest'
import type { Operator } from './operator.ts'
import { openBench, openTarget, type Bench, type BenchOptions } from './scenario-bench.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Which cluster the scenarios are played on. */
    cluster: 'training' | 'real'
  }
}

export type Scene = { readonly bench: Bench; readonly li: Operator }

// They wait for states: how long that takes on a busy machine says nothing.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

const onCluster = base
  .extend('kind', { scope: 'worker' }, inject('cluster'))
  // A real cluster takes a while to start: one is for all. A training cluster is new for each scenario.
  .extend('shared', { scope: 'worker' }, async ({ kind }, { onCleanup }) => {
    if (kind === 'training') return undefined
    const opened = await openTarget(kind)
    onCleanup(() => opened.target.stop())
    return opened
  })

/** A scenario; `scene` opens where it takes place: an application whose pods all serve, and li@laptop who sees it. */
export function test(
  title: string,
  play: (scene: (options?: BenchOptions) => Promise<Scene>) => Promise<void>,
): void {
  onCluster(title, async ({ shared }) => {
    const ends: (() => Promise<void>)[] = []
    async function scene(options: BenchOptions = {}): Promise<Scene> {
      const on = shared ?? (await openTarget('training', 1, options.nodes))
      if (shared === undefined) ends.push(() => on.target.stop())
      const bench = await openBench(on, options)
      ends.push(() => bench.close())
      const li = await bench.open()
      if (options.serve !== false) await bench.allServe(li)
      return { bench, li }
    }
    try {
      await play(scene)
    } finally {
      for (const end of ends.reverse()) await end()
    }
  })
}
