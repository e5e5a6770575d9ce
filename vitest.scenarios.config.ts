import { defineConfig } from 'vitest/config'
import controlPlane from './vitest.controlplane.config.ts'

/** The nasty scenarios on the real control plane, in real time: they take longer than all its other tests together. */
export default defineConfig({
  test: { ...controlPlane.test, include: ['test/scenarios/*.nasty.test.ts'] },
})
