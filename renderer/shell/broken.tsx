import { useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useStores } from '../stores/store-context.tsx'

type BrokenProps = { readonly message: string; readonly retry: () => void }

/** In the place of a part that could not be drawn. With other data, or another draft, it is tried again by itself. */
export function Broken({ message, retry }: BrokenProps) {
  const { shell } = useWords()
  const { pipeline, draft } = useStores()
  useEffect(() => {
    const stops = [
      pipeline.subscribe((now, before) => {
        if (now.payload !== before.payload) retry()
      }),
      draft.subscribe(retry),
    ]
    return () => stops.forEach((stop) => stop())
  }, [pipeline, draft, retry])
  return (
    <div className="broken">
      <FaultLine fault={{ code: 'internal', message }} />
      <button type="button" className="btn small" onClick={retry}>
        {shell.drawAgain}
      </button>
    </div>
  )
}
