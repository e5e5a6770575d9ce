import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { kubeconfigText } from '../support/kubeconfig-home.ts'
import { createPluginFolder } from '../support/plugin-folder.ts'
import { expect, test, type Host } from './support/host.ts'
import { tapPage } from './support/page-pipe.ts'

const tag = '20190215093000'
const request = (name: string) => `clusters-${name}`

function server(host: Host): string {
  return /server: (\S+)/.exec(readFileSync(host.kubeconfig(), 'utf8'))?.[1] ?? ''
}

function pasted(host: Host): readonly string[] {
  return readdirSync(join(dirname(host.kubeconfig()), 'data', 'kubeconfigs'))
}

/** As a person adds a kubeconfig: paste it, look at it, add it. */
async function paste(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add kubeconfigs' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Kubeconfig text' }).fill(text)
  await dialog.getByRole('button', { name: 'Look at it' }).click()
}

function inRail(page: Page, name: string) {
  return page
    .getByRole('navigation', { name: 'Clusters' })
    .getByRole('button', { name: new RegExp(`^${name}`) })
}

test('a pasted kubeconfig shows what it would run, runs it only after a person has agreed, and is removed again', async ({
  host,
  page,
}) => {
  const plugins = createPluginFolder()
  try {
    const command = plugins.write(
      'login',
      `note('ran')
       process.stderr.write('Open https://login.example/device\\nCode: ')
       process.stdin.once('data', (code) => {
         note('was told ' + String(code).trim())
         answer({ token: 'training-token' })
         process.exit(0)
       })`,
    )
    await page.goto(host.url())
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      args: ['get-token', '--cluster', 'far east'],
      env: [{ name: 'LOGIN_KEY', value: 'only-the-plugin-knows' }],
      interactiveMode: 'Always',
    }
    await paste(page, kubeconfigText({ context: 'east', cluster: { server: server(host) }, user: { exec } }))
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('1 context runs a program to sign in:')
    await expect(dialog).toContainText(`${command} get-token --cluster "far east"`)
    await expect(dialog).toContainText('with LOGIN_KEY')
    await expect(dialog.locator('.kubeconfig-report')).not.toContainText('only-the-plugin-knows')
    await expect(inRail(page, 'east')).toHaveCount(0)
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    await inRail(page, 'east').click()
    await page.getByRole('button', { name: 'Connect', exact: true }).click()

    const consent = page.getByRole('alertdialog')
    await expect(consent).toContainText(command)
    await expect(consent.getByRole('button', { name: 'Cancel' })).toBeFocused()
    expect(plugins.notes()).toEqual([])
    await consent.getByRole('button', { name: 'Run and connect' }).click()
    await expect(page.getByRole('log')).toContainText('Open https://login.example/device')
    await page.getByRole('textbox', { name: 'Answer' }).fill('WDJB-MJHT')
    await page.getByRole('textbox', { name: 'Answer' }).press('Enter')
    await expect(page.getByRole('button', { name: /^demo-http/ })).toBeVisible()
    expect(plugins.notes()).toEqual(['ran', 'was told WDJB-MJHT'])

    expect(pasted(host)).toHaveLength(1)
    await page.getByRole('button', { name: 'Disconnect' }).click()
    await page.getByRole('button', { name: 'Add kubeconfigs' }).first().click()
    await dialog.getByRole('button', { name: /^Remove .*pasted-/ }).click()
    await expect(dialog).toContainText('Nothing was added here yet.')
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(inRail(page, 'east')).toHaveCount(0)
    expect(pasted(host)).toEqual([])
  } finally {
    plugins.remove()
  }
})

