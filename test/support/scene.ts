import { afterAll, afterEach, beforeAll, inject, vi } from 'vitest'
import type { Operator } from './operator.ts'
import { openBench, openTarget, type Bench, type BenchOptions, type BenchTarget } from './scenario-bench.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Which cluster the scenarios are played on. */
    cluster: 'training' | 'real'
  }
}

export type Scene = { readonly bench: Bench; readonly li: Operator }

/** Where the scenarios of a file take place: an application with all its pods serving, and li@laptop who sees it. */
export function useScenes(): (options?: BenchOptions) => Promise<Scene> {
  const kind = inject('cluster')
  // They wait for states: how long that takes on a busy machine says nothing.
  vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })
  let shared: BenchTarget | undefined
  let ended: (() => Promise<void>)[] = []

  beforeAll(async () => {
    // A real cluster takes a while to start; a training cluster is new for each scenario.
    if (kind === 'real') shared = await openTarget(kind)
  })
  afterEach(async () => {
    for (const end of ended.reverse()) await end()
    ended = []
  })
  afterAll(() => shared?.target.stop())

  return async (options = {}) => {
    const on = shared ?? (await openTarget(kind, 1, options.nodes))
    if (shared === undefined) ended.push(() => on.target.stop())
    const bench = await openBench(on, options)
    ended.push(() => bench.close())
    const li = await bench.open()
    if (options.serve !== false) await bench.allServe(li)
    return { bench, li }
  }
}
