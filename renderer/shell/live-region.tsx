import { useEffect, useRef, useState } from 'react'
import { useSay, useWords } from '../i18n/use-words.ts'
import { useLink, usePipeline, useStores } from '../stores/store-context.tsx'
import { announcementOf, politePauseMs } from './announcer.ts'

/** Says changes aloud: urgent ones at once, the others at most one in five seconds, always the latest. */
export function LiveRegion() {
  const say = useSay()
  const { ports, pipeline } = useStores()
  const [polite, setPolite] = useState('')
  const [assertive, setAssertive] = useState('')
  const lost = useConnectionText()
  const waiting = useRef<string | undefined>(undefined)
  useEffect(() => {
    let quiet = false
    let cancel: (() => void) | undefined
    const flush = () => {
      quiet = false
      const text = waiting.current
      waiting.current = undefined
      if (text !== undefined) speak(text)
    }
    const speak = (text: string) => {
      setPolite(text)
      quiet = true
      cancel = ports.after(politePauseMs, flush)
    }
    const unsubscribe = pipeline.subscribe((after, before) => {
      if (after.payload.kind !== 'view') return
      const old = before.payload.kind === 'view' ? before.payload.view : undefined
      const announcement = announcementOf(old, after.payload.view)
      if (announcement === undefined) return
      const text = say(announcement.sentence)
      if (announcement.urgency === 'assertive') setAssertive(text)
      else if (quiet) waiting.current = text
      else speak(text)
    })
    return () => {
      unsubscribe()
      cancel?.()
    }
  }, [ports, pipeline, say])
  return (
    <div className="sr">
      <div role="status" aria-live="polite">
        {polite}
      </div>
      <div role="alert">{lost === '' ? assertive : lost}</div>
    </div>
  )
}

function useConnectionText(): string {
  const { shell } = useWords()
  const link = useLink()
  const stale = usePipeline((view) => view?.freshness.kind === 'stale')
  return link === 'lost' || stale ? shell.liveConnectionLost : ''
}
