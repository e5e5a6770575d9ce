import { expect, test } from './support/fixture-page.ts'

test('about says the version, the licence, and those of all that is in the page', async ({ open }) => {
  const page = await open('about')
  const about = page.getByRole('dialog', { name: 'About Tranche' })
  await expect(about).toContainText('Licensed under the Apache License, Version 2.0')
  await expect(about).toContainText(/Version \d+\.\d+\.\d+/)
  const licences = about.getByRole('region', { name: 'Third-party licences of the window' })
  // The font has one as well, though it is no script.
  for (const part of ['react - ', 'zustand - ', '@fontsource-variable/inter - ', 'SIL OPEN FONT LICENSE'])
    await expect(licences).toContainText(part)
  // Only where the application is bundled.
  await expect(about.getByRole('region', { name: 'Third-party licences of the application' })).toHaveCount(0)
})

test('it is found from the doctor and by its name', async ({ open }) => {
  const page = await open('doctor', 'zh')
  await page.getByRole('button', { name: '关于 Tranche' }).click()
  await expect(page.getByRole('dialog', { name: '关于 Tranche' })).toContainText('Apache License 2.0')
})

test('lists that do not come whole are said to be unreadable, and nothing is said of a part that is not there', async ({
  open,
}) => {
  const page = await open('canary')
  await page.evaluate(() => {
    // Begins as a list does, and breaks off in its middle.
    const broken = (): Response =>
      new Response(new ReadableStream({ start: (body) => body.error(new Error('cut off')) }), {
        headers: { 'content-type': 'text/plain' },
      })
    window.fetch = () => Promise.resolve(broken())
    fixture.stores.ui.actions.open('about')
  })
  const about = page.getByRole('dialog', { name: 'About Tranche' })
  await expect(about.getByText('The list could not be read.')).toBeVisible()
  await expect(about.getByText('LICENSE.electron.txt')).toHaveCount(0)
})
