import type { Protocol } from 'electron'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../../../electron/app/host/security-headers.ts'
import { appScheme, serveAppScheme } from '../../../../electron/desktop/app-scheme.ts'

const files = new Map([
  ['/', { body: Buffer.from('<!doctype html>'), type: 'text/html; charset=utf-8' }],
  ['/assets/main.js', { body: Buffer.from('1'), type: 'text/javascript; charset=utf-8' }],
])

async function answer(url: string, method = 'GET'): Promise<Response> {
  const handlers: ((request: Request) => Response | Promise<Response>)[] = []
  const protocol: Pick<Protocol, 'handle'> = { handle: (_scheme, handler) => void handlers.push(handler) }
  serveAppScheme(protocol as Protocol, files)
  const [handler] = handlers
  if (handler === undefined) throw new Error('no handler')
  return handler(new Request(url, { method }))
}

test('the page comes with the policy of the browser host, Trusted Types included', async () => {
  const response = await answer('app://tranche/')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
  expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'")
  expect(await response.text()).toBe('<!doctype html>')
})

test.each([
  ['another host', 'app://evil/', 'GET'],
  ['a path that was not built', 'app://tranche/package.json', 'GET'],
  ['a path that climbs out', 'app://tranche/../../etc/passwd', 'GET'],
  ['another method', 'app://tranche/', 'POST'],
])('%s gets nothing', async (_what, url, method) => {
  const response = await answer(url, method)
  expect(response.status).toBe(404)
  expect(response.headers.get('content-security-policy')).toBe(contentSecurityPolicy)
  expect(await response.text()).toBe('')
})

test('the scheme bypasses no policy', () => {
  expect(appScheme.privileges).toEqual({
    standard: true,
    secure: true,
    supportFetchAPI: true,
    codeCache: true,
  })
})
