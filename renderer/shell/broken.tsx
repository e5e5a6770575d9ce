import { useEffect } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { FaultLine } from '../parts/fault-line.tsx'
import { useStores } from '../stores/store-context.tsx'
import type { AreaName } from './areas.ts'

export type RegionName = Exclude<AreaName, 'strip'> | 'notes' | 'spoken'

type BrokenProps = {
  readonly area: RegionName
  readonly message: string
  readonly retry: () => void
}

/** In the place of a part that could not be drawn. With other data, or another draft, it is tried again by itself. */
export function Broken({ area, message, retry }: BrokenProps) {
  const { shell } = useWords()
  const { pipeline, services, clusters, draft } = useStores()
  useEffect(() => {
    const other = (now: { readonly payload: unknown }, before: { readonly payload: unknown }) => {
      if (now.payload !== before.payload) retry()
    }
    const stops = [
      pipeline.subscribe(other),
      services.subscribe(other),
      clusters.subscribe(other),
      draft.subscribe(retry),
    ]
    return () => stops.forEach((stop) => stop())
  }, [pipeline, services, clusters, draft, retry])
  return (
    <div className={`broken broken-${area}`}>
      <FaultLine fault={{ code: 'internal', message }} />
      <button type="button" className="btn small" title={message} onClick={retry}>
        {shell.drawAgain}
      </button>
    </div>
  )
}
