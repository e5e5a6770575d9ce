import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, startRelease, test } from './support/host.ts'

const first = '20190215093000'
const second = '20190301120000'
const repository = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'

/** Carries a release of this tag through all batches. */
async function releaseAll(page: Page, tag: string): Promise<void> {
  await startRelease(page, tag)
  await page.getByRole('button', { name: /^Approve all that remain/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Released ${tag} to all 4 batches`, {
    timeout: 180_000,
  })
}

/** What kubectl would send: another image on one Deployment, by somebody else. */
async function setImage(kubeconfig: string, name: string, tag: string): Promise<void> {
  const server = /server: (\S+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? ''
  const token = /token: (\S+)/.exec(readFileSync(kubeconfig, 'utf8'))?.[1] ?? ''
  const answer = await fetch(
    `${server}/apis/apps/v1/namespaces/demo/deployments/${name}?fieldManager=kubectl-set`,
    {
      method: 'PATCH',
      headers: {
        'Content-Type': 'application/strategic-merge-patch+json',
        Authorization: `Bearer ${token}`,
      },
      body: JSON.stringify({
        spec: { template: { spec: { containers: [{ name: 'demo', image: `${repository}:${tag}` }] } } },
      }),
    },
  )
  expect(answer.status).toBe(200)
}

test('two releases, and everything goes back at once to how the first one had ended', async ({
  host,
  page,
}) => {
  test.setTimeout(480_000)
  await host.open(page)
  await releaseAll(page, first)
  await releaseAll(page, second)
  await page.getByRole('tab', { name: 'History' }).click()
  const panel = page.getByRole('complementary', { name: 'Release' })
  await panel.getByRole('button', { name: new RegExp(`^${first} Released`) }).click()
  await panel.getByRole('button', { name: 'Back to how it ended…' }).click()
  const dialog = page.getByRole('alertdialog')
  for (const fact of ['training', 'demo', '1–4', 'demo-aone-1', '49 of 49', second, first])
    await expect(dialog).toContainText(fact)
  const send = dialog.getByRole('button', { name: 'Take 49 pods back' })
  await expect(send).toBeFocused()
  await send.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Batches 1–4 are back on what was chosen from the history',
    { timeout: 120_000 },
  )
  for (const batch of ['1', '2', '3', '4'])
    await expect(page.getByRole('listitem', { name: `Batch ${batch}`, exact: true })).toContainText(first)
})

test('a batch that somebody has changed with kubectl goes back to what it ran before', async ({
  host,
  page,
}) => {
  test.setTimeout(180_000)
  await host.open(page)
  await page.getByRole('tab', { name: 'History' }).click()
  const section = page.getByRole('region', { name: 'Batch 2', exact: true })
  await expect(section).toContainText('20190101191052')
  await setImage(host.kubeconfig(), 'demo-aone-2', first)
  // It is read again by itself.
  const row = section.getByRole('listitem').filter({ hasText: first })
  await expect(row).toContainText('runs now', { timeout: 60_000 })
  await section.getByRole('button', { name: /^Go back… batch 2 to 20190101191052/ }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('16 of 49 are replaced')
  await dialog.getByRole('button', { name: 'Take 16 pods back' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Batch 2 is back on what was chosen from the history',
    { timeout: 120_000 },
  )
  await expect(page.getByRole('listitem', { name: 'Batch 2', exact: true })).toContainText('20190101191052')
})
