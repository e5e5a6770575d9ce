import type { MenuItemConstructorOptions } from 'electron'

/** Roles only: their words come from the system, in its language. Without them copy, paste and zoom have no keys. */
export function menuTemplate(platform: NodeJS.Platform): readonly MenuItemConstructorOptions[] {
  return [
    ...(platform === 'darwin' ? [{ role: 'appMenu' as const }] : [{ role: 'fileMenu' as const }]),
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
  ]
}
