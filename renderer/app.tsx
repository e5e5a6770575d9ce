import { CSPProvider } from '@base-ui/react/csp-provider'
import type { ReactNode } from 'react'
import { LanguageContext } from './i18n/use-words.ts'
import { Shell } from './shell/shell.tsx'
import { StoresProvider, useUi } from './stores/store-context.tsx'
import type { Stores } from './stores/stores.ts'
import '@fontsource-variable/inter/wght.css'
import './styles/tokens.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/shell.css'
import './styles/sidebar.css'
import './styles/panel.css'
import './styles/panel-draft.css'
import './styles/panel-change.css'
import './styles/plan.css'
import './styles/panel-run.css'
import './styles/panel-tabs.css'
import './styles/history.css'
import './styles/dialogs.css'
import './styles/notes.css'
import './styles/screens.css'
import './styles/pipeline.css'
import './styles/pipeline-bar.css'
import './styles/pipeline-cards.css'
import './styles/strip.css'
import './styles/clusters.css'
import './styles/cluster-dialogs.css'

/** The whole page over its stores. The CSP forbids style elements, so no component may bring its own. */
export function App({ stores }: { readonly stores: Stores }) {
  return (
    <CSPProvider disableStyleElements>
      <StoresProvider value={stores}>
        <Language>
          <Shell />
        </Language>
      </StoresProvider>
    </CSPProvider>
  )
}

function Language({ children }: { readonly children: ReactNode }) {
  const language = useUi((state) => state.language)
  return <LanguageContext value={language}>{children}</LanguageContext>
}
