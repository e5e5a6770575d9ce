import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { bakeNothing, expect, startRelease, test } from './support/host.ts'

const good = '20190215093000'
const next = '20190301120000'
const before = '20190101191052'

function batch(page: Page, number: number) {
  return page.getByRole('listitem', { name: `Batch ${String(number)}`, exact: true })
}

async function approveAll(page: Page): Promise<void> {
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 2 waits for your approval.', { timeout: 60_000 })
  await page.getByRole('button', { name: /^Approve (all remaining batches|the remaining batch)/ }).click()
}

test('every batch is restarted, with the image that it has', async ({ host, page }) => {
  await host.open(page)
  await bakeNothing(page)
  // The arrow keys walk through the kinds.
  await page.getByRole('radio', { name: 'Image' }).press('ArrowRight')
  const begin = page.getByRole('button', { name: 'Restart batch 1 (1 pod)' })
  await expect(begin).toHaveAttribute('aria-disabled', 'false')
  await expect(page.getByText('Restarts the pods of demo-aone-1, then waits for approval.')).toBeVisible()
  await begin.click()
  await approveAll(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Restarted all 4 batches', {
    timeout: 60_000,
  })
  await expect(batch(page, 4)).toContainText(before)
})

test('garbage in the place of a template is told in a sentence, an edit is seen per batch and released', async ({
  host,
  page,
}) => {
  await host.open(page)
  await bakeNothing(page)
  await page.getByRole('radio', { name: 'Template' }).check({ force: true })
  await page.getByRole('button', { name: 'Edit the template…' }).click()
  const dialog = page.getByRole('dialog')
  const field = dialog.getByRole('textbox', { name: 'Pod template in YAML' })
  await expect(field).toHaveValue(/terminationGracePeriodSeconds/)
  const text = await field.inputValue()
  const compare = dialog.getByRole('button', { name: 'Show what differs' })

  await field.fill('spec:\n\tcontainers: nothing')
  await compare.click()
  await expect(dialog.getByRole('alert')).toContainText('Line 2: This is no valid YAML')
  await field.fill(text)
  await compare.click()
  await expect(dialog).toContainText('Nothing differs from what runs')
  await expect(dialog.getByRole('button', { name: 'Use this template' })).toBeDisabled()

  await dialog.getByRole('button', { name: 'Edit again' }).click()
  const period = /terminationGracePeriodSeconds: \d+/
  await field.fill(text.replace(period, 'terminationGracePeriodSeconds: 7'))
  await field.press('Control+Enter')
  const diff = dialog.getByRole('group', { name: 'Batches 1–4' })
  await expect(diff).toContainText(`-   ${period.exec(text)?.[0] ?? ''}`)
  await expect(diff).toContainText('+   terminationGracePeriodSeconds: 7')
  await dialog.getByRole('button', { name: 'Use this template' }).click()

  await expect(page.getByText('1 line added, 1 removed, edited in batch 1')).toBeVisible()
  const begin = page.getByRole('button', { name: /^Start batch 1/ })
  await expect(begin).toHaveAttribute('aria-disabled', 'false')
  await begin.click()
  await approveAll(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All 4 batches have the new template', {
    timeout: 60_000,
  })
})

