import type { CustomScheme, Protocol } from 'electron'
import { securityHeaders } from '../app/host/security-headers.ts'
import type { StaticFile } from '../app/host/static-files.ts'

const host = 'tranche'
export const pageUrl = `app://${host}/`
/** As Chromium writes it; Node's `new URL(pageUrl).origin` is the text "null". */
export const pageOrigin = `app://${host}`

/** To be registered before the application is ready. No `bypassCSP`, no CORS, no service workers. */
export const appScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

/** Answers `app://tranche/…` from the files that were built, and nothing else. */
export function serveAppScheme(protocol: Protocol, files: ReadonlyMap<string, StaticFile>): void {
  protocol.handle(appScheme.scheme, (request) => {
    const url = new URL(request.url)
    const file = request.method === 'GET' && url.host === host ? files.get(url.pathname) : undefined
    if (file === undefined) return new Response(null, { status: 404, headers: securityHeaders })
    const headers = { ...securityHeaders, 'Content-Type': file.type }
    return new Response(new Uint8Array(file.body), { headers })
  })
}
