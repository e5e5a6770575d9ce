import type { Page } from '@playwright/test'
import { expect, test } from './support/fixture-page.ts'

/** A view that some part can't draw, as a bug of the application would send it. */
async function pushBroken(
  page: Page,
  part: 'title' | 'sidebar' | 'main' | 'panel' | 'dialog',
): Promise<void> {
  await page.evaluate((broken) => {
    const { steering } = fixture
    const services = steering.shown('services')
    const shown = steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release === undefined) throw new Error('nothing is shown')
    const { view } = shown
    const nothing = null as never
    if (broken === 'sidebar')
      steering.push('services', {
        ...services,
        services: services.services.map((one) => ({ ...one, bar: nothing })),
      })
    else if (broken === 'title') steering.push('pipeline', { kind: 'view', view: { ...view, lock: nothing } })
    else if (broken === 'main')
      steering.push('pipeline', {
        kind: 'view',
        view: { ...view, service: { ...view.service, nature: nothing } },
      })
    else if (broken === 'panel')
      steering.push('pipeline', {
        kind: 'view',
        view: { ...shown.view, release: { ...shown.view.release, gates: nothing } },
      })
    else
      steering.push('pipeline', {
        kind: 'view',
        view: {
          ...view,
          release: { ...shown.view.release, rollBack: { pods: 1, modes: [], batches: nothing } },
        },
      })
  }, part)
}

for (const part of ['title', 'sidebar', 'main', 'panel'] as const)
  test(`what breaks in the ${part} takes no other part away, and is over with what broke it`, async ({
    open,
  }) => {
    const page = await open('canary')
    const good = await page.evaluate(() => [
      fixture.steering.shown('services'),
      fixture.steering.shown('pipeline'),
    ])
    await pushBroken(page, part)
    await expect(page.getByRole('button', { name: 'Try again' })).not.toHaveCount(0)
    await expect(page.getByRole('navigation', { name: 'Clusters' })).toBeVisible()
    await page.evaluate(([services, pipeline]) => {
      fixture.steering.push('services', services as never)
      fixture.steering.push('pipeline', pipeline as never)
    }, good)
    await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toBeVisible()
  })

test('a dialog that can not be drawn says so and leaves a way out', async ({ open }) => {
  const page = await open('failed')
  await page.keyboard.press('Control+Backspace')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await pushBroken(page, 'dialog')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Close' }).click()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeVisible()
})
