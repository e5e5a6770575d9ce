import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: [
      'test/{unit,property,conformance,scenarios,simulation}/**/*.test.ts',
      'test/architecture.test.ts',
    ],
    provide: { cluster: 'training' },
    // Many tests wait for sockets and timers: two at a time even on two cores.
    maxWorkers: 2,
    // A busy machine is no failure; what is slow is found by a benchmark.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default'],
  },
})
