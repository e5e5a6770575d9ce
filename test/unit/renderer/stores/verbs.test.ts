import { expect, test } from 'vitest'
import { failedInWords, ok, type Reply } from '../../../../shared/fault.ts'
import type { VerbView } from '../../../../shared/view/verb-views.ts'
import type { VerbName } from '../../../../shared/release/verbs.ts'
import type { Client } from '../../../../renderer/stores/client.ts'
import { createFeeds } from '../../../../renderer/stores/feeds.ts'
import { receive } from '../../../../renderer/stores/feed-store.ts'
import { createNotes, homeless } from '../../../../renderer/stores/notes.ts'
import { offeredRelease } from '../../../../renderer/stores/offered-release.ts'
import { createUiStore } from '../../../../renderer/stores/ui.ts'
import { createVerbs, verbKey } from '../../../../renderer/stores/verbs.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const view = pipelineStates.canary()
const { release } = view
if (release === undefined) throw new Error('a release runs')

function verbOf(name: VerbName): VerbView {
  const verb = release?.verbs.find((one) => one.verb === name)
  if (verb === undefined) throw new Error(`${name} is offered`)
  return verb
}

function opened() {
  const asked: string[] = []
  const waiting: ((reply: Reply<never>) => void)[] = []
  const call: Client['call'] = (name) => {
    asked.push(name)
    return new Promise((resolve) => waiting.push(resolve))
  }
  const client: Client = { call, subscribe: () => () => undefined, onStatus: () => () => undefined }
  const feeds = createFeeds()
  receive(feeds.pipeline, { payload: { kind: 'view', view }, revision: 1, receivedAt: 0 })
  const ui = createUiStore({ storage: { read: () => null, write: () => undefined } }, 'en')
  const notes = createNotes()
  const ports = { client, requestId: () => 'request-1' }
  const verbs = createVerbs({ ports, ui, notes, pipeline: feeds.pipeline })
  const answer = async (reply: Reply<unknown>) => {
    waiting.shift()?.(reply as Reply<never>)
    await Promise.resolve()
    await Promise.resolve()
  }
  return { verbs, notes, ui, asked, answer }
}

test('a verb that is pressed twice before its answer is asked for once, and can be pressed anew after it', async () => {
  const { verbs, asked, answer } = opened()
  verbs.run(verbOf('pause'))
  verbs.run(verbOf('pause'))
  expect(asked).toEqual(['release/pause'])
  await answer(ok(null))
  verbs.run(verbOf('pause'))
  expect(asked).toEqual(['release/pause', 'release/pause'])
})

test('a refusal is kept under its own verb until it is tried again or dismissed', async () => {
  const { verbs, notes, answer } = opened()
  const approve = verbOf('approve')
  verbs.run(approve)
  await answer(failedInWords('moved-on', 'Too late.'))
  const keys = () => notes.store.getState().notes.map((one) => one.key)
  expect(keys()).toEqual([verbKey(view, approve)])
  expect(verbKey(view, { ...approve, step: 7 })).not.toBe(verbKey(view, approve))
  const stop = notes.show(verbKey(view, approve))
  expect(homeless(notes.store.getState())).toEqual([])
  stop()
  expect(homeless(notes.store.getState())).toHaveLength(1)
  verbs.run(approve)
  expect(keys()).toEqual([])
})

test('stop and roll back ask first, and nothing that is off is done', () => {
  const { verbs, ui, asked } = opened()
  verbs.run(verbOf('stop'))
  expect(ui.getState().dialog).toBe('stop')
  verbs.run({ ...verbOf('approve'), enabled: false })
  expect(asked).toEqual([])
})

test('without the application only what brakes and what goes back is offered, and the others say why', () => {
  const lost = offeredRelease(release, 'lost').verbs
  const forward = lost.filter(({ verb }) => !['pause', 'freeze', 'stop', 'roll-back'].includes(verb))
  expect(forward.length).toBeGreaterThan(1)
  for (const verb of forward) expect(verb).toMatchObject({ enabled: false, why: { kind: 'off-link-lost' } })
  const offered = (name: VerbName) => lost.find(({ verb }) => verb === name)?.enabled
  for (const name of ['pause', 'stop', 'roll-back'] as const) expect(offered(name)).toBe(verbOf(name).enabled)
  expect(offeredRelease(release, 'open')).toBe(release)
})
