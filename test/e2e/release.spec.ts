import { expect, startRelease, test } from './support/host.ts'

const good = '20190215093000'

test('a release goes from the plan over the canary and an approval to its end', async ({ host, page }) => {
  test.setTimeout(240_000)
  await host.open(page)
  await startRelease(page, good)
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 2 waits for your approval.', { timeout: 60_000 })
  await page.getByRole('button', { name: /^Approve batch 2/ }).click()
  await expect(headline).toHaveText('Batch 2 is done. Batch 3 waits for your approval.', { timeout: 90_000 })
  await page.getByRole('button', { name: /^Approve (all remaining batches|the remaining batch)/ }).click()
  await expect(headline).toHaveText(`Released ${good} to all 4 batches`, { timeout: 150_000 })
})

test('a missing image is stopped at the canary with its reason, and rolled back at once', async ({
  host,
  page,
}) => {
  await host.open(page)
  await startRelease(page, `${good}-missing`)
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is failing: ImagePullBackOff on 1 pod')
  await expect(page.getByRole('listitem', { name: 'Batch 2', exact: true })).toContainText(
    'Won’t start while the release is on hold',
  )
  await page.getByRole('button', { name: /^Roll back batch 1/ }).click()
  const confirm = page.getByRole('alertdialog').getByRole('button', { name: /^Roll back/ })
  await expect(confirm).toBeFocused()
  await confirm.click()
  await expect(headline).toHaveText('Rolled back batch 1 to 20190101191052')
})

test('a reload of the page in the middle of a release changes nothing', async ({ host, page }) => {
  await host.open(page)
  await startRelease(page, good)
  const bake = page.getByText('Batch 1 is baking')
  await expect(bake.first()).toBeVisible()
  await page.reload()
  await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toBeVisible()
})

test('killed in the middle of a release and started again, it goes on without a second patch', async ({
  host,
  page,
}) => {
  await host.open(page)
  await startRelease(page, good)
  await expect(page.getByText('Batch 1 is baking').first()).toBeVisible()
  await host.killAndRestart()
  await host.open(page)
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 2 waits for your approval.', { timeout: 60_000 })
  await expect(page.getByRole('listitem', { name: 'Batch 1', exact: true })).toContainText(
    '1 of 1 updated, done',
  )
})

test('sizes move between neighbours and are applied with the total unchanged', async ({ host, page }) => {
  await host.open(page)
  await page.getByRole('slider', { name: 'Between batch 2 and batch 3' }).press('PageDown')
  await expect(page.getByRole('spinbutton', { name: 'Batch 2 pods' })).toHaveValue('11')
  await expect(page.getByRole('spinbutton', { name: 'Batch 3 pods' })).toHaveValue('21')
  await page.getByRole('button', { name: /^Scale batches only/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/have their new sizes|4 batches, 49 pods/)
  await expect(page.getByRole('listitem', { name: 'Batch 3', exact: true })).toContainText('21 of 21 ready')
})
