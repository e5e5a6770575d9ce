import type { Page } from '@playwright/test'
import { expect, sentBy, test } from './support/fixture-page.ts'

/** Keeps a key down as a keyboard does: one press, then its repeats. */
async function hold(page: Page, key: string, repeats = 8): Promise<void> {
  for (let press = 0; press <= repeats; press++) await page.keyboard.down(key)
}

const questions = [
  'stop',
  'roll-back',
  'forget',
  'disconnect',
  'supersede',
  'go-back',
  'training-reset',
] as const
const behind: Readonly<Partial<Record<(typeof questions)[number], string>>> = {
  stop: 'canary',
  'roll-back': 'failed',
  forget: 'unreadable',
  supersede: 'over',
  'go-back': 'history',
  'training-reset': 'training',
}

test('a held Enter on Stop opens the question and does not answer it', async ({ open }) => {
  const page = await open('canary')
  await page.getByRole('button', { name: /^Stop the release/ }).focus()
  await hold(page, 'Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await hold(page, 'Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  expect(await sentBy(page)).toEqual([])
  await page.keyboard.up('Enter')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/stop'])
})

for (const question of questions)
  test(`the press that opened ${question} is over before anything answers it`, async ({ open }) => {
    const page = await open(behind[question] ?? question)
    await page.evaluate(() => fixture.stores.ui.actions.closeDialog())
    await page.locator('body').click({ position: { x: 720, y: 5 } })
    await page.keyboard.down('Enter')
    await page.evaluate(
      (dialog) =>
        dialog === 'go-back'
          ? fixture.stores.ui.actions.askGoBack({ kind: 'time', at: 0 })
          : fixture.stores.ui.actions.open(dialog),
      question,
    )
    await expect(page.getByRole('alertdialog')).toBeVisible()
    const buttons = page.getByRole('alertdialog').getByRole('button')
    for (let at = (await buttons.count()) - 1; at >= 0; at--) {
      await buttons.nth(at).focus()
      await page.keyboard.down('Enter')
    }
    await expect(page.getByRole('alertdialog')).toBeVisible()
    expect(await sentBy(page)).toEqual([])
  })

test('a held Enter on Approve approves one batch, however quick the answers are', async ({ open }) => {
  const page = await open('canary')
  await page.getByRole('button', { name: /^Approve batch 2/ }).focus()
  await hold(page, 'Enter', 12)
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/approve'])
})

test('a held Enter in the palette runs what was chosen and nothing beneath it', async ({ open }) => {
  const page = await open('canary')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('stop')
  await hold(page, 'Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await hold(page, 'Enter')
  expect(await sentBy(page)).toEqual([])
})

test('a held Enter in a text goes on making lines', async ({ open }) => {
  const page = await open('template')
  const field = page.getByRole('textbox', { name: 'Pod template in YAML' })
  await field.fill('')
  await hold(page, 'Enter', 3)
  await expect(field).toHaveValue('\n\n\n\n')
})

test('Ctrl Enter approves from no field that is not about it', async ({ open }) => {
  const page = await open('canary')
  await page.getByRole('searchbox', { name: 'Filter services' }).focus()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('textbox', { name: /time/i }).focus()
  await page.keyboard.press('Control+Enter')
  await page.getByRole('combobox', { name: 'Namespace' }).focus()
  await page.keyboard.press('Control+Enter')
  expect(await sentBy(page)).toEqual([])
  await page.getByRole('tab', { name: 'Release' }).click()
  await page.keyboard.press('Control+Enter')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/approve'])
})

test('Ctrl Enter starts from the field of the tag, and not from the filter', async ({ open }) => {
  const page = await open('own-plan')
  await page.getByRole('textbox', { name: 'New tag' }).fill('20190301')
  await expect(page.getByRole('button', { name: /^Start batch 1/, disabled: false })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter services' }).focus()
  await page.keyboard.press('Control+Enter')
  expect(await sentBy(page)).toEqual([])
  await page.getByRole('textbox', { name: 'New tag' }).focus()
  await page.keyboard.press('Control+Enter')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/start'])
})

test('an arrow that is held down on a choice that acts at once chooses once', async ({ open }) => {
  const page = await open('training')
  const chosen = page.getByRole('group', { name: 'Speed' }).getByRole('radio', { checked: true })
  await chosen.focus()
  await hold(page, 'ArrowRight')
  await page.keyboard.up('ArrowRight')
  const sent = async () => (await sentBy(page)).map(({ name }) => name)
  await expect.poll(sent).toEqual(['training/speed'])
  // Whatever the repeats have sent is there by the time that another press is.
  await chosen.press('ArrowRight')
  await expect.poll(sent).toEqual(['training/speed', 'training/speed'])
})
