import { readFileSync } from 'node:fs'
import { expect, test } from './support/host.ts'

/** What somebody else does with kubectl scale. */
async function scale(kubeconfig: string, name: string, replicas: number): Promise<void> {
  const text = readFileSync(kubeconfig, 'utf8')
  const found = (field: string) => new RegExp(`${field}: (\\S+)`).exec(text)?.[1] ?? ''
  const answer = await fetch(`${found('server')}/apis/apps/v1/namespaces/demo/deployments/${name}`, {
    method: 'PATCH',
    headers: {
      Authorization: `Bearer ${found('token')}`,
      'Content-Type': 'application/merge-patch+json',
    },
    body: JSON.stringify({ spec: { replicas } }),
  })
  expect(answer.status).toBe(200)
}

test('a size is emptied and typed anew, and no number that is typed is too large for the picture', async ({
  host,
  page,
}) => {
  await host.open(page)
  const second = page.getByRole('spinbutton', { name: 'Batch 2 pods' })
  const third = page.getByRole('spinbutton', { name: 'Batch 3 pods' })
  await second.fill('')
  await expect(second).toHaveValue('')
  await second.fill('9')
  await expect(third).toHaveValue('23')
  await second.fill('999999999')
  await expect(page.getByText('1 to 31', { exact: true })).toBeVisible()
  await second.blur()
  await expect(second).toHaveValue('9')
  await second.fill('31')
  await expect(page.getByRole('button', { name: 'Batch 2: one pod more' })).toBeDisabled()
  await expect(page.getByText('total stays 49')).toBeVisible()
})

test('the right button drags nothing, and dots are as sharp as the screen that they are moved to', async ({
  host,
  page,
}) => {
  await host.open(page)
  const divider = page.getByRole('slider', { name: 'Between batch 2 and batch 3' })
  const box = await divider.boundingBox()
  if (box === null) throw new Error('a divider')
  const drag = async (button: 'left' | 'right') => {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await page.mouse.down({ button })
    await page.mouse.move(box.x + 60, box.y + box.height / 2, { steps: 4 })
    await page.mouse.up({ button })
  }
  await drag('right')
  await expect(divider).toHaveAttribute('aria-valuenow', '16')
  await drag('left')
  await expect(divider).not.toHaveAttribute('aria-valuenow', '16')
  const dots = page.getByRole('listitem', { name: 'Batch 1', exact: true }).locator('canvas')
  const sharpness = () =>
    dots.evaluate((canvas: HTMLCanvasElement) => canvas.width / Number.parseFloat(canvas.style.width))
  await expect.poll(sharpness).toBe(1)
  const session = await page.context().newCDPSession(page)
  const screen = { width: 1400, height: 900, mobile: false }
  await session.send('Emulation.setDeviceMetricsOverride', { ...screen, deviceScaleFactor: 2 })
  await expect.poll(sharpness).toBe(2)
})

test('a draft stays with its Service while others are looked at, and says what somebody else has scaled meanwhile', async ({
  host,
  page,
}) => {
  await host.open(page)
  const service = page.getByRole('button', { name: /^demo-http/ })
  await page.getByRole('slider', { name: 'Between batch 2 and batch 3' }).press('PageDown')
  await page.getByRole('textbox', { name: 'New tag' }).fill('20190215093000')
  await service.click()
  await expect(page.getByRole('textbox', { name: 'New tag' })).toHaveValue('20190215093000')
  await scale(host.kubeconfig(), 'demo-aone-4', 20)
  await expect(page.getByText('Batch 4 was scaled from 16 to 20 pods.')).toBeVisible()
  await expect(page.getByText('total stays 53')).toBeVisible()
  await expect(page.locator('#draft-note')).toContainText('Scales to 1 / 11 / 21 / 20 pods first.')
  await scale(host.kubeconfig(), 'demo-aone-2', 8)
  await expect(page.getByText('Batch 2 was scaled from 16 to 8 pods.')).toBeVisible()
  await expect(page.getByText('total 45 → 53')).toBeVisible()
  await page.getByRole('button', { name: 'OK', exact: true }).click()
  await expect(page.getByText('Batch 2 was scaled from 16 to 8 pods.')).toBeHidden()
  await page.getByRole('button', { name: /^Discard draft/ }).click()
  await expect(page.getByRole('textbox', { name: 'New tag' })).toHaveValue('')
  await expect(page.getByRole('button', { name: /^Discard draft/ })).toBeHidden()
})

test('batches without pods have none to give, and the picture stays', async ({ host, page }) => {
  await host.open(page)
  for (const number of [1, 2, 3, 4]) await scale(host.kubeconfig(), `demo-aone-${number}`, 0)
  await expect(page.getByRole('spinbutton', { name: 'Batch 4 pods' })).toHaveValue('0')
  const more = page.getByRole('button', { name: 'Batch 1: one pod more' })
  await expect(more).toBeDisabled()
  await more.click({ force: true })
  await expect(page.getByRole('spinbutton', { name: 'Batch 1 pods' })).toHaveValue('0')
  await expect(page.getByRole('spinbutton', { name: 'Batch 2 pods' })).toHaveValue('0')
})
