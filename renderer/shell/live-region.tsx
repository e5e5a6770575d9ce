import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand'
import { useSay, useWords } from '../i18n/use-words.ts'
import { useLink, usePipeline, useStores } from '../stores/store-context.tsx'
import { isCutOff } from '../stores/client.ts'
import { createSpeaking, type Spoken } from './spoken.ts'

/** Says changes aloud. */
export function LiveRegion() {
  const stores = useStores()
  const [speaking] = useState(() => createSpeaking(stores))
  useEffect(() => speaking.start(), [speaking])
  return (
    <div className="sr">
      <Regions spoken={speaking.store} />
    </div>
  )
}

function Regions({ spoken }: { readonly spoken: StoreApi<Spoken> }) {
  const say = useSay()
  const { polite, assertive } = useStore(spoken)
  const lost = useConnectionText()
  const alert = assertive === undefined ? '' : say(assertive)
  return (
    <>
      <div role="status" aria-live="polite">
        {polite === undefined ? '' : say(polite)}
      </div>
      <div role="alert">{lost === '' ? alert : lost}</div>
    </>
  )
}

function useConnectionText(): string {
  const { shell } = useWords()
  const link = useLink()
  const stale = usePipeline((view) => view?.freshness.kind === 'stale')
  return isCutOff(link) || stale ? shell.liveConnectionLost : ''
}