test('another version goes over a running release, on the batches that are not done', async ({
  host,
  page,
}) => {
  await host.open(page)
  await bakeNothing(page)
  await startRelease(page, good)
  const headline = page.getByRole('heading', { level: 1 })
  const waits = 'Batch 1 is done. Batch 2 waits for your approval.'
  await expect(headline).toHaveText(waits, { timeout: 60_000 })

  const push = page.getByRole('button', { name: /^Push another version/ })
  await push.click()
  await page.getByRole('textbox', { name: 'New tag' }).fill(next)
  await page.getByRole('button', { name: /^Back to the running release/ }).click()
  await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toBeVisible()
  await expect(push).toContainText(`With your draft: ${next}`)
  await push.click()
  await expect(page.getByRole('textbox', { name: 'New tag' })).toHaveValue(next)

  const replace = page.getByRole('button', { name: /^Replace the release/ })
  await expect(replace).toHaveAttribute('aria-disabled', 'false')
  await replace.click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText(`${next} on batches 1–4, one after the other.`)
  await expect(question).toContainText(`${next} on batches 2–4; what is done (1) keeps what it has.`)
  await question.getByRole('radio', { name: /^Only what is not done/ }).check()
  await question.getByRole('button', { name: 'Replace for the remaining batches' }).click()
  await expect(question).toBeHidden()

  await expect(batch(page, 2)).toContainText(next)
  const approve = page.getByRole('button', { name: /^Approve (all remaining batches|the remaining batch)/ })
  await expect(approve).toBeVisible({ timeout: 60_000 })
  await approve.click()
  await expect(headline).toHaveText(new RegExp(`^Released ${next}`), { timeout: 60_000 })
  await expect(batch(page, 1)).toContainText(good)
  for (const number of [2, 3, 4]) await expect(batch(page, number)).toContainText(next)
})

test('a pod that crashes shows what it said last and what the cluster says of it', async ({ host, page }) => {
  await host.open(page)
  await startRelease(page, `${good}-crash`)
  const failure = page.getByRole('region', { name: 'Failure' })
  await expect(failure).toContainText('CrashLoopBackOff', { timeout: 60_000 })
  await expect(failure.getByText('Last lines before its restart')).toBeVisible()
  await expect(failure.locator('pre')).not.toBeEmpty()
  await expect(failure).toContainText('Last event')
})

test.describe('without the right to write the lock', () => {
  test.use({ user: 'no-lock' })

  test('a person is told what is lost, agrees, and the release goes on with its journal here', async ({
    host,
    page,
  }) => {
    await host.open(page)
    await page.getByRole('textbox', { name: 'New tag' }).fill(good)
    const consent = page.getByRole('region', { name: 'You may not write the lock' })
    await expect(consent).toContainText('The journal stays on this machine')
    const begin = page.getByRole('button', { name: /^Start batch 1/ })
    await expect(begin).toHaveAttribute('aria-disabled', 'true')
    await consent.getByRole('checkbox', { name: 'Release without a lock' }).check()
    await expect(begin).toHaveAttribute('aria-disabled', 'false')
    await begin.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Batch 1 is done. Batch 2 waits for your approval.',
      { timeout: 60_000 },
    )
    await expect(page.getByText('No lock, journal on this machine only').first()).toBeVisible()
  })
})

test("another person's start is quicker than a draft: it is said whose release it is, and the draft waits", async ({
  host,
  page,
}) => {
  await host.open(page)
  await page.getByRole('textbox', { name: 'New tag' }).fill(next)
  await expect(page.getByRole('button', { name: /^Start batch 1/ })).toBeEnabled()
  const line = ['release', 'demo-http', '--tag', good, '--bake', '0', '--until', 'approval']
  const env = { KUBECONFIG: host.kubeconfig(), HOME: dirname(host.kubeconfig()), LANG: 'C' }
  const ran = promisify(execFile)(process.execPath, ['electron/cli/main.ts', ...line], {
    env: { ...process.env, ...env },
  })
  await expect(ran).rejects.toMatchObject({ code: 4 })
  await expect(page.getByText(/drives this release\. You are watching/)).toBeVisible()
  const another = page.getByRole('button', { name: /^Push another version/ })
  await expect(another).toHaveAttribute('aria-disabled', 'true')
  await expect(another).toContainText(`Your draft is kept: ${next}`)
  for (const wish of ['pause', 'stop'])
    await expect(page.getByRole('button', { name: new RegExp(`^Ask .* to ${wish}`) })).toBeEnabled()
  await expect(page.getByRole('button', { name: /^Take over/ })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.getByRole('button', { name: /^(Start batch 1|Replace the release)/ })).toBeHidden()
})
