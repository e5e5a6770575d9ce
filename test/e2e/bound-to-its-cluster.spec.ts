import type { Page } from '@playwright/test'
import { expect, sentBy, test } from './support/fixture-page.ts'

/** A second cluster at whose sign-in a program waits for a line as well. */
async function labAsksToo(page: Page): Promise<void> {
  await page.evaluate(() => {
    const shown = fixture.steering.shown('clusters')
    const signIn = { run: 2, command: 'lab-login', lines: ['Code of the lab: '], reads: true }
    fixture.steering.push('clusters', {
      ...shown,
      clusters: shown.clusters.map((one) =>
        one.name === 'lab' ? { ...one, state: { kind: 'connecting' as const }, signIn } : one,
      ),
    })
  })
}

const rail = (page: Page, name: RegExp) =>
  page.getByRole('navigation', { name: 'Clusters' }).getByRole('button', { name })

test('a line that is typed at one cluster’s sign-in is not there at another’s, and never sent to it', async ({
  open,
}) => {
  const page = await open('sign-in')
  await labAsksToo(page)
  const field = page.getByRole('textbox', { name: 'Answer' })
  await field.fill('password of staging')
  await rail(page, /^lab/).click()
  await expect(page.getByText('Code of the lab:')).toBeVisible()
  await expect(field).toHaveValue('')
  await page.getByRole('button', { name: 'Send' }).click()
  const sent = (await sentBy(page)).filter(({ name }) => name === 'cluster/answer')
  expect(sent.map(({ input }) => [input['run'], input['line']])).toEqual([[2, '']])
})

test('a line that is typed for a program that has ended is not there for the next one', async ({ open }) => {
  const page = await open('sign-in')
  const field = page.getByRole('textbox', { name: 'Answer' })
  await field.fill('password of the first')
  await page.evaluate(() => {
    const shown = fixture.steering.shown('clusters')
    fixture.steering.push('clusters', {
      ...shown,
      clusters: shown.clusters.map((one) =>
        one.signIn === undefined ? one : { ...one, signIn: { ...one.signIn, run: 7 } },
      ),
    })
  })
  await expect(field).toHaveValue('')
})

test('a namespace that the application knows late is not chosen on another cluster', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() => fixture.steering.answerWith('namespace/add', 'late'))
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption({ label: 'Another namespace…' })
  await page.getByRole('textbox', { name: 'Name of the namespace' }).fill('payments')
  await page.keyboard.press('Enter')
  await rail(page, /^gov-prod/).click()
  const at = () => page.evaluate(() => fixture.stores.ui.getState().selection)
  const before = await at()
  await page.evaluate(() => fixture.steering.answer('namespace/add', { ok: true, value: null }))
  await expect.poll(at).toEqual(before)
  // Nothing of the name is left in a field of this cluster.
  await expect(page.getByRole('textbox', { name: 'Name of the namespace' })).toHaveCount(0)
})

test('the way from a refusal to the Service in its way goes on the cluster that has refused', async ({
  open,
}) => {
  const page = await open('canary')
  const at = () => page.evaluate(() => fixture.stores.ui.getState().selection)
  const { connection } = await at()
  await page.evaluate(() => fixture.steering.answerWith('namespace/add', 'late'))
  await page.getByRole('combobox', { name: 'Namespace' }).selectOption({ label: 'Another namespace…' })
  await page.getByRole('textbox', { name: 'Name of the namespace' }).fill('payments')
  await page.keyboard.press('Enter')
  await rail(page, /^gov-prod/).click()
  await page.evaluate(() =>
    fixture.steering.answer('namespace/add', {
      ok: false,
      fault: {
        code: 'conflict',
        message: 'held',
        elsewhere: { namespace: 'demo', service: 'pay-gateway' },
      },
    }),
  )
  const way = page.getByRole('button', { name: 'Open the Service pay-gateway' })
  await way.click()
  await expect.poll(at).toEqual({ connection, namespace: 'demo', service: 'pay-gateway' })
  // Nobody is led to where they are, nor to what can not be drawn; what was refused stays to be read.
  await expect(way).toHaveCount(0)
  await rail(page, /^gov-prod/).click()
  await expect(way).toBeVisible()
  await page.evaluate((left) => {
    const shown = fixture.steering.shown('clusters')
    fixture.steering.push('clusters', {
      ...shown,
      clusters: shown.clusters.map((one) =>
        one.id === left ? { ...one, state: { kind: 'idle' as const } } : one,
      ),
    })
  }, connection)
  await expect(way).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Dismiss' })).toBeVisible()
})

