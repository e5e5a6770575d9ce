import type { Page } from '@playwright/test'
import { expect, test } from './support/fixture-page.ts'

/** Words that come from a cluster, a kubeconfig or a plugin: names are what an API server says that they are. */
const written = [
  ...[
    'name',
    'message',
    'file',
    'server',
    'namespace',
    'alias',
    'manager',
    'holder',
    'reason',
    'why',
    'object',
  ],
  ...['image', 'tag', 'from', 'to', 'person', 'cause', 'by', 'command', 'installHint', 'pod', 'node', 'line'],
  ...['args', 'env', 'lines', 'warnings', 'lookedAt', 'version', 'service', 'text', 'template', 'container'],
]
/** A direction, a blank of no width, the start of a terminal's command, and a name from right to left. */
const poison = ' \u202e\u200b\u001b[2J שלום'

/** Everything that the feeds have shown, with that poison in all words of others. */
async function poisonAll(page: Page): Promise<void> {
  await page.evaluate(
    ([names, dose]) => {
      const poisoned = (value: unknown, isWords: boolean): unknown => {
        if (typeof value === 'string') return isWords && value !== '' ? value + dose : value
        if (Array.isArray(value)) return value.map((one) => poisoned(one, isWords))
        if (typeof value !== 'object' || value === null) return value
        return Object.fromEntries(
          Object.entries(value).map(([key, one]) => [key, poisoned(one, names.includes(key))]),
        )
      }
      const { steering } = fixture
      for (const feed of ['clusters', 'services', 'pipeline', 'pods'] as const)
        steering.push(feed, poisoned(steering.shown(feed), false) as never)
    },
    [written, poison] as const,
  )
}

/** What stands on the page, what is read aloud, and what shows under the pointer: all that hides or turns. */
async function hidden(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    // Our own isolates stand in pairs where only text can stand.
    const pair = /\u2068([\u0590-\u05ff '"]*)\u2069/g
    const active = /(?![\n\t\ufe0e\ufe0f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{DI}]/u
    const turning = /[\u0590-\u05ff]/
    const found: string[] = []
    const look = (where: string, text: string): void => {
      if (active.test(text.replace(pair, ''))) found.push(`${where}: ${JSON.stringify(text)}`)
    }
    look('title', document.title)
    for (const element of document.querySelectorAll('body *')) {
      for (const { name, value } of element.attributes)
        if (/^(title|alt|label|placeholder|aria-|data-pill)/.test(name)) look(name, value)
      for (const node of element.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue
        const text = node.nodeValue ?? ''
        look(element.tagName, text)
        const isolated = element.closest('bdi, option, textarea, title, text') !== null
        if (turning.test(text) && !isolated) found.push(`not isolated: ${text}`)
      }
    }
    return found
  })
}

const states = [
  ...[
    'canary',
    'failed-canary',
    'incident-pods',
    'pods',
    'events',
    'foreign',
    'clusters',
    'history',
    'rolled-back',
  ],
  ...[
    'consent',
    'consent-long',
    'consent-shell',
    'sign-in',
    'connect-failed',
    'idle-cluster',
    'insecure',
    'empty',
    'many-in-rail',
  ],
]

for (const state of states)
  test(`no words of others hide or turn anything on the page: ${state}`, async ({ open }) => {
    const page = await open(state)
    await poisonAll(page)
    await expect(page.locator('.unseen').first()).toBeAttached()
    expect(await hidden(page)).toEqual([])
  })

test('a name from right to left leaves the numbers beside it where they are', async ({ open }) => {
  const page = await open('connect-failed')
  await page.evaluate(() => {
    const { steering } = fixture
    const view = steering.shown('clusters')
    steering.push('clusters', {
      ...view,
      clusters: view.clusters.map((one) => ({ ...one, name: 'שלום', alias: 'שלום' })),
    })
  })
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText('שלום')
  const order = await heading.evaluate((element) => {
    const range = document.createRange()
    const leftOf = (node: Node | null): number => {
      if (node === null) return Number.NaN
      range.selectNodeContents(node)
      return range.getBoundingClientRect().left
    }
    return [...element.childNodes].map(leftOf)
  })
  expect(order).toEqual([...order].sort((a, b) => a - b))
})
