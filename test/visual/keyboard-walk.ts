import assert from 'node:assert/strict'
import { chromium } from '@playwright/test'
import type { Page } from '@playwright/test'
import { build, preview } from 'vite'
import { builtPage } from './vite-options.ts'

// node test/visual/keyboard-walk.ts: the main ways through the window, by keyboard alone.
type Call = { readonly name: string; readonly input: Readonly<Record<string, unknown>> }

async function callsOf(page: Page): Promise<readonly Call[]> {
  const all = await page.evaluate(() => (globalThis as unknown as { fixtureCalls: Call[] }).fixtureCalls)
  return all.filter((call) => call.name !== 'release/check' && call.name !== 'pod/log')
}

async function focusedText(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? '')
}

const walks: Readonly<Record<string, (open: (state: string) => Promise<Page>) => Promise<void>>> = {
  'Ctrl Enter approves the batch that waits, once': async (open) => {
    const page = await open('canary')
    await page.keyboard.press('Control+Enter')
    const calls = await callsOf(page)
    assert.deepEqual(
      calls.map((call) => [call.name, call.input['step']]),
      [['release/approve', 0]],
    )
  },
  'Ctrl Enter on a disabled approve sends nothing': async (open) => {
    const page = await open('rolling')
    await page.keyboard.press('Control+Enter')
    assert.deepEqual(await callsOf(page), [])
  },
  'roll back: Ctrl Backspace asks with its button focused, Enter sends': async (open) => {
    const page = await open('failed')
    await page.keyboard.press('Control+Backspace')
    await page.getByRole('alertdialog', { name: 'Roll back demo-http on gov-staging' }).waitFor()
    assert.equal(await focusedText(page), 'Roll back 17 pods')
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    const [call] = await callsOf(page)
    assert.equal(call?.name, 'release/roll-back')
    assert.equal(call.input['mode'], 'at-once')
    assert.deepEqual(call.input['batches'], ['uid-batch-1', 'uid-batch-2'])
  },
  'Escape leaves the question and gives the focus back': async (open) => {
    const page = await open('failed')
    await page.getByRole('button', { name: /^Roll back batches 1–2/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('alertdialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('alertdialog').waitFor({ state: 'detached' })
    assert.match(await focusedText(page), /^Roll back batches 1–2/)
    assert.deepEqual(await callsOf(page), [])
  },
  'P pauses, but not while a filter is typed': async (open) => {
    const page = await open('rolling')
    await page.keyboard.press('/')
    await page.getByRole('searchbox', { name: 'Filter services' }).waitFor()
    await page.keyboard.type('pay')
    assert.deepEqual(await callsOf(page), [])
    await page.getByRole('button', { name: /^Stop the release/ }).focus()
    await page.keyboard.press('p')
    assert.deepEqual(
      (await callsOf(page)).map((call) => call.name),
      ['release/pause'],
    )
  },
  'the palette runs what is typed': async (open) => {
    const page = await open('canary')
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: 'Search or run a command' }).waitFor()
    await page.keyboard.type('show pods')
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: 'Pods', selected: true }).waitFor()
  },
  'F6 goes round the areas': async (open) => {
    const page = await open('canary')
    const seen: string[] = []
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press('F6')
      seen.push(
        await page.evaluate(
          () => document.activeElement?.closest<HTMLElement>('[data-area]')?.dataset['area'] ?? '',
        ),
      )
    }
    assert.deepEqual(new Set(seen.slice(0, 3)), new Set(['title', 'rail', 'sidebar']))
    assert.ok(seen.includes('panel'))
  },
  'a draft is typed and started without a pointer': async (open) => {
    const page = await open('idle')
    await page.getByRole('textbox', { name: 'New tag' }).focus()
    await page.keyboard.type('20190301')
    await page.getByRole('button', { name: /^Start batch 1/, disabled: false }).waitFor()
    await page.keyboard.press('Control+Enter')
    const [call] = await callsOf(page)
    assert.equal(call?.name, 'release/start')
  },
  'tabs move by arrows': async (open) => {
    const page = await open('failed')
    await page.getByRole('tab', { name: 'Release' }).focus()
    await page.keyboard.press('ArrowRight')
    await page.getByRole('tab', { name: 'Pods', selected: true }).waitFor()
    await page.keyboard.press('End')
    await page.getByRole('tab', { name: 'Logs', selected: true }).waitFor()
  },
  'consent focuses Cancel': async (open) => {
    const page = await open('consent')
    assert.equal(await focusedText(page), 'Cancel')
  },
}

await build(builtPage)
const server = await preview(builtPage)
const base = server.resolvedUrls?.local[0] ?? ''
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
let failures = 0
for (const [name, walk] of Object.entries(walks)) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(4000)
  try {
    await walk(async (state) => {
      const page = await context.newPage()
      await page.goto(`${base}?state=${state}&lang=en&theme=light`, { waitUntil: 'networkidle' })
      return page
    })
    console.log(`ok      ${name}`)
  } catch (error) {
    failures += 1
    console.log(`FAILED  ${name}\n${error instanceof Error ? error.message : String(error)}`)
  }
  await context.close()
}
await browser.close()
await server.close()
process.exitCode = failures === 0 ? 0 : 1
