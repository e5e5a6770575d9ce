import type { Page } from '@playwright/test'
import { expect, sentBy, test } from './support/fixture-page.ts'

const refusal = { ok: false, fault: { code: 'moved-on', message: 'Too late.' } } as const
const agreed = { ok: true, value: null } as const

async function selectAnother(page: Page): Promise<void> {
  await page.evaluate(() => fixture.stores.ui.actions.selectService('another-http'))
}

test('a dialog does not outlive its Service, says that it went, and comes back for no other', async ({
  open,
}) => {
  const page = await open('template')
  await expect(page.getByRole('dialog')).toBeVisible()
  await selectAnother(page)
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('alert').filter({ hasText: 'demo-http' })).toContainText('closed')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeVisible()
})

test('a dialog whose Service is gone leaves the shortcuts alive', async ({ open }) => {
  const page = await open('template')
  await page.evaluate(() =>
    fixture.steering.push('pipeline', { kind: 'missing', why: { kind: 'words', words: 'gone' } }),
  )
  await expect(page.getByRole('dialog')).toBeHidden()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeVisible()
})

test('a refusal that comes after its question was left is seen until it is dismissed', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() => fixture.steering.answerWith('release/stop', 'late'))
  await page.getByRole('button', { name: /^Stop the release/ }).click()
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Stop the release' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await page.evaluate((reply) => fixture.steering.answer('release/stop', reply), refusal)
  const told = page.getByRole('alert').filter({ hasText: 'Too late.' })
  await expect(told).toContainText('Stop the release')
  await expect(told).toContainText('demo-http')
  await selectAnother(page)
  await expect(told).toBeVisible()
  await told.getByRole('button', { name: 'Dismiss' }).click()
  await expect(told).toBeHidden()
})

test('a late success closes its own question and no other', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() => fixture.steering.answerWith('release/stop', 'late'))
  await page.getByRole('button', { name: /^Stop the release/ }).click()
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Stop the release' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Roll back/ }).click()
  await expect(page.getByRole('alertdialog')).toContainText('Roll back demo-http')
  await page.evaluate((reply) => fixture.steering.answer('release/stop', reply), agreed)
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await expect(page.getByRole('alertdialog')).toContainText('Roll back demo-http')
})

test('a fault stands under its own verb and under no other', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate((reply) => fixture.steering.answerWith('release/approve', reply), refusal)
  await page.getByRole('button', { name: /^Approve batch 2/ }).click()
  const panel = page.getByRole('complementary', { name: 'Release' })
  await expect(panel.getByRole('alert').filter({ hasText: 'Too late.' })).toBeVisible()
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release === undefined) throw new Error('no release')
    const verbs = shown.view.release.verbs.map((verb) =>
      verb.verb === 'approve' && verb.sentence.kind === 'verb-approve'
        ? { ...verb, step: 1, sentence: { ...verb.sentence, batch: 3 } }
        : verb,
    )
    fixture.steering.push('pipeline', {
      kind: 'view',
      view: { ...shown.view, release: { ...shown.view.release, verbs } },
    })
  })
  await expect(panel.getByRole('button', { name: /^Approve batch 3/ })).toBeVisible()
  await expect(panel.getByRole('alert').filter({ hasText: 'Too late.' })).toBeHidden()
  await expect(page.getByRole('alert').filter({ hasText: 'Too late.' })).toContainText('Approve batch 2')
})

test('a question whose subject changed says so, and the next press only takes note', async ({ open }) => {
  const page = await open('failed')
  await page.keyboard.press('Control+Backspace')
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('button', { name: 'Roll back 17 pods' })).toBeFocused()
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release?.rollBack === undefined) throw new Error('no way back')
    const [first] = shown.view.release.rollBack.batches
    if (first === undefined) throw new Error('no batch')
    const rollBack = { ...shown.view.release.rollBack, batches: [first], pods: first.pods }
    const view = { ...shown.view, release: { ...shown.view.release, rollBack } }
    fixture.steering.push('pipeline', { kind: 'view', view })
  })
  await expect(question.getByRole('alert')).toContainText('changed')
  await page.keyboard.press('Enter')
  expect(await sentBy(page)).toEqual([])
  await expect(question.getByRole('button', { name: 'Roll back 1 pod' })).toBeFocused()
  await page.keyboard.press('Enter')
  const [sent] = await sentBy(page)
  expect(sent?.name).toBe('release/roll-back')
  expect(sent?.input['batches']).toEqual(['uid-batch-1'])
})

