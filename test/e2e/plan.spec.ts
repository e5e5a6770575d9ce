import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, startRelease, test } from './support/host.ts'

const good = '20190215093000'
const before = '20190101191052'

type Deployment = {
  readonly metadata: { readonly name: string }
  readonly spec: {
    readonly replicas: number
    readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } }
  }
}
type ReplicaSet = Deployment & {
  readonly metadata: { readonly creationTimestamp: string }
}

/** What is in the cluster, asked past the application. */
async function items<T>(kubeconfig: string, kind: 'deployments' | 'replicasets'): Promise<readonly T[]> {
  const text = readFileSync(kubeconfig, 'utf8')
  const found = (field: string) => new RegExp(`${field}: (\\S+)`).exec(text)?.[1] ?? ''
  const answer = await fetch(`${found('server')}/apis/apps/v1/namespaces/demo/${kind}`, {
    headers: { Authorization: `Bearer ${found('token')}` },
  })
  expect(answer.status).toBe(200)
  const list = (await answer.json()) as { readonly items: readonly T[] }
  return list.items
}

/** Of the Deployments of the demo, in their order: the tag, and the pods. */
async function deployed(kubeconfig: string): Promise<readonly string[]> {
  const all = await items<Deployment>(kubeconfig, 'deployments')
  return all
    .filter(({ metadata }) => /^demo-aone-\d$/.test(metadata.name))
    .toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name))
    .map(
      ({ spec }) => `${spec.template.spec.containers[0]?.image.replace(/^.*:/, '') ?? ''} x${spec.replicas}`,
    )
}

/** The batches that got new pods, in the order in which these were made. */
async function begun(kubeconfig: string): Promise<readonly string[]> {
  const all = await items<ReplicaSet>(kubeconfig, 'replicasets')
  return all
    .filter(({ spec }) => spec.template.spec.containers[0]?.image.endsWith(good) === true)
    .toSorted((one, other) => one.metadata.creationTimestamp.localeCompare(other.metadata.creationTimestamp))
    .map(({ metadata }) => /^demo-aone-(\d)/.exec(metadata.name)?.[1] ?? metadata.name)
}

/** Of the picture, from left to right. */
function cards(page: Page): Locator {
  return page.getByRole('list', { name: 'Batches' }).getByRole('heading', { level: 2 })
}

async function bakeNothing(dialog: Locator, batches: readonly number[]): Promise<void> {
  for (const batch of batches)
    await dialog.getByRole('spinbutton', { name: `Seconds to bake after batch ${batch}` }).fill('0')
}

