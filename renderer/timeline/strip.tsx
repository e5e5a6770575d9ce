import { memo } from 'react'
import { useWords } from '../i18n/use-words.ts'
import { Curves } from './curves.tsx'
import { Timeline } from './timeline.tsx'

/** Below the picture: what has been and what is to come, and how all batches together have fared. */
export const Strip = memo(function Strip() {
  const { timeline } = useWords()
  return (
    <footer className="strip" aria-label={timeline.strip} data-area="strip">
      <Timeline />
      <Curves />
    </footer>
  )
})
