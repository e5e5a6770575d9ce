import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/{unit,property,conformance}/**/*.test.ts', 'test/architecture.test.ts'],
    reporters: ['default'],
  },
})
