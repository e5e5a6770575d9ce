import type { Page } from '@playwright/test'
import { expect, sentBy, test } from './support/fixture-page.ts'

async function runs(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Search or run a command' })
  await field.fill(text)
  await expect(page.getByRole('dialog').getByRole('option')).not.toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(field).toBeHidden()
}

test('the palette does what is folded away: freeze and skip', async ({ open }) => {
  const page = await open('rolling')
  await runs(page, 'pause batch 2 now')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/freeze'])
})

test('the palette pauses, approves and asks to stop while another release is drafted over', async ({
  open,
}) => {
  const page = await open('over')
  await runs(page, 'approve batch 2')
  await runs(page, 'pause')
  await runs(page, 'stop the release')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/approve', 'release/pause'])
})

test('P pauses while another release is drafted over', async ({ open }) => {
  const page = await open('over')
  await page.keyboard.press('p')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/pause'])
})

test('what is chosen stays chosen when a snapshot brings entries before it', async ({ open }) => {
  const page = await open('canary')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('go to')
  await page.keyboard.press('ArrowDown')
  const chosen = page.getByRole('dialog').getByRole('option', { selected: true })
  const text = (await chosen.textContent()) ?? ''
  await page.evaluate(() => {
    const services = fixture.steering.shown('services')
    const [row] = services.services
    if (row === undefined) throw new Error('no services')
    const first = { ...row, name: 'aaa-new', uid: 'uid-aaa' as typeof row.uid }
    fixture.steering.push('services', { ...services, services: [first, ...services.services] })
  })
  await expect(page.getByRole('dialog').getByRole('option', { name: /aaa-new/ })).toBeVisible()
  await expect(chosen).toHaveText(text)
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => fixture.stores.ui.getState().selection.service)).toBe(
    text.replace('Go to ', ''),
  )
})

test('Enter does nothing when what was chosen is gone', async ({ open }) => {
  const page = await open('canary')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('approve batch')
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText(
    'Approve batch 2',
  )
  await page.evaluate(() => {
    const shown = fixture.steering.shown('pipeline')
    if (shown.kind !== 'view' || shown.view.release === undefined) throw new Error('no release')
    const verbs = shown.view.release.verbs.map((verb) =>
      verb.verb === 'approve' && verb.sentence.kind === 'verb-approve'
        ? { ...verb, step: 1, sentence: { ...verb.sentence, batch: 3 } }
        : verb,
    )
    const view = { ...shown.view, release: { ...shown.view.release, verbs } }
    fixture.steering.push('pipeline', { kind: 'view', view })
  })
  await expect(page.getByRole('dialog').getByRole('option', { name: /Approve batch 3/ })).toBeVisible()
  await page.keyboard.press('Enter')
  expect(await sentBy(page)).toEqual([])
})

test('nothing is offered that has no place: no tabs without a panel, no rights without a cluster', async ({
  open,
}) => {
  for (const state of ['missing', 'idle-cluster']) {
    const page = await open(state)
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('show')
    await expect(page.getByRole('dialog').getByRole('option', { name: /^Show pods/ })).toHaveCount(0)
    await page.keyboard.press('Escape')
  }
  const page = await open('idle-cluster')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('may do')
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(0)
})
