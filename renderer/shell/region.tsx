import { memo } from 'react'
import type { ReactNode } from 'react'
import { ErrorBoundary } from '../parts/error-boundary.tsx'
import { useUi } from '../stores/store-context.tsx'
import { Broken, type RegionName } from './broken.tsx'

type RegionProps = { readonly area: RegionName; readonly children: ReactNode }

/** One part of the window: what breaks in it takes no other part away, and is over with what it was about. */
export const Region = memo(function Region({ area, children }: RegionProps) {
  const selection = useUi((state) => state.selection)
  return (
    <ErrorBoundary
      subject={selection}
      fallback={(message, retry) => <Broken area={area} message={message} retry={retry} />}
    >
      {children}
    </ErrorBoundary>
  )
})
