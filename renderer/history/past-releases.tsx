import { useId, useState } from 'react'
import type { PastRelease } from '../../shared/history/history-view.ts'
import { ranges } from '../../shared/words/sentence-words.ts'
import { useFormat, useSay, useWords } from '../i18n/use-words.ts'
import { Icon } from '../parts/icon.tsx'
import type { IconName } from '../parts/icon.tsx'
import { useStores } from '../stores/store-context.tsx'
import { changeText } from './change-text.ts'
import { useToday } from './use-today.ts'

/** The releases that are known, the newest first, each with its record behind it. */
export function PastReleases({ releases }: { readonly releases: readonly PastRelease[] }) {
  const { history: words } = useWords()
  if (releases.length === 0) return <p className="dim">{words.noReleases}</p>
  return (
    <ul className="past-releases">
      {releases.map((release) => (
        <Entry key={release.id} release={release} />
      ))}
    </ul>
  )
}

const icons: Readonly<Record<NonNullable<PastRelease['outcome']>, IconName>> = {
  done: 'done',
  stopped: 'stop',
  'rolled-back': 'undo',
  'rolled-back-in-part': 'warn',
  superseded: 'skip',
}

function Entry({ release }: { readonly release: PastRelease }) {
  const { history: words, release: releaseWords } = useWords()
  const format = useFormat()
  const today = useToday()
  const [open, setOpen] = useState(false)
  const id = useId()
  const outcome = saidOutcome(release)
  return (
    <li>
      <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        <Icon name={outcome === undefined ? 'roll' : icons[outcome]} />
        <span className="past-what">
          <b className={release.change === 'image' ? 'mono' : ''}>{changeText(release, words)}</b>
          <span>{outcome === undefined ? words.underWay : releaseWords.ended[outcome]}</span>
        </span>
        <time dateTime={new Date(release.startedAt).toISOString()}>
          {format.clock(release.startedAt, today)}
        </time>
        <Icon name={open ? 'up' : 'down'} />
        <span className="past-facts">
          <span>{words.by(release.startedBy)}</span>
          <span>{words.ofBatches(ranges(release.batches), release.batches.length)}</span>
        </span>
      </button>
      <div id={id} hidden={!open} className="past-record">
        {open ? <Record release={release} /> : null}
      </div>
    </li>
  )
}

/** In one word: what keeps the new version somewhere was not rolled back as a whole. */
function saidOutcome({ outcome, ending }: PastRelease): PastRelease['outcome'] {
  const isMixed = ending?.kind === 'release-rolled-back' && ending.remains.new.length > 0
  return isMixed ? 'rolled-back-in-part' : outcome
}

function Record({ release }: { readonly release: PastRelease }) {
  const { history: words } = useWords()
  const { ui } = useStores()
  const format = useFormat()
  const today = useToday()
  const say = useSay()
  return (
    <>
      {release.ending === undefined ? null : <p className="past-ending">{say(release.ending)}</p>}
      <div className="button-row">
        <button
          type="button"
          className="btn small"
          onClick={() => ui.actions.askGoBack({ kind: 'before', release: release.id })}
        >
          {words.beforeRelease}
        </button>
        {release.endedAt === undefined ? null : (
          <button
            type="button"
            className="btn small"
            onClick={() => ui.actions.askGoBack({ kind: 'after', release: release.id })}
          >
            {words.afterRelease}
          </button>
        )}
      </div>
      <ol className="release-log">
        {release.log.toReversed().map((entry) => (
          <li key={`${String(entry.at)}-${JSON.stringify(entry.sentence)}`}>
            <time dateTime={new Date(entry.at).toISOString()}>{format.clockSeconds(entry.at, today)}</time>
            <span>{say(entry.sentence)}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