test('a plan of its own is kept, released with, and changed at a gate: the release ends as planned', async ({
  host,
  page,
}) => {
  test.setTimeout(240_000)
  await host.open(page)
  const card = (batch: number) => page.getByRole('listitem', { name: `Batch ${batch}`, exact: true })
  await page.getByRole('button', { name: 'Edit plan…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Plan for demo-http' })
  await bakeNothing(dialog, [1, 2, 3, 4])
  const up = dialog.getByRole('button', { name: 'Move batch 3 up' })
  await up.press('Enter')
  await expect(up).toBeFocused()
  await dialog.getByRole('checkbox', { name: 'Batch 2 takes part' }).uncheck()

  // Kept under a name; a second time it asks.
  await dialog.getByRole('textbox', { name: 'Name' }).fill('night shift')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('“night shift” is saved.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByRole('button', { name: 'Keep it' }).click()

  // Taken up again after everything was put aside.
  await dialog.getByRole('button', { name: 'Usual plan' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Batch 2 takes part' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(cards(page)).toHaveText([/^Batch 1/, /^Batch 2/, /^Batch 3/, /^Batch 4/])
  await page.getByRole('button', { name: 'Edit plan…' }).click()
  await dialog.getByRole('combobox', { name: 'Saved plans' }).selectOption('night shift')
  await expect(dialog.getByText('“night shift” is loaded.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(cards(page)).toHaveText([/^Batch 1/, /^Batch 3/, /^Batch 2/, /^Batch 4/])
  await expect(card(2)).toContainText(`Left out: keeps ${before}`)

  await startRelease(page, good)
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 3 waits for your approval.', { timeout: 60_000 })
  await expect(cards(page)).toHaveText([/^Batch 1/, /^Batch 3/, /^Batch 2/, /^Batch 4/])

  // At the gate it is thought better of: batch 4 next, then batch 2 without a further approval, batch 3 not at all.
  await page.getByRole('button', { name: 'Change plan…' }).click()
  const change = page.getByRole('dialog', { name: 'Change the plan of demo-http' })
  await expect(change.getByRole('row', { name: /^Batch 1/ })).toContainText('has begun')
  await change.getByRole('button', { name: 'Move batch 4 up' }).press('Enter')
  await change.getByRole('button', { name: 'Move batch 4 up' }).press('Alt+ArrowUp')
  await change.getByRole('checkbox', { name: 'Batch 3 takes part' }).uncheck()
  await change.getByRole('checkbox', { name: 'Batch 2 takes part' }).check()
  await change.getByRole('checkbox', { name: 'Approval after batch 4' }).uncheck()
  await change.getByRole('button', { name: 'Apply the new plan' }).click()
  await expect(change).toBeHidden()
  await expect(headline).toHaveText('Batch 1 is done. Batch 4 waits for your approval.')
  expect(await deployed(host.kubeconfig())).toEqual([
    `${good} x1`,
    `${before} x16`,
    `${before} x16`,
    `${before} x16`,
  ])

  await page.getByRole('button', { name: /^Approve batch 4/ }).click()
  await expect(headline).toHaveText(/^Released/, { timeout: 150_000 })
  expect(await deployed(host.kubeconfig())).toEqual([
    `${good} x1`,
    `${good} x16`,
    `${before} x16`,
    `${good} x16`,
  ])
  expect(await begun(host.kubeconfig())).toEqual(['1', '4', '2'])
  await expect(card(3)).toContainText('Skipped')
  await expect(card(3)).toHaveClass(/is-skipped/)
})

test('sizes of batches that wait are changed at a gate, and are there before the next batch begins', async ({
  host,
  page,
}) => {
  test.setTimeout(180_000)
  await host.open(page)
  await page.getByRole('button', { name: 'Edit plan…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Plan for demo-http' })
  await bakeNothing(dialog, [1])
  await dialog.getByRole('button', { name: 'Done' }).click()
  await startRelease(page, good)
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 2 waits for your approval.', { timeout: 60_000 })
  await page.getByRole('spinbutton', { name: 'Batch 2 pods' }).fill('6')
  await expect(page.getByRole('spinbutton', { name: 'Batch 3 pods' })).toHaveValue('26')
  await page.getByRole('button', { name: 'Scale before the next batch' }).click()
  await expect
    .poll(() => deployed(host.kubeconfig()), { timeout: 60_000 })
    .toEqual([`${good} x1`, `${before} x6`, `${before} x26`, `${before} x16`])
  await page.getByRole('button', { name: 'Approve batch 2 – 6 pods' }).click()
  await expect(headline).toHaveText('Batch 2 is done. Batch 3 waits for your approval.', { timeout: 90_000 })
  expect(await deployed(host.kubeconfig())).toEqual([
    `${good} x1`,
    `${good} x6`,
    `${before} x26`,
    `${before} x16`,
  ])
  // While it is paused nothing is sent: what was set can be corrected.
  await page.getByRole('button', { name: /^Pause/ }).click()
  await page.getByRole('spinbutton', { name: 'Batch 3 pods' }).fill('41')
  await page.getByRole('button', { name: 'Scale before the next batch' }).click()
  await expect(page.getByRole('button', { name: 'Scale before the next batch' })).toBeHidden()
  await expect(page.getByRole('spinbutton', { name: 'Batch 4 pods' })).toHaveValue('1')
  await page.getByRole('spinbutton', { name: 'Batch 3 pods' }).fill('14')
  await page.getByRole('button', { name: 'Scale before the next batch' }).click()
  await expect(page.getByRole('button', { name: 'Scale before the next batch' })).toBeHidden()
  await page.getByRole('button', { name: /^Resume/ }).click()
  await expect
    .poll(() => deployed(host.kubeconfig()), { timeout: 60_000 })
    .toEqual([`${good} x1`, `${good} x6`, `${before} x14`, `${before} x28`])
})

test('a batch that begins while its plan is being changed is named, and its row is closed', async ({
  host,
  page,
  context,
}) => {
  test.setTimeout(120_000)
  await host.open(page)
  await startRelease(page, good)
  const other = await context.newPage()
  await host.open(other)
  await page.getByRole('button', { name: 'Change plan…' }).click()
  const change = page.getByRole('dialog', { name: 'Change the plan of demo-http' })
  await change.getByRole('checkbox', { name: 'Batch 2 takes part' }).uncheck()
  await change.getByRole('checkbox', { name: 'Batch 3 takes part' }).uncheck()
  await other.getByRole('button', { name: /^Approve batch 2/ }).click({ timeout: 60_000 })
  await expect(change.getByRole('alert')).toHaveText(
    'Batch 2 has begun meanwhile: its place and its gates are fixed.',
    { timeout: 60_000 },
  )
  await expect(change.getByRole('row', { name: /^Batch 2/ })).toContainText('has begun')
  await change.getByRole('button', { name: 'Apply the new plan' }).click()
  await expect(change).toBeHidden()
  const cards = page.getByRole('list', { name: 'Batches' })
  await expect(cards.getByRole('listitem', { name: 'Batch 3', exact: true })).toContainText('Skipped')
  await expect(cards.getByRole('listitem', { name: 'Batch 2', exact: true })).not.toContainText('Skipped')
})
