import type { Page } from '@playwright/test'
import { bakeNothing, expect, startRelease, test } from './support/host.ts'

declare global {
  interface Window {
    told: { readonly text: string; readonly notification: Notification }[]
  }
}

/** Writes down what is shown outside the window, where no page can look; the window is never in front. */
async function lookElsewhere(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.told = []
    const Real = Notification
    window.Notification = class extends Real {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options)
        window.told.push({ text: `${title}: ${options?.body ?? ''}`, notification: this })
      }
    }
    document.hasFocus = () => false
  })
}

test('a person who looks elsewhere is told what a release waits for and how it ended, and is led to it', async ({
  host,
  page,
  context,
}) => {
  await lookElsewhere(page)
  await host.open(page)
  const ask = page.getByRole('button', { name: 'Tell me outside this window when a release waits' })
  await expect(ask).toBeVisible()
  await context.grantPermissions(['notifications'])
  await ask.click()
  await expect(page.getByRole('button', { name: 'Notices outside this window: on' })).toBeVisible()
  await bakeNothing(page)
  await startRelease(page, '20190215093000')
  const told = () => page.evaluate(() => window.told.map(({ text }) => text))
  await expect.poll(told).toEqual([expect.stringMatching(/^demo-http · .*: Batch 1 is done\. Batch 2 waits/)])
  await page.getByRole('tab', { name: 'Pods' }).click()
  await page.evaluate(() => window.told.at(-1)?.notification.dispatchEvent(new Event('click')))
  await expect(page.getByRole('tab', { name: 'Release' })).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('button', { name: /^Approve (all remaining batches|the remaining batch)/ }).click()
  await expect.poll(async () => (await told()).at(-1)).toMatch(/: Released 20190215093000 to all 4 batches$/)
})
