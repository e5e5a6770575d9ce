import { expect, sentBy, test } from './support/fixture-page.ts'

// The main ways through the window without a pointer.

test('Ctrl Enter approves the batch that waits, once, and sends nothing where none waits', async ({
  open,
}) => {
  const page = await open('canary')
  await page.keyboard.press('Control+Enter')
  expect((await sentBy(page)).map(({ name, input }) => [name, input['step']])).toEqual([
    ['release/approve', 0],
  ])
  await open('rolling')
  await page.keyboard.press('Control+Enter')
  expect(await sentBy(page)).toEqual([])
})

test('Ctrl Backspace asks with the button focused that rolls back; Enter sends it', async ({ open }) => {
  const page = await open('failed')
  await page.keyboard.press('Control+Backspace')
  const question = page.getByRole('alertdialog', { name: 'Roll back demo-http on gov-staging' })
  await expect(question.getByRole('button', { name: 'Roll back 17 pods' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  const [call] = await sentBy(page)
  expect(call).toMatchObject({
    name: 'release/roll-back',
    input: { mode: 'at-once', batches: ['uid-batch-1', 'uid-batch-2'] },
  })
})

test('Escape leaves the question, sends nothing and gives the focus back', async ({ open }) => {
  const page = await open('failed')
  const button = page.getByRole('button', { name: /^Roll back batches 1–2/ })
  await button.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  await expect(button).toBeFocused()
  expect(await sentBy(page)).toEqual([])
})

test('P pauses, but not while a filter is typed', async ({ open }) => {
  const page = await open('rolling')
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox', { name: 'Filter services' })).toBeFocused()
  await page.keyboard.type('pay')
  expect(await sentBy(page)).toEqual([])
  await page.getByRole('button', { name: /^Stop the release/ }).press('p')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/pause'])
})

test('F6 goes round the areas of the window', async ({ open }) => {
  const page = await open('canary')
  const seen: string[] = []
  for (let press = 0; press < 6; press++) {
    await page.keyboard.press('F6')
    seen.push(
      await page.evaluate(
        () => document.activeElement?.closest<HTMLElement>('[data-area]')?.dataset['area'] ?? '',
      ),
    )
  }
  expect(seen).toEqual(['title', 'rail', 'sidebar', 'main', 'strip', 'panel'])
})

test('a draft is typed and started', async ({ open }) => {
  const page = await open('plan')
  await page.getByRole('textbox', { name: 'New tag' }).focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('20190301')
  await expect(page.getByRole('button', { name: 'Scale, then start batch 1' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  expect((await sentBy(page)).map(({ name }) => name)).toEqual(['release/start'])
})

test('arrows move between the tabs of the panel, End goes to the last', async ({ open }) => {
  const page = await open('failed')
  await page.getByRole('tab', { name: 'Release', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { selected: true })).toHaveText('Pods')
  await page.keyboard.press('End')
  await expect(page.getByRole('tab', { selected: true })).toHaveText('History')
})

test('a program that signs in is not run by a key that was on its way: Cancel has the focus', async ({
  open,
}) => {
  const page = await open('consent')
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
})
