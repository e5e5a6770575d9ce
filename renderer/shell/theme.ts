import { useEffect } from 'react'
import { htmlLanguage } from '../i18n/format.ts'
import { useUi } from '../stores/store-context.tsx'
import type { Theme } from '../stores/ui.ts'

const order: readonly Theme[] = ['system', 'light', 'dark']

export function nextTheme(theme: Theme): Theme {
  return order[(order.indexOf(theme) + 1) % order.length] ?? 'system'
}

/** Writes theme and language onto the document, where the tokens and the fonts look for them. */
export function useDocumentAttributes(): void {
  const theme = useUi((state) => state.theme)
  const language = useUi((state) => state.language)
  useEffect(() => {
    document.documentElement.lang = htmlLanguage[language]
  }, [language])
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      document.documentElement.dataset['theme'] =
        theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme
    }
    apply()
    dark.addEventListener('change', apply)
    return () => dark.removeEventListener('change', apply)
  }, [theme])
}
