import { describe, expect, test } from 'vitest'
import {
  asksContainer,
  draftInput,
  draftKind,
  draftVersion,
  keepsRepositories,
} from '../../../../renderer/release/draft-input.ts'
import type { DraftParts } from '../../../../renderer/release/draft-input.ts'
import { createDraftStore } from '../../../../renderer/stores/draft.ts'
import { words as dictionaries } from '../../../../renderer/i18n/words.ts'
import { whyNot } from '../../../../renderer/release/draft-texts.ts'
import { releaseId, uid } from '../../../../shared/ids.ts'
import type { PipelineView } from '../../../../shared/model/pipeline.ts'
import { newTag, repository } from '../../../visual/batch-fixture.ts'
import { pipelineStates } from '../../../visual/pipeline-states.ts'

const view = pipelineStates.idle()
const onAll = (image: string, container = 'app') =>
  view.batches.map(({ uid: batch }) => ({ batch, container, image }))
const words = dictionaries.en
const nothing: DraftParts = createDraftStore().getState()

test('a tag becomes the whole reference in the repository that runs now', () => {
  const input = draftInput(view, { ...nothing, tag: ` ${newTag} ` })
  expect(input.change).toEqual({ kind: 'image', images: onAll(`${repository}:${newTag}`) })
  expect(draftKind(input)).toBe('change')
})

test('a whole reference that was typed wins over the tag', () => {
  const input = draftInput(view, { ...nothing, tag: newTag, images: { app: 'other/demo:2' } })
  expect(input.change).toEqual({ kind: 'image', images: onAll('other/demo:2') })
})

test('only sizes that really change are sent, with what they were', () => {
  const input = draftInput(view, { ...nothing, sizes: { 'uid-batch-2': 4, 'uid-batch-3': 16 } })
  expect(input.sizes).toEqual([{ batch: 'uid-batch-2', from: 16, to: 4 }])
  expect(draftKind(input)).toBe('sizes')
})

test('saving the sizes only leaves the image out', () => {
  const both = { ...nothing, tag: newTag, sizes: { 'uid-batch-2': 4 } }
  expect(draftKind(draftInput(view, both))).toBe('both')
  expect(draftKind(draftInput(view, both, true))).toBe('sizes')
})

test('every batch gets a gate, by default a short bake and an approval', () => {
  const { steps } = draftInput(view, nothing)
  expect(steps).toHaveLength(4)
  expect(steps[0]?.gates).toMatchObject({ bakeSeconds: 30, approval: true })
})

test('an untouched draft is nothing to send', () => {
  expect(draftKind(draftInput(view, nothing))).toBe('nothing')
})

test('a restart needs nothing typed, and leaves out a tag that was typed before', () => {
  const input = draftInput(view, { ...nothing, kind: 'restart', tag: newTag })
  expect(input.change).toEqual({ kind: 'restart' })
  expect(draftKind(input)).toBe('change')
})

test('a template is sent with the batch in which it was edited', () => {
  const batch = uid('uid-batch-2')
  const drafted = { ...nothing, kind: 'template' } as const
  expect(draftKind(draftInput(view, drafted))).toBe('nothing')
  const template = { batch, text: 'spec: {}', base: 'before', answers: [], added: 1, removed: 0 }
  expect(draftInput(view, { ...drafted, template }).change).toEqual({
    kind: 'template',
    base: 'before',
    answers: [],
    batch,
    text: 'spec: {}',
  })
})

test('a draft takes the place only of the release over which it was opened', () => {
  const running = pipelineStates.canary()
  const over = running.release?.id
  expect(draftInput(running, { ...nothing, over }).supersedes).toEqual({ release: over, from: 'canary' })
  expect(draftInput(running, nothing).supersedes).toBeUndefined()
  const other = { ...nothing, over: releaseId('another') }
  expect(draftInput(running, other).supersedes).toBeUndefined()
  expect(draftInput(view, { ...nothing, over }).supersedes).toBeUndefined()
})

test('going on without a lock is sent only if a person has agreed', () => {
  expect(draftInput(view, nothing).withoutLock).toBeUndefined()
  expect(draftInput(view, { ...nothing, withoutLock: true }).withoutLock).toBe(true)
})

describe('with a sidecar that stands first', () => {
  const sidecar = { container: 'fluent-bit', image: 'obs/fluent-bit:3.1', init: false }
  const asking: PipelineView = {
    ...view,
    batches: view.batches.map((batch) => ({ ...batch, images: [sidecar, ...batch.images] })),
  }
  const typed = { ...nothing, tag: newTag }

  test('nothing is sent before a person has chosen the container, sizes that were dragged included', () => {
    const dragged = { ...typed, sizes: { 'uid-batch-2': 4 } }
    expect(asksContainer(asking, dragged)).toBe(true)
    expect(draftInput(asking, dragged).change).toEqual({ kind: 'none' })
    const why = whyNot(
      asking,
      { kind: 'nothing' },
      { input: draftInput(asking, dragged), parts: dragged, words },
    )
    expect(why).toBe(words.release.chooseContainer)
  })

  test('the one that was chosen gets the tag, and its version is what the card says', () => {
    const chosen = { ...typed, container: 'app' }
    expect(draftInput(asking, chosen).change).toEqual({
      kind: 'image',
      images: onAll(`${repository}:${newTag}`),
    })
    expect(asking.batches.map((batch) => draftVersion(chosen, batch))).toEqual(
      asking.batches.map(() => newTag),
    )
  })

  test('the annotation needs no choice', () => {
    const said = {
      ...asking,
      batches: asking.batches.map((batch) => ({ ...batch, defaultContainer: 'app' })),
    }
    expect(asksContainer(said, typed)).toBe(false)
    expect(draftInput(said, typed).change).toEqual({
      kind: 'image',
      images: onAll(`${repository}:${newTag}`),
    })
  })
})

test('each batch keeps its own repository, and what is typed whole is for all', () => {
  const [first, ...rest] = view.batches
  const moved = { container: 'app', image: 'eu.example:5000/team/app@sha256:ab', init: false }
  const mixed = {
    ...view,
    batches: [...(first === undefined ? [] : [{ ...first, images: [moved] }]), ...rest],
  }
  const { change } = draftInput(mixed, { ...nothing, tag: newTag })
  expect(change.kind === 'image' ? change.images.map((one) => one.image) : []).toEqual([
    `eu.example:5000/team/app:${newTag}`,
    ...rest.map(() => `${repository}:${newTag}`),
  ])
  expect(keepsRepositories(mixed, { ...nothing, tag: newTag })).toBe(true)
  expect(keepsRepositories(mixed, { ...nothing, tag: 'new.example/team/app:3' })).toBe(false)
  const whole = draftInput(mixed, { ...nothing, tag: 'new.example/team/app:3' }).change
  expect(whole).toEqual({ kind: 'image', images: onAll('new.example/team/app:3') })
})
