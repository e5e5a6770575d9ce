import { whyText } from '../../../shared/words/faults/say-fault.ts'
import type { PipelineView } from '../../../shared/view/pipeline.ts'
import type { Sentence } from '../../../shared/release/sentence.ts'
import { liveAgain } from '../words/outside-words.ts'
import type { CommandContext } from '../session/command-context.ts'
import { clockText } from '../output/time-text.ts'

/** Headlines that say nothing beyond what the release's own record says as well. */
const silent: readonly Sentence['kind'][] = [
  'idle',
  'no-batches',
  'no-selector',
  'external-name',
  'not-loaded',
  'several-versions',
  'release-patching',
  'release-baking',
  'release-paused',
]
/** Lines of the record that the headline says better. */
const saidByHeadline: readonly string[] = ['held', 'ended']

/** Says each change of a release once, as one sentence. `since`: what this picture shows is known already. */
export function createNarrator(
  context: CommandContext,
  since?: PipelineView,
): { tell(view: PipelineView): void } {
  const said = new Set<string>()
  let headline = ''
  let calm = ''
  let trouble = ''
  let wasStale = false
  if (since !== undefined) {
    for (const entry of since.release?.log ?? []) said.add(keyOf(since, entry))
    headline = context.say(since.headline)
    calm = calmly(since.headline)
  }

  function keyOf(view: PipelineView, entry: { readonly at: number; readonly sentence: Sentence }): string {
    return `${view.release?.id ?? ''} ${entry.at} ${context.say(entry.sentence)}`
  }

  function put(at: number, event: string, text: string): void {
    context.out.put({ kind: 'event', at, event, text }, `${context.out.paint('dim', clockText(at))}  ${text}`)
  }

  return {
    tell(view) {
      for (const entry of view.release?.log ?? []) {
        const key = keyOf(view, entry)
        if (said.has(key)) continue
        said.add(key)
        const { sentence } = entry
        if (sentence.kind === 'log' && saidByHeadline.includes(sentence.what)) continue
        put(entry.at, sentence.kind === 'log' ? sentence.what : sentence.kind, context.say(sentence))
      }
      const text = context.say(view.headline)
      const now = calmly(view.headline)
      if (text !== headline && now !== calm && !isSilent(view.headline))
        put(view.now, view.headline.kind, text)
      headline = text
      calm = now
      const found = troubleOf(context, view)
      if (found !== trouble && found !== '') put(view.now, 'trouble', found)
      if (view.freshness.kind === 'live' && wasStale)
        put(view.now, 'live', liveAgain[context.options.language])
      wasStale = view.freshness.kind === 'stale'
      trouble = found
    },
  }
}

/** A sentence as far as it is news: that a write was tried once more is none, unless it was tried twice as often. */
function calmly(sentence: Sentence): string {
  return JSON.stringify(sentence, (key, value: unknown) =>
    key === 'tries' && typeof value === 'number' ? Math.floor(Math.log2(value)) : value,
  )
}

function isSilent(headline: Sentence): boolean {
  return silent.includes(headline.kind) || (headline.kind === 'release-rolling' && headline.updated === 0)
}

/** What keeps us from seeing or driving just now. */
function troubleOf(context: CommandContext, view: PipelineView): string {
  if (view.denied !== undefined) return context.words.denied(view.denied)
  if (view.freshness.kind === 'stale')
    return context.words.stale(whyText(view.freshness.why, context.options.language))
  const { fault, unwritten, driving } = view.release ?? {}
  if (fault === undefined || driving !== true) return ''
  return unwritten === undefined ? context.words.fault(fault) : context.words.journalUnwritten(fault)
}
