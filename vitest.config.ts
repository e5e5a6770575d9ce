import { defineConfig } from 'vitest/config'

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
        test: {
          ...shared,
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // They work on values: nothing that one leaves behind reaches another, so that modules are read once.
          isolate: false,
          setupFiles: ['test/support/stay-inside.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // They read the sources themselves.
        test: {
          ...shared,
          name: 'house',
          include: ['test/{architecture,structure}.test.ts'],
          sequence: { groupOrder: 4 },
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'app',
          // They start whole applications in real time: most of theirs is waiting, for sockets, leases and pods. Of it a
          // seventh is spent computing.
          include: ['test/{app,scenarios,hostile}/**/*.test.ts'],
          maxWorkers: 6,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          ...shared,
          name: 'computing',
          include: ['test/{property,conformance,simulation}/**/*.test.ts'],
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})
