import { memo } from 'react'
import type { BatchView } from '../../shared/view/batch-view.ts'
import { runningVersion } from '../../shared/view/running-version.ts'
import { useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import { batchIcons } from './batch-look.ts'

type BatchSpineProps = {
  readonly batch: BatchView
  readonly pods: number
  readonly most: number
  /** Of the release that is drafted. */
  readonly leftOut: boolean
  readonly onOpen: () => void
}

/** A folded batch: its state, a bar as high as its pods, their number. A click opens it. */
export const BatchSpine = memo(
  function BatchSpine({ batch, pods, most, leftOut, onOpen }: BatchSpineProps) {
    const { pipeline, plan } = useWords()
    const say = useSay()
    const look = leftOut ? 'skipped' : batch.look
    const fresh = pods === 0 ? 0 : Math.min(1, batch.servingNew / pods)
    const text = `${pipeline.batch(batch.number)}, ${batch.name}: ${leftOut ? plan.leftOutKeeps(runningVersion(batch)) : say(batch.sentence)}`
    return (
      <li className={`batch-spine is-${look}`} aria-label={pipeline.batch(batch.number)}>
        <button type="button" aria-expanded={false} title={text} onClick={onOpen}>
          <Icon name={batchIcons[look]} className="card-mark" />
          <span className="spine-bar">
            <i style={{ height: `${String(Math.max(3, (100 * pods) / most))}%` }}>
              <b style={{ height: `${String(fresh * 100)}%` }} />
            </i>
          </span>
          <span className="sr">{pipeline.openBatch(text)}</span>
          <strong>{pods}</strong>
          <span className="spine-unit">{pipeline.podUnit(pods)}</span>
        </button>
      </li>
    )
  },
  // The click's handler is made anew each time and does the same.
  (before, after) =>
    before.batch === after.batch &&
    before.pods === after.pods &&
    before.most === after.most &&
    before.leftOut === after.leftOut,
)
