import { defineConfig } from 'vitest/config'

/** They start whole applications in real time: most of theirs is waiting, for sockets, leases and pods. */
const waiting = ['test/unit/electron/{app,cli}/**/*.test.ts', 'test/{scenarios,hostile}/**/*.test.ts']

const shared = {
  environment: 'node',
  // A busy machine is no failure; what is slow is found by a benchmark.
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const

export default defineConfig({
  test: {
    reporters: ['default'],
    provide: { cluster: 'training' },
    projects: [
      {
        extends: true,
        // Four times as many as a small machine has cores: of their time a seventh is spent computing.
        test: { ...shared, name: 'waiting', include: waiting, maxWorkers: 8, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'computing',
          include: [
            'test/{unit,property,conformance,simulation}/**/*.test.ts',
            'test/{architecture,structure}.test.ts',
          ],
          exclude: waiting,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
