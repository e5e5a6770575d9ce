import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { expect, startRelease, test } from './support/host.ts'

const first = '20190215093000'
const second = '20190301120000'
const repository = 'registry-vpc.cn-north-2-gov-1.aliyuncs.com/app-cloud/demo'

/** A colleague's release of this tag, from a terminal, through all batches without a pause. */
async function releaseAll(kubeconfig: string, tag: string): Promise<void> {
  const line = ['release', 'demo-http', '--tag', tag, '--bake', '0', '--no-approval']
  await promisify(execFile)(process.execPath, ['electron/cli/main.ts', ...line], {
    env: { ...process.env, KUBECONFIG: kubeconfig, HOME: dirname(kubeconfig), LANG: 'C' },
  })
}

type Value = { readonly path: string; readonly value: string }

/** What kubectl would send, by somebody else. */
async function replace(kubeconfig: string, object: string, { path, value }: Value): Promise<void> {
  const text = readFileSync(kubeconfig, 'utf8')
  const found = (field: string) => new RegExp(`${field}: (\\S+)`).exec(text)?.[1] ?? ''
  const answer = await fetch(`${found('server')}/apis/${object}?fieldManager=kubectl-edit`, {
    method: 'PATCH',
    headers: {
      'Content-Type': 'application/json-patch+json',
      Authorization: `Bearer ${found('token')}`,
    },
    body: JSON.stringify([{ op: 'replace', path, value }]),
  })
  expect(answer.status).toBe(200)
}

test('two releases of a colleague, and everything goes back at once to how the first one had ended', async ({
  host,
  page,
}) => {
  test.setTimeout(240_000)
  await releaseAll(host.kubeconfig(), first)
  await releaseAll(host.kubeconfig(), second)
  await host.open(page)
  await page.getByRole('tab', { name: 'History' }).click()
  const panel = page.getByRole('complementary', { name: 'Release' })
  await panel.getByRole('button', { name: new RegExp(`^${first} Released`) }).click()
  await panel.getByRole('button', { name: 'Back to how it ended…' }).click()
  const dialog = page.getByRole('alertdialog')
  for (const fact of ['training', 'demo', '1–4', 'demo-aone-1', '49 of 49', second, first])
    await expect(dialog).toContainText(fact)
  const send = dialog.getByRole('button', { name: 'Roll back 49 pods' })
  await expect(send).toBeFocused()
  await send.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Rolled back batches 1–4 to the versions chosen from the history',
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
  const image = '/spec/template/spec/containers/0/image'
  await replace(host.kubeconfig(), 'apps/v1/namespaces/demo/deployments/demo-aone-2', {
    path: image,
    value: `${repository}:${first}`,
  })
  // It is read again by itself.
  const row = section.getByRole('listitem').filter({ hasText: first })
  await expect(row).toContainText('runs now', { timeout: 60_000 })
  await section.getByRole('button', { name: /^Go back… batch 2 to 20190101191052/ }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('16 of 49 are replaced')
  await dialog.getByRole('button', { name: 'What differs in the templates' }).click()
  const differences = dialog.getByRole('region', { name: 'Batch 2' })
  await expect(differences).toContainText('1 line added, 1 removed')
  await expect(differences).toContainText(`${repository}:20190101191052`)
  await dialog.getByRole('button', { name: 'Roll back 16 pods' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Rolled back batch 2 to the versions chosen from the history',
    { timeout: 120_000 },
  )
  await expect(page.getByRole('listitem', { name: 'Batch 2', exact: true })).toContainText('20190101191052')
})

test('a journal that nobody can read stops every start until a person has set it aside', async ({
  host,
  page,
}) => {
  await releaseAll(host.kubeconfig(), first)
  const lease = 'coordination.k8s.io/v1/namespaces/demo/leases/tranche-demo-http'
  await replace(host.kubeconfig(), lease, {
    path: '/metadata/annotations/tranche.dev~1release',
    value: 'no journal at all',
  })
  await host.open(page)
  const section = page.getByRole('region', { name: 'The last release record can’t be read' })
  await section.getByRole('button', { name: 'Delete the unreadable record…' }).click()
  const question = page.getByRole('alertdialog', { name: 'Delete the release record of demo-http?' })
  // Something is lost by it, so the way out has the focus.
  await expect(question.getByRole('button', { name: /^Cancel/ })).toBeFocused()
  await question.getByRole('button', { name: 'Delete the record' }).click()
  await expect(section).toBeHidden()
  await page.getByRole('textbox', { name: 'New tag' }).fill(second)
  await expect(page.getByRole('button', { name: /^Start batch 1/ })).toBeEnabled()
})

test('in the middle of a release, going back says that it takes its place, and does', async ({
  host,
  page,
}) => {
  await host.open(page)
  await startRelease(page, first)
  await expect(page.getByText('Batch 1 is baking').first()).toBeVisible()
  await page.getByRole('tab', { name: 'History' }).click()
  const section = page.getByRole('region', { name: 'Batch 1', exact: true })
  await section.getByRole('button', { name: /^Go back… batch 1 to 20190101191052/ }).click()
  const dialog = page.getByRole('alertdialog')
  await expect(dialog).toContainText('A release is running. It ends here')
  await dialog.getByRole('button', { name: 'Roll back 1 pod' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Rolled back batch 1 to the versions chosen from the history',
  )
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByRole('button', { name: new RegExp(`^${first} Superseded`) })).toBeVisible()
})

test.describe('without the right to write the lock', () => {
  test.use({ user: 'no-lock' })

  test('going back says what is lost, and the same button goes on without the lock', async ({
    host,
    page,
  }) => {
    await host.open(page)
    await page.getByRole('tab', { name: 'History' }).click()
    const section = page.getByRole('region', { name: 'Batch 1', exact: true })
    await replace(host.kubeconfig(), 'apps/v1/namespaces/demo/deployments/demo-aone-1', {
      path: '/spec/template/spec/containers/0/image',
      value: `${repository}:${first}`,
    })
    await expect(section.getByRole('listitem').filter({ hasText: first })).toContainText('runs now', {
      timeout: 60_000,
    })
    await section.getByRole('button', { name: /^Go back… batch 1 to 20190101191052/ }).click()
    const dialog = page.getByRole('alertdialog')
    await dialog.getByRole('button', { name: 'Roll back 1 pod' }).press('Enter')
    await expect(dialog).toContainText('the journal is on this machine only')
    await dialog.getByRole('button', { name: 'Go on without the lock' }).press('Enter')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Rolled back batch 1 to the versions chosen from the history',
    )
  })
})