test('the late log of one Service is not shown at another, though its pod has the same name', async ({
  open,
}) => {
  const page = await open('logs')
  await page.evaluate(() => fixture.steering.answerWith('pod/log', 'late'))
  await page.getByRole('button', { name: 'Read again' }).click()
  await page.evaluate(() => fixture.stores.ui.actions.selectService('notify'))
  const asked = () =>
    page.evaluate(() =>
      fixture.calls.filter(({ name }) => name === 'pod/log').map(({ input }) => input['target']),
    )
  await expect.poll(async () => (await asked()).at(-1)).toMatchObject({ service: 'notify' })
  const said = { ok: true, value: { lines: ['of demo-http'] } } as const
  await page.evaluate((reply) => fixture.steering.answer('pod/log', reply), said)
  await page.evaluate((reply) => fixture.steering.answer('pod/log', reply), {
    ok: true,
    value: { lines: ['of notify'] },
  } as const)
  await expect(page.locator('pre.log')).toHaveText('of notify')
})

test('what was looked at for one text of a kubeconfig is never added for another', async ({ open }) => {
  const page = await open('canary')
  await page.getByRole('button', { name: 'Add kubeconfigs' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Add kubeconfigs' })
  await page.evaluate(() => fixture.steering.answerWith('kubeconfig/inspect', 'late'))
  const text = dialog.getByRole('textbox', { name: 'Kubeconfig text' })
  await text.fill('first')
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await text.fill('second')
  await page.evaluate(() =>
    fixture.steering.answer('kubeconfig/inspect', {
      ok: true,
      value: {
        contexts: [{ name: 'of-first', file: '', server: '', signIn: 'none', warnings: [] }],
        problems: [],
      },
    }),
  )
  await expect(dialog.getByText('of-first')).toHaveCount(0)
  await expect(dialog.getByRole('button', { name: 'Add', exact: true })).toBeDisabled()
})

test('a release that has begun since is asked about before its cluster is left', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() =>
    fixture.steering.answerWith('cluster/disconnect', {
      ok: false,
      fault: { code: 'release-runs', message: 'demo-http' },
    }),
  )
  await page.getByRole('button', { name: /^Disconnect/ }).click()
  await page.evaluate(() => {
    const shown = fixture.steering.shown('clusters')
    fixture.steering.push('clusters', {
      ...shown,
      clusters: shown.clusters.map((one) =>
        one.name === 'gov-staging' ? { ...one, drives: ['demo-http'] } : one,
      ),
    })
  })
  // It is open in words of its own as soon as it is known what runs there.
  await page.getByRole('button', { name: /^Disconnect…/ }).click()
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('demo-http')
  await page.evaluate(() => fixture.steering.answerWith('cluster/disconnect', { ok: true, value: null }))
  await question.getByRole('button', { name: 'Disconnect' }).click()
  const left = (await sentBy(page)).filter(({ name }) => name === 'cluster/disconnect').at(-1)
  expect(left?.input['leaves']).toEqual(['demo-http'])
})

test('who comes back to a cluster before it has answered finds that it is still asked', async ({ open }) => {
  const page = await open('canary')
  await page.evaluate(() => fixture.steering.answerWith('cluster/disconnect', 'late'))
  const disconnect = page.getByRole('button', { name: /^Disconnect/ })
  // No Service is looked at, as after each choice of a cluster.
  await rail(page, /^gov-prod/).click()
  await rail(page, /^gov-staging/).click()
  await disconnect.click()
  await expect(disconnect).toHaveAttribute('aria-busy', 'true')
  await rail(page, /^gov-prod/).click()
  await rail(page, /^gov-staging/).click()
  await expect(disconnect).toHaveAttribute('aria-busy', 'true')
  const refused = { ok: false, fault: { code: 'conflict', message: 'no' } } as const
  await page.evaluate((reply) => fixture.steering.answer('cluster/disconnect', reply), refused)
  await expect(disconnect).toHaveAttribute('aria-busy', 'false')
})