test('on a cluster that was marked as production nothing goes forward until its name is typed, and everything goes back', async ({
  host,
  page,
}) => {
  test.setTimeout(240_000)
  const pipe = await tapPage(page)
  await page.goto(host.url())
  await paste(
    page,
    kubeconfigText({ context: 'east', cluster: { server: server(host) }, user: { token: 'training-token' } }),
  )
  await expect(page.getByRole('dialog')).toContainText('Runs no program.')
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await inRail(page, 'east').click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: /^demo-http/ }).click()

  await page.getByRole('button', { name: 'Cluster settings' }).click()
  await page.getByRole('textbox', { name: 'Shown as' }).fill('Government east')
  await page.getByRole('radio', { name: /^Production/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(inRail(page, 'Government east, production')).toBeVisible()

  // Not the page's button refuses it.
  await page.getByRole('textbox', { name: 'New tag' }).fill(tag)
  const draft = await pipe.lastInput('release/check')
  expect(draft.change).toMatchObject({ kind: 'image' })
  const refused = { ok: false, fault: { code: 'read-only' } }
  expect(await pipe.call('release/start', { request: request('start'), draft })).toMatchObject(refused)

  const begin = page.getByRole('button', { name: /^Start batch 1/ })
  await begin.click()
  const question = page.getByRole('alertdialog')
  const unlock = question.getByRole('button', { name: 'Allow changes for 15 min' })
  await expect(unlock).toBeDisabled()
  // The context's name: an alias may be anything.
  await question.getByRole('textbox', { name: 'Type east' }).fill('Government east')
  await expect(unlock).toBeDisabled()
  await question.getByRole('textbox', { name: 'Type east' }).fill('east')
  await unlock.click()
  // What was asked for goes on by itself.
  const headline = page.getByRole('heading', { level: 1 })
  await expect(headline).toHaveText('Batch 1 is done. Batch 2 waits for your approval.', { timeout: 60_000 })

  await page.getByRole('button', { name: /Make read-only now/ }).click()
  const { target } = draft
  const approve = page.getByRole('button', { name: /^Approve batch 2/ })
  await approve.click()
  await expect(question).toContainText('Allow changes to Government east for 15 minutes?')
  await question.getByRole('button', { name: 'Cancel' }).click()
  const { release, step } = await pipe.lastInput('release/approve')
  const approval = { request: request('approve'), target, release, step }
  expect(await pipe.call('release/approve', approval)).toMatchObject(refused)
  expect(
    await pipe.call('release/push-all', { request: request('push-all'), target, release }),
  ).toMatchObject(refused)

  await page.getByRole('button', { name: /^Pause/ }).click()
  await expect(page.getByRole('button', { name: /^Resume/ }).first()).toBeVisible()
  await expect(question).toBeHidden()
  expect(await pipe.call('release/resume', { request: request('resume'), target, release })).toMatchObject(
    refused,
  )
  await page
    .getByRole('button', { name: /^Roll back/ })
    .first()
    .click()
  await expect(question.getByRole('textbox')).toHaveCount(0)
  await expect(question.getByRole('button', { name: 'Roll back 1 pod' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(headline).toContainText(/rolled back|back on/i, { timeout: 90_000 })
  await expect(page.getByRole('button', { name: 'Read-only' })).toBeVisible()
})

test('a release on a read-only production cluster can be stopped, and asks for no name', async ({
  host,
  page,
}) => {
  test.setTimeout(180_000)
  const pipe = await tapPage(page)
  await page.goto(host.url())
  // Production by its name.
  await paste(
    page,
    kubeconfigText({
      context: 'gov-prod',
      cluster: { server: server(host) },
      user: { token: 'training-token' },
    }),
  )
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await inRail(page, 'gov-prod, production').click()
  await page.getByRole('button', { name: 'Connect', exact: true }).click()
  await page.getByRole('button', { name: /^demo-http/ }).click()
  await page.getByRole('button', { name: 'Read-only' }).click()
  await page.getByRole('textbox', { name: 'Type gov-prod' }).fill('gov-prod')
  await page.getByRole('textbox', { name: 'Type gov-prod' }).press('Enter')
  await expect(page.getByRole('button', { name: /Changes allowed/ })).toBeVisible()
  await page.getByRole('textbox', { name: 'New tag' }).fill(tag)
  await page.getByRole('button', { name: /^Start batch 1/ }).click()
  await expect(page.getByText('Batch 1 is baking').first()).toBeVisible()
  await page.getByRole('button', { name: /Make read-only now/ }).click()
  await expect(page.getByRole('button', { name: 'Read-only' })).toBeVisible()
  const { target } = (await pipe.lastInput('release/start')).draft
  const started = await pipe.lastReply('release/start')
  const release = started.ok ? started.value.release : ''
  expect(await pipe.call('release/stop', { request: request('stop'), target, release })).toMatchObject({
    ok: true,
  })
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/stopped/i)
})

const secrets = {
  token:
    'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJzeXN0ZW06c2VydmljZWFjY291bnQ6b3BzIn0.c2lnbmF0dXJlLW9mLWl0',
  password: 'Tr0ub4dor-and-3',
  proxyPassword: 'pr0xy-pa55word',
  clientSecret: '9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d',
  env: 'LTAI5tFakeFakeFakeFake',
  unused: 'nobody-uses-this-token-4711',
}

test('what the doctor copies names what is wrong, and no token, password or key', async ({
  host,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto(host.url())
  const text = `
apiVersion: v1
kind: Config
clusters:
- {name: far, cluster: {server: "https://far.example:6443", proxy-url: "http://li:${secrets.proxyPassword}@127.0.0.1:1"}}
users:
- {name: robot, user: {token: "${secrets.token}"}}
- {name: person, user: {username: li, password: "${secrets.password}"}}
- {name: nobody, user: {token: "${secrets.unused}"}}
- name: plugin
  user:
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: /nowhere/no-such-login
      args: [get-token, --client-secret, "${secrets.clientSecret}"]
      env: [{name: ACCESS_KEY, value: "${secrets.env}"}]
contexts:
- {name: far-robot, context: {cluster: far, user: robot}}
- {name: far-person, context: {cluster: far, user: person}}
- {name: far-plugin, context: {cluster: far, user: plugin}}
- {name: lost, context: {cluster: not-there, user: robot}}
`
  await paste(page, text)
  await page.getByRole('dialog').getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Doctor' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Connect far-robot and say what happens' }).click()
  await expect(dialog).toContainText('could not be connected')
  await dialog.getByRole('button', { name: 'Copy as text' }).click()
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  const shown = await dialog.innerText()
  for (const said of [copied, shown]) {
    for (const secret of Object.values(secrets)) expect(said).not.toContain(secret)
    for (const fact of [
      'far-robot',
      'https://far.example:6443',
      'http://***@127.0.0.1:1',
      "can't be reached through the proxy 127.0.0.1:1 (ECONNREFUSED)",
      'user plugin: runs /nowhere/no-such-login get-token --client-secret ***, which is not there or may not be run',
      'Context "lost": its cluster "not-there" is not defined',
    ])
      expect(said).toContain(fact)
  }
})

test.describe('a person who may only look', () => {
  test.use({ user: 'viewer' })

  test('is told right by right what is missing, with the Role that grants exactly that', async ({
    host,
    page,
  }) => {
    await host.open(page)
    await page.keyboard.press('Control+K')
    await page.getByRole('combobox', { name: 'Search or run a command' }).fill('rights')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'What you may do in demo' })
    const group = (name: string) => dialog.locator('.rights-group').filter({ hasText: name })
    await expect(group('See Services, batches and pods')).toContainText('possible')
    await expect(group('See Services, batches and pods')).not.toContainText('missing')
    await expect(group('Release and roll back')).toContainText('not possible')
    const missing = group('Release and roll back').getByRole('listitem').filter({ hasText: 'missing' })
    await expect(missing.filter({ hasText: 'patch deployments.apps' })).toHaveCount(1)
    await expect(
      group('Release and roll back').getByRole('listitem').filter({ hasText: 'get deployments' }),
    ).not.toContainText('missing')
    const role = dialog.getByRole('region', { name: 'For whoever administers the cluster' })
    await expect(role).toContainText(/kind: Role\b[\s\S]*deployments[\s\S]*patch[\s\S]*kind: RoleBinding/)
    await dialog.getByRole('button', { name: 'Close' }).click()

    // And from where the release is not possible.
    await page.getByRole('textbox', { name: 'New tag' }).fill(tag)
    await page.getByRole('button', { name: 'Which right is missing?' }).first().click()
    await expect(dialog).toBeVisible()
  })
})
