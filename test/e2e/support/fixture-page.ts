import { expect, test as base, type Page } from '@playwright/test'
import { build, preview } from 'vite'
import type { Stores } from '../../../renderer/stores/stores.ts'
import type { CommandName } from '../../../shared/contract.ts'
import type { Steering } from '../../visual/memory-client.ts'
import { builtPage } from '../../visual/vite-options.ts'

type Call = { readonly name: CommandName; readonly input: Readonly<Record<string, unknown>> }

declare global {
  /** The application's side of the fixture page: only there. */
  var fixture: { readonly calls: readonly Call[]; readonly steering: Steering; readonly stores: Stores }
}

type OpenState = (state: string, language?: 'en' | 'zh') => Promise<Page>

/** The real page over a client that the test steers: no application, no cluster. */
export const test = base.extend<{ open: OpenState }, { address: string }>({
  address: [
    async ({}, use, { workerIndex }) => {
      // A folder of its own: another worker builds beside it.
      const outDir = `${builtPage.build.outDir}-${String(workerIndex)}`
      const own = { ...builtPage, build: { ...builtPage.build, outDir } }
      await build(own)
      const server = await preview(own)
      await use(server.resolvedUrls?.local[0] ?? '')
      await server.close()
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  open: async ({ page, address }, use) => {
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(String(error)))
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await use(async (state, language = 'en') => {
      await page.goto(`${address}?state=${state}&lang=${language}&theme=light`)
      await page.locator('.window').waitFor()
      // Dialogs come as scripts of their own.
      await page.waitForLoadState('networkidle')
      return page
    })
    expect(wrong).toEqual([])
  },
})

export { expect }

/** What the page has asked the application for, in order. Reading does not count. */
export async function sentBy(page: Page): Promise<readonly Call[]> {
  const calls = await page.evaluate(() => fixture.calls)
  return calls.filter(({ name }) => !reading.test(name))
}

const reading =
  /^(release\/check|pod\/log|history\/|template\/|rights\/|doctor\/|kubeconfig\/inspect|cluster\/rescan)/
