import { defineConfig } from '@playwright/test'
import type { ClusterKind } from './test/e2e/support/host.ts'
import config from './playwright.config.ts'

/** The journeys of a release again, on a real control plane. */
export default defineConfig<{ cluster: ClusterKind }>(config, {
  testMatch: 'release.spec.ts',
  outputDir: 'test-results/e2e-controlplane',
  // A control plane has to come up first, and shares the machine with the browser.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  use: { cluster: 'real' },
})
