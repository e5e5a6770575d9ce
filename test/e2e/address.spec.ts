import { expect, test } from './support/host.ts'

const wrong = 'This address does not open Tranche.'

test('an address without its key says so, and the one that was printed opens it when it is pasted there', async ({
  host,
  page,
}) => {
  const bare = new URL(host.url())
  bare.hash = ''
  await page.goto(bare.href)
  await expect(page.getByRole('heading', { name: wrong })).toBeVisible()
  const field = page.getByRole('textbox', { name: 'Address of Tranche' })
  await field.fill(bare.href)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByText('There is no key in it.')).toBeVisible()
  await field.fill(host.url())
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('button', { name: /^training/i }).first()).toBeVisible()
  // It is kept for a reload, and stands in no address.
  await page.reload()
  await expect(page.getByRole('button', { name: /^training/i }).first()).toBeVisible()
  expect(page.url()).toBe(bare.href)
})

test('the key of an earlier start, or one that is no key, says so; the address of this start over it opens it', async ({
  host,
  page,
}) => {
  const old = new URL(host.url())
  for (const key of ['A'.repeat(43), 'not a key']) {
    old.hash = `k=${key}`
    await page.goto('about:blank')
    await page.goto(old.href)
    await expect(page.getByRole('heading', { name: wrong })).toBeVisible()
  }
  // Only the fragment changes: the browser does not load the page anew.
  await page.evaluate((hash) => (location.hash = hash), new URL(host.url()).hash)
  await expect(page.getByRole('button', { name: /^training/i }).first()).toBeVisible()
})
