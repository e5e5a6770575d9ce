import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wordsIn } from '../../electron/cli/words/cli-words.ts'
import { verbTitle } from '../../renderer/verbs/verb-title.ts'
import { words } from '../../renderer/i18n/words.ts'
import { connectionId } from '../../shared/ids.ts'
import type { Fault } from '../../shared/fault.ts'
import type { PipelineView } from '../../shared/view/pipeline.ts'
import { steeringVerbs } from '../../shared/release/verbs.ts'
import { pastRelease } from '../../shared/history/past-release.ts'
import { say } from '../../shared/words/say.ts'
import type { Sentence } from '../../shared/release/sentence.ts'
import { sentenceKinds } from '../../shared/words/sentences-en.ts'
import { faultEn } from '../../shared/words/fault-words.ts'
import { pipelineView } from '../../shared/view/pipeline-view.ts'
import { buildBatchSet } from '../support/build-batch.ts'
import { beginnings, createReleaseWorld, turns, type ReleaseWorld } from '../support/release-world.ts'

const languages = ['en', 'zh'] as const
const runs = { numRuns: 1000, ...(process.env['CI'] !== undefined && { seed: 20_261_130 }) }

/** Names with a dash in them that only machines read: kinds of sentences, of faults, verbs, outcomes. */
const keys = [
  ...sentenceKinds,
  ...Object.keys(faultEn),
  ...steeringVerbs,
  ...['rolled-back-in-part', 'batch-paused', 'service-gone', 'given-up', 'batch-by-batch', 'at-once'],
  ...['batch-started', 'batch-ready', 'batch-skipped', 'plan-changed', 'taken-over'],
  // "Read-only" is a word of its own.
].filter((key) => key.includes('-') && key !== 'read-only')

const anyKey = new RegExp(`(?:^|[^\\w-])(?:${keys.join('|')})(?:$|[^\\w-])`)

function expectNoKey(text: string): void {
  if (anyKey.test(text)) expect.fail(`a key of ours is read by a person: ${text}`)
}

function viewOf(world: ReleaseWorld): PipelineView {
  return pipelineView({
    connection: connectionId('c'),
    set: buildBatchSet(world.cluster.batches()),
    freshness: { kind: 'live' },
    lock: { kind: 'mine' },
    release: world.release(),
    driving: true,
    now: 1000,
  })
}

/** All that the window and the terminal say of a picture: what is so, what could be done, why not, what has been. */
function sentencesOf(view: PipelineView, world: ReleaseWorld): readonly Sentence[] {
  const { release } = view
  return [
    view.headline,
    ...view.batches.map((batch) => batch.sentence),
    ...(release?.gates ?? []).flatMap((gate) => gate.lines.map((line) => line.sentence)),
    ...(release?.verbs ?? []).flatMap(({ sentence, why }) =>
      why === undefined ? [sentence] : [sentence, why],
    ),
    ...(release?.log ?? []).map((entry) => entry.sentence),
    ...pastRelease(world.release()).log.map((entry) => entry.sentence),
  ]
}

test('whatever happens to a release, no key of ours is read by a person, in either language or host', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(beginnings, turns, (beginning, history) => {
      const world = createReleaseWorld(beginning)
      for (const turn of history) world.play(turn)
      world.play({ kind: 'look' })
      const view = viewOf(world)
      seen.add(view.headline.kind)
      for (const language of languages) {
        const terminal = wordsIn(language)
        for (const sentence of sentencesOf(view, world)) expectNoKey(say(sentence, language))
        for (const verb of view.release?.verbs ?? []) expectNoKey(verbTitle(verb, words[language].release))
        expectNoKey(terminal.unfinished(view, '--supersede'))
        for (const verb of steeringVerbs) {
          if (verb !== 'roll-back') expectNoKey(terminal.verbOnBatch(verb, 2))
        }
      }
    }),
    runs,
  )
  // Otherwise it would only have been looked at what runs well.
  for (const kind of [
    'release-failing',
    'release-foreign',
    'release-gone',
    'release-batch-paused',
    'release-stopped',
  ])
    expect([...seen]).toContain(kind)
})

test('no refusal of the application is told by its code', () => {
  for (const language of languages) {
    for (const code of Object.keys(faultEn) as Fault['code'][]) {
      expectNoKey(wordsIn(language).fault({ code, message: '' }))
      expectNoKey(`${words[language].fault[code].what} ${words[language].fault[code].next}`)
    }
  }
})
