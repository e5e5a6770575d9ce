import { chromium, expect, test, type Page } from '@playwright/test'
import { contentSecurityPolicy } from '../../electron/app/host/security-headers.ts'
import { kubeconfigText } from '../support/kubeconfig-home.ts'
import { canSeal, startSealed, type SealedProgram } from './support/sealed-machine.ts'

const sealed = canSeal()
const readyLine = /^Tranche is ready: (.+)$/
const loopback =
  /^(connects|sends) to (localhost|127\.\d+\.\d+\.\d+|::1) |^looks up (localhost|127\.0\.0\.1) /

/** As somebody starts it on a machine without a kubeconfig, with npm's settings as they are where nobody changed any. */
function startTranche(): Promise<SealedProgram> {
  const env = { npm_config_globalconfig: '/dev/null' }
  return startSealed(['npm', 'start', '--', '--browser', '--no-open'], { sealed, until: readyLine, env })
}

function elsewhere(program: SealedProgram): readonly string[] {
  return program.recorded().filter((line) => !loopback.test(line))
}

/** The training cluster, a release on it, all tabs of the panel, and all dialogs that need no other cluster. */
async function lookAtEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^demo-http/ }).click()
  await expect(page.getByRole('region', { name: 'Batches', exact: true })).toBeVisible()
  await page.getByRole('textbox', { name: 'New tag' }).fill('20190215093000')
  await page.getByRole('button', { name: 'Edit plan…' }).click()
  await page
    .getByRole('dialog', { name: /^Plan for/ })
    .getByRole('button', { name: 'Done' })
    .click()
  await page.getByRole('button', { name: /^Start batch 1/ }).click()
  await expect(page.getByRole('button', { name: /^Pause/ })).toBeVisible()
  for (const tab of ['Pods', 'Events', 'Logs', 'History', 'Release']) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
  }
  await page.keyboard.press('Control+K')
  await page.getByRole('combobox', { name: 'Search or run a command' }).fill('rights')
  await page.keyboard.press('Enter')
  await closeDialog(page, 'What you may do in demo')

  // A cluster that is only known is not spoken to.
  await page.getByRole('button', { name: 'Add kubeconfigs' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Kubeconfig text' }).fill(kubeconfigText({ context: 'far' }))
  await dialog.getByRole('button', { name: 'Look at it' }).click()
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('button', { name: 'Doctor' }).click()
  await expect(dialog).toContainText('https://one.example')
  await closeDialog(page, 'Doctor')
  await page.getByRole('navigation', { name: 'Clusters' }).getByRole('button', { name: /^far/ }).click()
  await expect(page.getByRole('button', { name: 'Connect', exact: true })).toBeVisible()
  await page.getByRole('button', { name: /^Language/ }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/)
}

async function closeDialog(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await expect(dialog).toHaveCount(0)
}

test('without a cluster nothing leaves the machine, whatever is looked at', async () => {
  const tranche = await startTranche()
  try {
    expect(elsewhere(tranche)).toEqual([])
    expect(tranche.unreachable()).toEqual(sealed ? { ipv4: 0, ipv6: 0 } : undefined)
    const browser = await chromium.launch({
      executablePath: tranche.alsoIn(process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'),
      // The browser asks its maker for updates and more. That is not ours: it goes to a proxy that is not there.
      args: ['--proxy-server=127.0.0.1:9', ...(sealed || process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    })
    try {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      const asked: string[] = []
      page.context().on('request', (request) => asked.push(request.url()))
      page.on('websocket', (socket) => asked.push(socket.url()))
      const answer = await page.goto(tranche.said)
      expect(answer?.headers()['content-security-policy']).toBe(contentSecurityPolicy)
      await lookAtEverything(page)
      const { host } = new URL(tranche.said)
      expect(asked).toContain(`ws://${host}/pipe`)
      expect(asked.filter((url) => !url.startsWith('data:') && new URL(url).host !== host)).toEqual([])
    } finally {
      await browser.close()
    }
    expect(elsewhere(tranche)).toEqual([])
    // Not ipv6: the browser looks by itself whether there is any.
    expect(tranche.unreachable()?.ipv4).toBe(sealed ? 0 : undefined)
  } finally {
    await tranche.stop()
  }
})

test('what a program tries is noticed: by its name, and by the kernel where it can be sealed in', async () => {
  const address = sealed ? '192.0.2.1' : '127.0.0.1'
  const script = `require('node:dns').lookup('localhost', () =>
    require('node:net').connect(9, '${address}').on('error', () => {
      console.log('tried')
      setInterval(() => undefined, 1000)
    }))`
  const program = await startSealed([process.execPath, '-e', script], { sealed, until: /^(tried)$/ })
  try {
    expect(program.recorded()).toEqual([
      `looks up localhost by ${process.execPath}`,
      `connects to ${address} by ${process.execPath}`,
    ])
    expect(program.unreachable()).toEqual(sealed ? { ipv4: 1, ipv6: 0 } : undefined)
  } finally {
    await program.stop()
  }
})
