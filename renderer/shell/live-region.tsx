import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand'
import { useSay, useWords } from '../i18n/use-words.ts'
import { useLink, usePipeline, useStores } from '../stores/store-context.tsx'
import { isCutOff } from '../stores/client.ts'
import { keepSpoken, type Spoken } from './spoken.ts'

/** Says changes aloud. */
export function LiveRegion() {
  const stores = useStores()
  const [spoken, setSpoken] = useState<StoreApi<Spoken>>()
  useEffect(() => {
    const speaking = keepSpoken(stores)
    setSpoken(speaking.store)
    return speaking.stop
  }, [stores])
  return <div className="sr">{spoken === undefined ? null : <Regions spoken={spoken} />}</div>
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