test('a template that is edited while it is compared is not used under the older differences', async ({
  open,
}) => {
  const page = await open('template')
  await page.evaluate(() => fixture.steering.answerWith('template/preview', 'late'))
  const field = page.getByRole('textbox', { name: 'Pod template in YAML' })
  await expect(field).not.toHaveValue('')
  await page.getByRole('button', { name: 'Show what differs' }).click()
  await field.fill('spec: {containers: []}')
  await page.evaluate(() =>
    fixture.steering.answer('template/preview', {
      ok: true,
      value: {
        kind: 'changes',
        batches: [
          {
            batch: 'uid-batch-1',
            number: 1,
            name: 'demo-aone-1',
            added: 1,
            removed: 0,
            digest: 'd1',
            conflicts: [],
            hunks: [{ line: 1, lines: ['+a'] }],
          },
        ],
      },
    }),
  )
  await expect(page.getByRole('button', { name: 'Use this template' })).toBeHidden()
  await expect(field).toHaveValue('spec: {containers: []}')
})

test('a template that was compared is compared again once a batch has another one', async ({ open }) => {
  const page = await open('template')
  await expect(page.getByRole('textbox', { name: 'Pod template in YAML' })).not.toHaveValue('')
  await page.getByRole('button', { name: 'Show what differs' }).click()
  await expect(page.getByRole('button', { name: 'Use this template' })).toBeEnabled()
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view') throw new Error('nothing is shown')
    const batches = shown.view.batches.map((one) =>
      one.number === 2 ? { ...one, digest: 'somebody-else' } : one,
    )
    fixture.steering.push('pipeline', { kind: 'view', view: { ...shown.view, batches } })
  })
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('batch 2 has changed')
  await expect(page.getByRole('button', { name: 'Use this template' })).toBeHidden()
  await expect(page.getByRole('button', { name: 'Show what differs' })).toBeEnabled()
})

test('a plan that another window changed is not overwritten: the difference is shown, and a person settles it', async ({
  open,
}) => {
  const page = await open('change-plan')
  const dialog = page.getByRole('dialog')
  const seen = await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    return shown.kind === 'view' ? shown.view.release?.version : undefined
  })
  await dialog.getByRole('spinbutton', { name: /bake/i }).last().fill('77')
  const send = dialog.getByRole('button', { name: 'Apply the new plan' })
  await expect(send).toHaveAttribute('aria-disabled', 'false')
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release?.plan === undefined) throw new Error('no plan')
    const { release } = shown.view
    const plan = { ...shown.view.release.plan, batchLimitSeconds: 120 }
    const next = { ...release, version: release.version + 1, plan }
    fixture.steering.push('pipeline', { kind: 'view', view: { ...shown.view, release: next } })
  })
  await expect(dialog.getByRole('alert')).toContainText('held after 2 min')
  await expect(send).toHaveAttribute('aria-disabled', 'true')
  await send.click({ force: true })
  expect(await sentBy(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Keep my edit' }).click()
  await send.click()
  const [sent] = await sentBy(page)
  expect(sent?.name).toBe('release/change-plan')
  expect(sent?.input['version']).toBe((seen ?? 0) + 1)
})

test('what is added is what was looked at: an answer about an older text is dropped', async ({ open }) => {
  const page = await open('kubeconfigs')
  await page.evaluate(() => fixture.steering.answerWith('kubeconfig/inspect', 'late'))
  const field = page.getByRole('textbox', { name: 'Kubeconfig text' })
  await field.fill('first')
  await page.getByRole('button', { name: 'Look at it' }).click()
  await field.fill('second')
  await page.evaluate(() =>
    fixture.steering.answer('kubeconfig/inspect', {
      ok: true,
      value: {
        contexts: [{ name: 'east', file: 'text', server: 'https://e', signIn: 'none', warnings: [] }],
        problems: [],
      },
    }),
  )
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await expect(page.getByRole('button', { name: 'Add', exact: true })).toBeDisabled()
  await expect(page.getByText('https://e', { exact: true })).toBeHidden()
})

test('without the application nothing forward is offered', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() => fixture.steering.link('lost'))
  await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.keyboard.press('Control+Enter')
  expect(await sentBy(page)).toEqual([])
  await page.evaluate(() => fixture.steering.link('open'))
  await expect(page.getByRole('button', { name: /^Approve batch 2/ })).toHaveAttribute(
    'aria-disabled',
    'false',
  )
})

test('what the browser does not let be copied is said to be not copied', async ({ open }) => {
  const page = await open('rights')
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
  await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click()
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Not copied' })).toBeVisible()
})
