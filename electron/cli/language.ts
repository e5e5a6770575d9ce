export type Language = 'en' | 'zh'

/** As POSIX has it: the first of these that is set decides. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const set = ['LC_ALL', 'LC_MESSAGES', 'LANG']
    .map((name) => env[name])
    .find((one) => one !== undefined && one !== '')
  return set?.toLowerCase().startsWith('zh') === true ? 'zh' : 'en'
}
