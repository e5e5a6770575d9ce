import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startBrowserServer } from '../../electron/browser/http-server.ts'
import { expect, test as base, type Page } from '@playwright/test'

type Site = { readonly url: string; readonly elsewhere: string }

const html = (body: string) => ({
  body: Buffer.from(`<!doctype html>${body}`),
  type: 'text/html; charset=utf-8',
})
const pixel = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='

/** A page that tries things, served by the real server with its headers; beside it a server that allows everything. */
const test = base.extend<{ site: Site }>({
  site: async ({ page }, use) => {
    const other = createServer((request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin')
      const type = request.url?.includes('.html') === true ? 'text/html' : 'image/gif'
      response.setHeader('Content-Type', type)
      const framed = new URL(request.url ?? '/', 'http://x').searchParams.get('frame') ?? ''
      response.end(
        type === 'text/html' ? `<iframe src="${framed}"></iframe>` : Buffer.from(pixel.slice(22), 'base64'),
      )
    })
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done))
    const elsewhere = `http://127.0.0.1:${String((other.address() as AddressInfo).port)}`
    const server = await startBrowserServer({
      port: 0,
      secret: 'secret',
      files: new Map([
        ['/', html('<link rel="stylesheet" href="/own.css"><p>text</p><script src="/own.js"></script>')],
        [
          '/inline',
          html('<p>text</p><style>p { color: rgb(1, 2, 3) }</style><script>window.ran = true</script>'),
        ],
        ['/base', html(`<base href="${elsewhere}/"><a href="x">x</a>`)],
        ['/form', html(`<form action="${elsewhere}/form.html"><button>send</button></form>`)],
        ['/own.css', { body: Buffer.from('p { color: rgb(4, 5, 6) }'), type: 'text/css' }],
        ['/own.js', { body: Buffer.from('window.ownRan = true'), type: 'text/javascript' }],
      ]),
      attach: () => () => undefined,
      log: () => undefined,
    })
    await page.addInitScript(() => {
      const violated: string[] = []
      Object.assign(globalThis, { violated })
      document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective))
    })
    await use({ url: `http://127.0.0.1:${String(server.port)}`, elsewhere })
    await server.close()
    other.closeAllConnections()
    await new Promise((done) => other.close(done))
  },
})

function violated(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { violated: string[] }).violated)
}

const colour = (page: Page) => page.locator('p').evaluate((element) => getComputedStyle(element).color)

test('scripts and styles run from our files and from nowhere in a document', async ({ page, site }) => {
  await page.goto(site.url)
  expect(await page.evaluate(() => 'ownRan' in globalThis)).toBe(true)
  expect(await colour(page)).toBe('rgb(4, 5, 6)')
  await page.goto(`${site.url}/inline`)
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false)
  expect(await colour(page)).not.toBe('rgb(1, 2, 3)')
  expect([...new Set(await violated(page))].sort()).toEqual(['script-src-elem', 'style-src-elem'])
})

test('pictures, fonts, requests and frames lead nowhere else', async ({ page, site }) => {
  await page.goto(site.url)
  const outcome = await page.evaluate(
    async ([elsewhere, own]) => {
      const picture = (src: string) =>
        new Promise<boolean>((done) => {
          const image = new Image()
          image.onload = () => done(true)
          image.onerror = () => done(false)
          image.src = src
        })
      const request = (url: string) =>
        fetch(url).then(
          () => true,
          () => false,
        )
      const font = (url: string) =>
        new FontFace('x', `url(${url})`).load().then(
          () => true,
          () => false,
        )
      const frame = document.createElement('iframe')
      const framed = new Promise<string>((done) =>
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.effectiveDirective === 'frame-src') done(event.effectiveDirective)
        }),
      )
      frame.src = `${elsewhere}/x.html`
      document.body.append(frame)
      return {
        ownPicture: await picture(own),
        otherPicture: await picture(`${elsewhere}/x.gif`),
        ownRequest: await request('/'),
        otherRequest: await request(`${elsewhere}/x.gif`),
        otherFont: await font(`${elsewhere}/x.gif`),
        framed: await framed,
      }
    },
    [site.elsewhere, pixel] as const,
  )
  expect(outcome).toEqual({
    ownPicture: true,
    otherPicture: false,
    ownRequest: true,
    otherRequest: false,
    otherFont: false,
    framed: 'frame-src',
  })
  expect(await violated(page)).toEqual(
    expect.arrayContaining(['img-src', 'connect-src', 'font-src', 'frame-src']),
  )
})

test('a document says neither where its addresses begin nor where a form goes', async ({ page, site }) => {
  await page.goto(`${site.url}/base`)
  expect(await page.evaluate(() => document.baseURI)).toBe(`${site.url}/base`)
  expect(await violated(page)).toEqual(['base-uri'])
  await page.goto(`${site.url}/form`)
  // Not by a click: that waits for where the form would have gone.
  await page.evaluate(() => document.querySelector('form')?.requestSubmit())
  await expect.poll(() => violated(page)).toEqual(['form-action'])
  expect(page.url()).toBe(`${site.url}/form`)
})

test('no text becomes HTML or a script, and nobody makes a policy that would let it', async ({
  page,
  site,
}) => {
  await page.goto(site.url)
  const refused = await page.evaluate(() => {
    const tries = [
      () => void (document.body.innerHTML = '<b>x</b>'),
      () => void (document.createElement('script').src = '/own.js'),
      () =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('x', {}),
    ]
    return tries.map((one) => {
      try {
        one()
        return false
      } catch (error) {
        return error instanceof TypeError
      }
    })
  })
  expect(refused).toEqual([true, true, true])
  expect([...new Set(await violated(page))].sort()).toEqual(['require-trusted-types-for', 'trusted-types'])
})

test('no other page shows ours in a frame', async ({ page, site }) => {
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  await page.goto(`${site.elsewhere}/around.html?frame=${encodeURIComponent(site.url)}`)
  await expect.poll(() => complaints.join('\n')).toContain('frame-ancestors')
})
