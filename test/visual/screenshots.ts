import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import type { Browser, Page } from '@playwright/test'
import { AxeBuilder } from '@axe-core/playwright'
import { build, preview } from 'vite'
import { scenarioNames } from './scenario.ts'
import { builtPage } from './vite-options.ts'

// node test/visual/screenshots.ts [folder] [--state canary,plan] [--theme dark] [--lang zh] [--size 1100x700] [--axe]
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    state: { type: 'string' },
    theme: { type: 'string', default: 'light,dark' },
    lang: { type: 'string', default: 'en,zh' },
    size: { type: 'string', default: '1440x900,1100x700' },
    scale: { type: 'string', default: '1' },
    axe: { type: 'boolean', default: false },
  },
})

const folder = positionals[0] ?? 'test-results/screens'
const list = (text: string) => text.split(',').filter((part) => part !== '')
const states = values.state === undefined ? scenarioNames : list(values.state)

const unknown = states.filter((name) => !scenarioNames.includes(name))
if (unknown.length > 0) {
  console.error(`There is no state ${unknown.join(', ')}. There are: ${scenarioNames.join(', ')}`)
  process.exit(2)
}

type Picture = {
  readonly state: string
  readonly lang: string
  readonly theme: string
  readonly size: string
}

/** Draws one picture; whatever the page complains of makes the run fail. */
async function draw(browser: Browser, base: string, picture: Picture): Promise<readonly string[]> {
  const [width = 1440, height = 900] = picture.size.split('x').map(Number)
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: Number(values.scale),
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  const query = new URLSearchParams({ state: picture.state, lang: picture.lang, theme: picture.theme })
  await page.goto(`${base}?${query.toString()}`, { waitUntil: 'networkidle' })
  const name = `${picture.state}-${picture.lang}-${picture.theme}-${picture.size}`
  await page.screenshot({ path: join(folder, `${name}.png`) })
  complaints.push(...(await clipped(page)))
  if (values.axe) complaints.push(...(await barriers(page)))
  await context.close()
  return complaints.map((complaint) => `${name}: ${complaint}`)
}

/** Whatever sticks out of the window, or stands in a button or a heading that cuts it off. */
async function clipped(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const found = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) => {
      const box = element.getBoundingClientRect()
      return box.width > 0 && element.closest('.sr, svg') === null && box.right > innerWidth + 1
    })
    return found
      .slice(0, 3)
      .map((element) => `sticks out: ${element.className} ${element.innerText.slice(0, 40)}`)
  })
}

async function barriers(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(
    ({ id, nodes }) =>
      `axe ${id}: ${nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 90))
        .join(' | ')}`,
  )
}

await build(builtPage)
const server = await preview(builtPage)
const base = server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4173/'
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
})
await mkdir(folder, { recursive: true })

const complaints: string[] = []
for (const state of states)
  for (const lang of list(values.lang))
    for (const theme of list(values.theme))
      for (const size of list(values.size))
        complaints.push(...(await draw(browser, base, { state, lang, theme, size })))

await browser.close()
await server.close()
console.log(complaints.length === 0 ? 'no complaints' : complaints.join('\n'))
process.exitCode = complaints.length === 0 ? 0 : 1
