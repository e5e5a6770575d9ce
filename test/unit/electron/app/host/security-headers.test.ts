import { expect, test } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '../../../../../electron/app/host/security-headers.ts'

/** What each of them holds back is seen in a browser: `test/e2e/policy.spec.ts`. */
const policy = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': "'none'",
}

test('the policy of the page allows what it needs, and nothing has been added or taken out', () => {
  const said = contentSecurityPolicy.split('; ').map((line) => {
    const at = line.indexOf(' ')
    return [line.slice(0, at), line.slice(at + 1)]
  })
  expect(Object.fromEntries(said)).toEqual(policy)
  expect(said).toHaveLength(Object.keys(policy).length)
})

test('the other headers are there too', () => {
  expect(securityHeaders).toEqual({
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), payment=()',
  })
})
