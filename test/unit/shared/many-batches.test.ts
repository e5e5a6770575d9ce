import { expect, test } from 'vitest'
import { draftInput, draftKind } from '../../../renderer/draft/draft-input.ts'
import { createDraftStore } from '../../../renderer/stores/draft.ts'
import { commands, mostBatches } from '../../../shared/contract.ts'
import { tooLarge } from '../../../electron/release/journal-codec.ts'
import { uid } from '../../../shared/ids.ts'
import { buildBatch, buildBatchSet } from '../../support/build-batch.ts'
import { buildRelease } from '../../support/build-release.ts'
import { pipelineStates } from '../../visual/pipeline-states.ts'

const many = (count: number) => {
  const view = pipelineStates.idle()
  const [like] = view.batches
  if (like === undefined) throw new Error('a batch')
  const batches = Array.from({ length: count }, (_, index) => ({
    ...like,
    uid: uid(`a4f1c2d3-0000-4000-8000-${String(index).padStart(12, '0')}`),
    number: index + 1,
  }))
  return { ...view, batches }
}
const drafted = (count: number) => {
  const draft = createDraftStore()
  draft.getState().setTag('20190215093000')
  return draftInput(many(count), draft.getState())
}

test('over a hundred batches are drafted, checked and started like four', () => {
  const draft = drafted(140)
  expect(draftKind(draft)).toBe('change')
  const parsed = commands['release/start'].input.safeParse({ request: 'request-1', draft })
  expect(parsed.error?.issues ?? []).toEqual([])
})

test('over a hundred batches are rolled back at once, and taken back to what they ran in the past', () => {
  const target = { connection: 'staging', namespace: 'demo', service: 'demo-http' }
  const request = 'request-1'
  const batches = many(140).batches.map((batch) => batch.uid)
  const back = { request, target, release: 'r1', version: 1, mode: 'at-once', batches }
  expect(commands['release/roll-back'].input.safeParse(back).success).toBe(true)
  const revisions = batches.map((batch) => ({ batch, digest: 'd' }))
  const past = { request, target, mode: 'at-once', revisions, from: revisions }
  expect(commands['release/go-back'].input.safeParse(past).success).toBe(true)
})

test('so many batches have room in the record of their release', () => {
  const set = buildBatchSet(Array.from({ length: mostBatches }, (_, index) => buildBatch(index + 1)))
  expect(tooLarge(buildRelease(set))).toBeUndefined()
})

test('more than the application takes is refused in words', () => {
  const parsed = commands['release/check'].input.safeParse(drafted(mostBatches + 1))
  expect(parsed.error?.issues.map(({ message }) => message)).toContain(
    'No more than 1000 batches are taken at once.',
  )
})
