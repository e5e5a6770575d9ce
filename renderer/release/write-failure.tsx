import type { BatchView } from '../../shared/view/batch-view.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { useClusterNow } from '../stores/store-context.tsx'

type WriteFailureProps = {
  readonly batch: BatchView
  readonly write: NonNullable<BatchView['write']>
}

/** A write that the cluster has not taken: its words, how often it was tried, and what ends the trying. */
export function WriteFailure({ batch, write }: WriteFailureProps) {
  const { release: words, pipeline } = useWords()
  const format = useFormat()
  const say = useSay()
  const now = useClusterNow()
  const left = write.until === undefined ? undefined : Math.max(0, write.until - now) / 1000
  return (
    <section className="failure failure-slow" aria-label={words.writeFailure}>
      <h2>
        <Icon name="warn" />
        {pipeline.batch(batch.number)}
        <span>{say({ kind: 'batch-tried', tries: write.tries })}</span>
      </h2>
      <p className="failure-message" title={write.message}>
        {write.message}
      </p>
      <p>{left === undefined ? words.writeWaits : words.writeEnds(format.duration(left))}</p>
    </section>
  )
}
