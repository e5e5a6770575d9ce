import { expect, startRelease, test } from './support/host.ts'

const good = '20190215093000'

test('at the gate the canary is tried: its port is open on this machine until it is closed', async ({
  host,
  page,
}) => {
  await host.open(page)
  await startRelease(page, good)
  await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toBeVisible({ timeout: 60_000 })
  await page.getByRole('tab', { name: 'Pods' }).click()
  const ports = page.getByRole('region', { name: 'Open ports' })
  await ports.getByRole('button', { name: 'Try the canary' }).click()
  const address = ports.getByText(/^http:\/\/127\.0\.0\.1:\d+\/$/)
  await expect(address).toBeVisible()
  const url = (await address.textContent()) ?? ''
  // What answers is the new version: the pod that was asked for, not the Service.
  expect(await (await page.request.get(url)).text()).toContain(good)

  // Asked for once more it is the same one, and a second page sees it as well.
  await ports.getByRole('button', { name: 'Try the canary' }).click()
  await page.reload()
  await page.getByRole('tab', { name: 'Pods' }).click()
  await expect(address).toHaveCount(1)
  await expect(address).toHaveText(url)

  await ports.getByRole('button', { name: /^Close the port of / }).click()
  await expect(address).toHaveCount(0)
  await expect(page.request.get(url)).rejects.toThrow('ECONNREFUSED')
})
