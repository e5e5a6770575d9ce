import type { Language } from '../../../shared/language.ts'

type Machine = { readonly platform: string; readonly locale: string }

/** As POSIX has it: the first of these that is set decides. Windows has none of them, and a language of its own. */
export function languageOf(
  env: Readonly<Record<string, string | undefined>>,
  machine: Machine = {
    platform: process.platform,
    locale: new Intl.DateTimeFormat().resolvedOptions().locale,
  },
): Language {
  const set = ['LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => env[name])
    .find((one) => one !== undefined && one !== '')
  const used = set ?? (machine.platform === 'win32' ? machine.locale : '')
  return used.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}
