import { EventEmitter } from 'node:events'
import type { Session, WebContents } from 'electron'
import { expect, test } from 'vitest'
import { guardContents, guardSession } from '../../../../electron/desktop/guards.ts'
import { windowOptions } from '../../../../electron/desktop/window.ts'

test('the window is sandboxed and isolated, and its page has no Node', () => {
  expect(windowOptions({ preload: '/p.cjs', dark: true }).webPreferences).toMatchObject({
    preload: '/p.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    webviewTag: false,
  })
})

class Contents extends EventEmitter {
  opener: (() => { readonly action: string }) | undefined
  setWindowOpenHandler(opener: () => { readonly action: string }): void {
    this.opener = opener
  }
}

function navigate(event: string, url: string): boolean {
  const contents = new Contents()
  guardContents(contents as unknown as WebContents)
  let prevented = false
  contents.emit(event, { url, preventDefault: () => (prevented = true) })
  return prevented
}

test.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s leads nowhere else', (event) => {
  expect(navigate(event, 'https://example.com/')).toBe(true)
  expect(navigate(event, 'app://tranche.example.com/')).toBe(true)
  expect(navigate(event, 'file:///etc/passwd')).toBe(true)
  expect(navigate(event, 'app://tranche/')).toBe(false)
})

test('no second window and no webview opens', () => {
  const contents = new Contents()
  guardContents(contents as unknown as WebContents)
  expect(contents.opener?.()).toEqual({ action: 'deny' })
  expect(navigate('will-attach-webview', 'app://tranche/')).toBe(true)
})

test('the page may copy text and nothing else', () => {
  type Ask = (contents: unknown, permission: string, answer: (allowed: boolean) => void) => void
  let ask: Ask = () => undefined
  let check: (contents: unknown, permission: string) => boolean = () => true
  let device: () => boolean = () => true
  guardSession({
    setPermissionRequestHandler: (handler: Ask) => (ask = handler),
    setPermissionCheckHandler: (handler: typeof check) => (check = handler),
    setDevicePermissionHandler: (handler: () => boolean) => (device = handler),
  } as unknown as Session)
  const asked = (permission: string): boolean => {
    let answer = true
    ask(null, permission, (allowed) => (answer = allowed))
    expect(check(null, permission)).toBe(answer)
    return answer
  }
  expect(asked('clipboard-sanitized-write')).toBe(true)
  expect(asked('notifications')).toBe(true)
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'usb'])
    expect(asked(permission)).toBe(false)
  expect(device()).toBe(false)
})
