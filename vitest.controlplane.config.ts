import { defineConfig } from 'vitest/config'

/** What needs the real control plane: apart from the rest, because it needs Go once and some memory. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/controlplane/**/*.test.ts'],
    provide: { cluster: 'real' },
    reporters: ['default'],
    // A control plane takes half a gigabyte and the two cores of a small machine.
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
