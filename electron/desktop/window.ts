import type { BrowserWindowConstructorOptions } from 'electron'

// The page's own canvas colours: another one would flash before the first paint.
const background = { dark: '#191c22', light: '#fafbfc' }

/** The window: sandboxed, isolated, and shown when it has something to show. Minimum as the layout allows. */
export function windowOptions(settings: {
  readonly preload: string
  readonly dark: boolean
}): BrowserWindowConstructorOptions {
  return {
    title: 'Tranche',
    width: 1440,
    height: 900,
    minWidth: 1100,
    minHeight: 700,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: settings.dark ? background.dark : background.light,
    webPreferences: {
      preload: settings.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
    },
  }
}
