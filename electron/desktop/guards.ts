import type { Session, WebContents } from 'electron'
import { pageUrl } from './app-scheme.ts'

/** The page may copy text and tell what a release waits for; everything else that a page can ask for is refused. */
const allowedPermissions: readonly string[] = ['clipboard-sanitized-write', 'notifications']

export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(allowedPermissions.includes(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) => allowedPermissions.includes(permission))
  session.setDevicePermissionHandler(() => false)
}

type Navigation = { readonly url: string; preventDefault(): void }

/** Holds a page to itself: no other page, no second window, no webview, whatever it is made to try. */
export function guardContents(contents: WebContents): void {
  const stayHere = (event: Navigation): void => {
    if (event.url !== pageUrl) event.preventDefault()
  }
  contents.on('will-navigate', stayHere)
  contents.on('will-frame-navigate', stayHere)
  contents.on('will-redirect', stayHere)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}
