import { defineConfig } from 'vitest/config'
import controlPlane from './vitest.controlplane.config.ts'

/** The nasty scenarios on a real control plane, in real time, of which most is waiting: several at a time. */
export default defineConfig({
  test: {
    ...controlPlane.test,
    include: ['test/scenarios/*.nasty.test.ts'],
    testTimeout: 300_000,
    sequence: { concurrent: true },
    maxConcurrency: 3,
    // All files share one control plane.
    isolate: false,
  },
})
