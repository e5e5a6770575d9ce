import type { Incident } from '../../shared/model/incident.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import type { Format } from '../i18n/format.ts'
import type { Words } from '../i18n/words.ts'
import { runningVersion } from '../../shared/view/running-version.ts'
import type { IconName } from '../parts/icon.tsx'

export type HeadlineLook = { readonly icon: IconName; readonly tone: 'plain' | 'accent' | 'fail' | 'ok' }

/** The shape and the tone of a headline; the sentence itself always says the same in words. */
export function headlineLook(view: PipelineView): HeadlineLook {
  const { release } = view
  if (view.headline.kind === 'incident') return { icon: 'fail', tone: 'fail' }
  if (release === undefined) return { icon: 'idle', tone: 'plain' }
  switch (release.state) {
    case 'held':
      return { icon: 'fail', tone: 'fail' }
    case 'paused':
      return { icon: 'pause', tone: 'accent' }
    case 'rolling-back':
      return { icon: 'back', tone: 'fail' }
    case 'ended':
      return endedLook(release.outcome)
    case 'running':
      return runningLook(view.headline)
    default:
      return assertNever(release.state)
  }
}

function endedLook(outcome: NonNullable<PipelineView['release']>['outcome']): HeadlineLook {
  switch (outcome) {
    case 'done':
      return { icon: 'done', tone: 'ok' }
    case 'stopped':
    case 'superseded':
      return { icon: 'stop', tone: 'plain' }
    case 'rolled-back':
      return { icon: 'undo', tone: 'plain' }
    case 'rolled-back-in-part':
      return { icon: 'warn', tone: 'fail' }
    case undefined:
      return { icon: 'idle', tone: 'plain' }
    default:
      return assertNever(outcome)
  }
}

function runningLook(headline: Sentence): HeadlineLook {
  if (headline.kind === 'release-approval') return { icon: 'hand', tone: 'accent' }
  if (headline.kind === 'release-baking') return { icon: 'bake', tone: 'accent' }
  return { icon: 'roll', tone: 'accent' }
}

type Say = {
  readonly words: Words['shell']
  readonly format: Format
  readonly say: (sentence: Sentence) => string
}

/** The headline in words; while a batch bakes, with what is left of it. */
export function headlineText(view: PipelineView, now: number, { words, format, say }: Say): string {
  const { headline } = view
  if (headline.kind !== 'release-baking') return say(headline)
  const until = view.batches.find((batch) => batch.number === headline.batch)?.bakeUntil
  return until === undefined
    ? say(headline)
    : words.bakesFor(headline.batch, format.duration(Math.max(0, (until - now) / 1000)))
}

type UnderSay = Say & { readonly incident: Words['incident'] }

/** The line under the headline: which release, by whom, since when; or what runs now. */
export function lineUnder(view: PipelineView, now: number, say: UnderSay): string {
  const { words, format } = say
  const { release, endpoints } = view
  if (view.headline.kind === 'incident' && view.incident !== undefined)
    return incidentLine(view.incident, view, say)
  if (release === undefined) return whatRuns(view, words)
  if (release.state === 'held' && release.since !== undefined) {
    const next = view.batches.find((batch) => batch.look === 'waiting')?.number
    const held = words.heldLine(format.clockSeconds(release.since, view.now), next, endpoints)
    const { headline } = view
    return headline.kind === 'release-foreign' && headline.at > 0
      ? `${words.changedAt(format.clockSeconds(headline.at, view.now))}${held}`
      : held
  }
  const time = format.clock(release.startedAt, view.now)
  const begun =
    release.tag === undefined
      ? words.changeLine(words.changes[release.change], time, release.startedBy)
      : words.releaseLine(release.tag, time, release.startedBy)
  const end = release.endedAt ?? now
  const elapsed = format.duration((end - release.startedAt) / 1000)
  return `${begun}${words.comma}${release.endedAt === undefined ? words.soFar(elapsed) : words.took(elapsed)}`
}

/** What was changed, with which program, and when. */
function incidentLine(
  { changes }: Incident,
  view: PipelineView,
  { say, format, incident }: UnderSay,
): string {
  if (changes.length === 0) return say({ kind: 'incident-unchanged' })
  const changed = say({
    kind: 'incident-changed',
    batches: changes.map((one) => one.number).toSorted((a, b) => a - b),
    all: changes.length === view.batches.length,
    managers: [...new Set(changes.map((one) => one.manager))].filter((name) => name !== ''),
  })
  const times = changes.map((one) => one.at).filter((at) => at > 0)
  if (times.length === 0) return changed
  const clock = (at: number) => format.clock(at, view.now)
  return `${changed} ${incident.between(clock(Math.min(...times)), clock(Math.max(...times)))}`
}

function whatRuns(view: PipelineView, words: Words['shell']): string {
  const versions = new Set(view.batches.map(runningVersion))
  const [only = ''] = versions
  if (versions.size > 1) return words.runsSeveral(versions.size)
  return only === '' ? words.nothingRunning : words.runsTag(only)
}
